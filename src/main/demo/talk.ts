import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { type CaseReader, findCase } from '../../modules/cases/index.ts';
import { type NewNote, writeNote } from '../../modules/contacts/index.ts';
import { boardCases, boardFacts, type NewFact, sayFact } from '../../modules/facts/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { createRandom } from './random.ts';

const talks: readonly Pick<NewNote, 'topic' | 'text'>[] = [
  { topic: 'housing', text: 'Die Vermieterin will die Nebenkosten erhöhen. Der Brief kommt noch.' },
  { topic: 'work', text: 'Kann ab nächstem Monat vormittags arbeiten, wenn die Kita zusagt.' },
  { topic: 'language', text: 'Der Kurs B1 beginnt bald. Fahrtkosten sind erklärt.' },
  {
    topic: 'debts',
    text: 'Eine Mahnung vom Stromanbieter liegt vor. Termin bei der Schuldnerberatung ist vereinbart.',
  },
  { topic: 'family', text: 'Das jüngere Kind wechselt die Schule. Bedarfe für Bildung sind besprochen.' },
  { topic: 'papers', text: 'Die Lohnabrechnung kommt erst am Monatsende. So lange warten wir.' },
];

/** Languages in German, as staff write them down. */
const languages: Readonly<Record<string, string>> = {
  uk: 'Ukrainisch',
  ar: 'Arabisch',
  tr: 'Türkisch',
  ru: 'Russisch',
  pl: 'Polnisch',
  en: 'Englisch',
};

/** What was talked about on a case, and what the office knows of its household since: a note now and then, and the first facts of a board. */
export async function talk(
  tx: Tx,
  act: {
    readonly actor: { readonly kind: 'staff'; readonly id: string; readonly name: string };
    readonly reader: CaseReader;
    readonly caseId: string;
  },
  of: { readonly key: string; readonly language: string },
): Promise<void> {
  const random = createRandom(`talk/${of.key}`);
  const found = await findCase(tx, act.reader, act.caseId);
  if (found === undefined || !random.chance(0.35)) return;
  const today = dayInGermany(tx.now);
  const whom = found.personId ?? 'stated';
  const way = random.pick(['phone', 'in-person', 'message', null] as const);
  await writeNote(tx, act, { ...random.pick(talks), whom, way, day: today, circleId: null, corrects: null });
  const cases = await boardCases(tx, act.reader, act.caseId);
  if (cases === undefined || (await boardFacts(tx, cases)).length > 0) return;
  const said = {
    whom,
    validFrom: null,
    validUntil: null,
    source: { kind: 'person', id: null, page: null, day: today },
  } as const;
  const language = languages[of.language];
  const facts: NewFact[] = [
    {
      ...said,
      kind: 'reach',
      text: random.pick(['vormittags', 'nach 16 Uhr', '']),
      detail: { way: random.pick(['phone', 'message', 'post'] as const) },
    },
    ...(language === undefined
      ? []
      : [{ ...said, kind: 'language' as const, text: language, detail: { interpreter: random.chance(0.4) } }]),
    ...(random.chance(0.2)
      ? [
          {
            ...said,
            kind: 'helper' as const,
            text: 'Nachbar, Herr Probe',
            detail: { scopes: ['inform', 'accompany'] as const },
            validFrom: today,
            validUntil: addDays(today, 180),
          },
        ]
      : []),
  ];
  for (const fact of facts) await sayFact(tx, act, fact, null);
}
