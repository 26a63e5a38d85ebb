import type { Actor } from '../../kernel/actor.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { CaseAct } from '../../modules/cases/index.ts';
import { addCheck } from '../../modules/cases/index.ts';
import { employerLabel } from '../../modules/employers/index.ts';
import { addEntry, holdReview, latestReview, makeAgreement, propose, refer } from '../../modules/plans/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { demoEmployer } from './employers.ts';
import type { Random } from './random.ts';

/** What placement and social work keep in some cases; everything is invented. `today` is the day on which the demonstration is filled. */
export async function planWork(
  tx: Tx,
  act: CaseAct & {
    readonly actor: Extract<Actor, { kind: 'staff' }>;
    readonly staffId: string;
    readonly staffName: string;
  },
  { random, today }: { readonly random: Random; readonly today: string },
): Promise<void> {
  const then = dayInGermany(tx.now);
  await addEntry(tx, act, {
    kind: 'goal',
    words: random.pick(['Ich möchte wieder in einer Küche arbeiten.', 'Ich will den Führerschein schaffen.']),
  });
  await addEntry(tx, act, {
    kind: 'strength',
    words: random.pick(['Ich kann gut mit alten Menschen.', 'Ich bin pünktlich und lerne schnell.']),
  });
  const agreed = (side: 'person' | 'office', what: string) => ({
    side,
    what,
    who: '',
    dueOn: addDays(today, random.int(-2, 20)),
    goalId: null,
    reminder: `Vereinbarung: ${what}`,
    begins: { summary: '', reminder: '' },
  });
  await holdReview(tx, act, {
    heldOn: then,
    nextOn: latestReview(then),
    summary: 'Wir haben gemeinsam begonnen und die ersten Schritte verabredet.',
    reminder: 'Kooperationsplan gemeinsam ansehen',
  });
  await makeAgreement(tx, act, agreed('person', random.pick(['Zeugnisse sortieren', 'Lebenslauf mitbringen'])));
  await makeAgreement(
    tx,
    act,
    agreed('office', random.pick(['Einen passenden Kurs suchen', 'Kinderbetreuung klären'])),
  );
  if (random.chance(0.5)) {
    const title = random.pick(['Küchenhilfe, 20 Stunden', 'Helfer im Lager']);
    const employer = await demoEmployer(tx, act, title.startsWith('Küche') ? 0 : 1);
    await propose(tx, act, {
      kind: 'job',
      title,
      provider: employerLabel(employer),
      employerId: employer.id,
      onDay: then,
      words: 'Passt zu dem, was die Person gern macht.',
    });
  }
  if (random.chance(0.3))
    await refer(tx, act, {
      service: 'debts',
      organisation: 'Schuldnerberatung Musterstadt',
      reason: 'Ordnung in die Briefe bringen',
      consent: { mayTell: 'Name und Telefonnummer', until: addDays(today, 120) },
      askOn: addDays(today, 14),
      reminder: 'Nachfragen, was aus der Hilfe einer anderen Stelle wurde',
    });
  await addCheck(tx, act, {
    what: 'Wohnt hier im Bezirk',
    result: 'met',
    source: 'Meldebestätigung',
    documentId: null,
    replaces: null,
  });
}
