import type { Day } from '../../kernel/dates.ts';

/** Something that runs: what, from when, until when. */
export type Running = { readonly text: string; readonly from: Day | null; readonly until: Day | null };

const date = String.raw`(\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d{2})`;
const pattern = (text: string): RegExp => new RegExp(text.replaceAll('DATE', date), 'i');

type Rule = {
  /** What it is called on the board, and the words of the page that say so. */
  readonly text: string;
  readonly clue: RegExp;
  readonly span?: RegExp;
  readonly from?: RegExp;
  readonly until?: RegExp;
};

/**
 * Papers of which a day matters to the work, in the wording of their forms: sick note (Muster 1), notice of an award (§ 41 (3) SGB II), lease,
 * residence title, employment contract. A word that stands elsewhere too decides nothing without its day.
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
    text: 'Mietvertrag',
    clue: /mietvertrag|mietverh[äa]ltnis/i,
    from: pattern(String.raw`(?:beginnt\s+am|mietbeginn:?|ab\s+dem|ab)\s+DATE`),
  },
  {
    text: 'Aufenthaltstitel',
    clue: /aufenthalts(?:titel|erlaubnis|gestattung)|fiktionsbescheinigung|duldung/i,
    until: pattern(String.raw`g[üu]ltig\s+bis(?:\s+zum)?:?\s+DATE`),
  },
  {
    text: 'Arbeitsvertrag',
    clue: /arbeitsvertrag/i,
    from: pattern(String.raw`(?:beginnt\s+am|ab\s+dem|beginn:?)\s+DATE`),
    until: pattern(String.raw`befristet\s+bis(?:\s+zum)?:?\s+DATE`),
  },
];

/** What a page says to run, at most one thing: nothing is made up where a day is missing or the days cannot be. */
export function runningOn(lines: readonly { readonly text: string }[]): Running | undefined {
  const page = lines
    .map((line) => line.text)
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  for (const rule of rules) {
    if (!rule.clue.test(page)) continue;
    const span = rule.span?.exec(page);
    const from = asDay(span?.[1] ?? rule.from?.exec(page)?.[1]);
    const until = asDay(span?.[2] ?? rule.until?.exec(page)?.[1]);
    if (from === null && until === null) continue;
    if (from !== null && until !== null && until < from) continue;
    return { text: rule.text, from, until };
  }
  return undefined;
}

function asDay(text: string | undefined): Day | null {
  const parts = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text ?? '');
  if (parts === null) return null;
  const [, d = '', m = '', y = ''] = parts;
  const iso = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? null : iso;
}
