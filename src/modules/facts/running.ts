import type { Day } from '../../kernel/dates.ts';
import type { PaperLine } from './labelled.ts';
import { asDay, dayPattern } from './paper-values.ts';

/** Something that runs: what, from when, until when; `places`: the words of the page that say so, as they stand there. */
export type Running = {
  readonly text: string;
  readonly from: Day | null;
  readonly until: Day | null;
  /** Something without a day, about this topic. */
  readonly topic?: string;
  readonly places?: readonly string[];
};

const pattern = (text: string): RegExp => new RegExp(text.replaceAll('DATE', dayPattern), 'i');

type Rule = {
  /** What it is called on the board, and the words of the page that say so. */
  readonly text: string;
  readonly clue: RegExp;
  readonly span?: RegExp;
  readonly from?: RegExp;
  readonly until?: RegExp;
};

const untilWords = String.raw`(?:befristet(?:\s+ist\s+es)?|endet|l[äa]uft|dauert)\s*(?:bis(?:\s+(?:zum|einschlie(?:ß|ss)lich))?|am|zum|mit\s+(?:dem\s+)?Ablauf\s+des)?:?\s+DATE`;
const school = String.raw`(?:voraussichtlich\s+)?bis(?:\s+(?:zum|einschlie(?:ß|ss)lich|voraussichtlich))?:?\s+DATE|(?:ende\s+des\s+schuljahre?s|g[üu]ltig\s+bis|voraussichtliches\s+ende)[^\d]{0,30}DATE`;
const notice = (what: string): RegExp =>
  pattern(
    String.raw`k[üu]ndig(?:en|e|t|ung)(?![a-zäöü])[^.]{0,90}?${what}[^.]{0,60}?\b(?:zum|per|mit\s+wirkung\s+zum)\s+DATE`,
  );

/**
 * Papers of which a day matters to the work, in the wording of their forms: sick note (Muster 1), notice of an award (§ 41 (3) SGB II), notice of
 * termination (§§ 568, 623 BGB), lease, residence title, employment contract (§ 15 TzBfG), certificates of school and university. A word that
 * stands elsewhere too decides nothing without its day.
 */
const rules: readonly Rule[] = [
  {
    text: 'Krankschreibung',
    clue: /arbeitsunf[äa]hig/i,
    from: pattern(String.raw`arbeitsunf[äa]hig\s+seit:?\s+DATE`),
    until: pattern(String.raw`arbeitsunf[äa]hig\s+bis(?:\s+einschlie(?:ß|ss)lich)?:?\s+DATE`),
  },
  {
    text: 'Bewilligung',
    clue: /bewillig/i,
    span: pattern(String.raw`(?:zeit(?:raum)?|bewilligt)[^.]{0,60}?\s(?:vom\s+)?DATE\s+bis\s+(?:zum\s+)?DATE`),
  },
  {
    text: 'Kündigung der Arbeit',
    clue: /k[üu]ndig(?:en|e|t|ung)(?![a-zäöü])/i,
    until: notice('(?:arbeits|besch[äa]ftigungs|ausbildungs)'),
  },
  {
    text: 'Kündigung der Wohnung',
    clue: /k[üu]ndig(?:en|e|t|ung)(?![a-zäöü])/i,
    until: notice('(?:miet|wohnung)'),
  },
  {
    text: 'Mietvertrag',
    clue: /mietvertrag|mietverh[äa]ltnis|mietbescheinigung/i,
    from: pattern(
      String.raw`(?:beginnt\s+am|mietbeginn(?:\s+ist(?:\s+der)?)?:?|beginn\s+des\s+mietverh[äa]ltnisses:?|mietzeit\s+ab:?|ab\s+dem|ab)\s+DATE`,
    ),
    until: pattern(String.raw`mietende:?\s+DATE`.concat('|', untilWords)),
  },
  {
    text: 'Aufenthaltstitel',
    clue: /aufenthalts(?:titel|erlaubnis|gestattung)|fiktionsbescheinigung|duldung/i,
    until: pattern(String.raw`g[üu]ltig\s+bis(?:\s+zum)?:?\s+DATE`),
  },
  {
    text: 'Arbeitsvertrag',
    clue: /arbeitsvertrag|arbeitsverh[äa]ltnis/i,
    from: pattern(
      String.raw`(?:beginnt\s+am|beginn(?:\s+(?:des\s+arbeitsverh[äa]ltnisses|der\s+(?:besch[äa]ftigung|t[äa]tigkeit)))?:?|(?:ab|mit)\s+dem|eingestellt\s+(?:ab|zum))\s+DATE`,
    ),
    until: pattern(untilWords),
  },
  { text: 'Schulbescheinigung', clue: /schul(?:besuchs)?bescheinigung/i, until: pattern(school) },
  {
    text: 'Studium',
    clue: /immatrikulationsbescheinigung|studienbescheinigung|studienverlaufsbescheinigung/i,
    span: pattern(String.raw`(?:semester|vom)[^.]{0,40}?\s(?:vom\s+)?DATE\s+(?:bis|-|–)\s+(?:zum\s+)?DATE`),
    until: pattern(school),
  },
];

const groupOf = (found: RegExpExecArray | null | undefined): string | undefined =>
  found?.slice(1).find((group) => group !== undefined);

/**
 * What a page says to run, at most one thing: nothing is made up where a day is missing or the days cannot be. `heading`: how the paper begins, for a page
 * further on that does not say again what it is.
 */
export function runningOn(lines: readonly PaperLine[], heading = ''): Running | undefined {
  const page = lines
    .map((line) => line.text)
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  for (const rule of [
    ...rules.filter(({ clue }) => clue.test(page)),
    ...rules.filter(({ clue }) => clue.test(heading)),
  ]) {
    const span = rule.span?.exec(page);
    const said = [span?.[1] ?? groupOf(rule.from?.exec(page)), span?.[2] ?? groupOf(rule.until?.exec(page))];
    const [from = null, until = null] = said.map(asDay);
    if (from === null && until === null) continue;
    if (from !== null && until !== null && until < from) continue;
    return { text: rule.text, from, until, places: said.flatMap((each) => (asDay(each) === null ? [] : (each ?? []))) };
  }
  return undefined;
}
