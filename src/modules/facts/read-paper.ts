import { isValidIBAN } from 'ibantools';
import { type Label, labelledIn, labels, type PaperLine, payLabels, rentLabels } from './labelled.ts';
import { inEuros, monthIn } from './paper-values.ts';
import { type Running, runningOn } from './running.ts';

export type PaperPage = { readonly page: number; readonly lines: readonly PaperLine[] };
/** What a paper says, with the page on which it was read. */
export type PaperReading = Running & { readonly page: number };

const isStatement = /kontoauszug|umsatz[üu]bersicht|kontostand/i;
const isRent =
  /miet(?:vertrag|bescheinigung|verh[äa]ltnis|erh[öo]hung|[äa]nderung|zahlung|zins|sache)|\bmiete\b|vermieter/i;
const isPayslip =
  /(?:entgelt|gehalts?|lohn|verdienst|bez[üu]ge)\s?-?\s?(?:abrechnung|nachweis|bescheinigung)|abrechnung\s+der\s+brutto/i;
/** What the bank gives whose account it is; a landlord's statement of a tenant's payments is none. */
const isAccount =
  /(?<!miet|forderungs|kunden)(?:kontoausz[üu]g|umsatz[üu]bersicht|kontobest[äa]tigung|giro-?card|debitkarte|bankkarte)/i;
const isHolder = /\bkontoinhaber(?:in|\/in|\(in\))?\b\s*:?/i;

/** How a paper begins: so many lines of its first page say what it is. */
const headLines = 8;
/** Of one paper nobody looks at more suggestions than this. */
const mostReadings = 8;

const textOf = (lines: readonly PaperLine[]): string => lines.map((line) => line.text).join('\n');

/** What is known of a paper before: its kind, and how the people are called in whose household it came (`Probe, Mira`). */
export type PaperAbout = { readonly kind?: string; readonly people?: readonly string[] };

/**
 * Everything a paper says that the board can hold, on all of its pages, each thing once, where it stands first. Only a suggestion: a person looks at the
 * place. An account statement names rents and wages of bookings, which are no rent and no wage.
 */
export function readPaper(pages: readonly PaperPage[], about: PaperAbout = {}): PaperReading[] {
  const heading = textOf(pages[0]?.lines.slice(0, headLines) ?? []);
  const found = new Map<string, PaperReading>();
  for (const { page, lines } of pages) {
    const text = textOf(lines);
    const statement = isStatement.test(heading) || isStatement.test(text);
    const read: (readonly [string, Running | undefined])[] = [
      ['account', isTheirAccount(lines, heading, about) ? accountOn(text) : undefined],
      ...(statement
        ? []
        : ([
            ['rent', isRent.test(heading) || isRent.test(text) ? rentOn(lines) : undefined],
            ['pay', isPayslip.test(heading) || isPayslip.test(text) ? payOn(lines) : undefined],
          ] as const)),
    ];
    const running = statement ? undefined : runningOn(lines, page === pages[0]?.page ? '' : heading);
    for (const [matter, each] of [[`until ${running?.text}`, running] as const, ...read])
      if (each !== undefined && !found.has(matter)) found.set(matter, { ...each, page });
  }
  return [...found.values()].slice(0, mostReadings);
}

const amountsOn = (lines: readonly PaperLine[], wanted: readonly Label[], most: number) =>
  labelledIn(lines, wanted).filter(({ cents }) => cents <= most);

/** What the home costs a month (§ 22 SGB II); nothing beyond 10,000 euro. */
function rentOn(lines: readonly PaperLine[]): Running | undefined {
  const amounts = amountsOn(lines, rentLabels, 1_000_000);
  if (!amounts.some(({ label }) => label === 'cold' || label === 'warm')) return undefined;
  return {
    text: amounts.map(({ label, cents }) => `${labels[label].said} ${inEuros(cents)}`).join(', '),
    topic: 'housing',
    from: null,
    until: null,
    places: amounts.map(({ said }) => said),
  };
}

/** A wage with its month (§ 11 SGB II), and from whom, where the paper says so. Without a month it is nothing to reckon with. */
function payOn(lines: readonly PaperLine[]): Running | undefined {
  const title = textOf(lines.filter(({ text }) => isPayslip.test(text)));
  const month = monthIn(title) ?? monthIn(textOf(lines));
  const amounts = amountsOn(lines, payLabels, 10_000_000);
  if (month === undefined || amounts.length === 0) return undefined;
  const employer = employerOn(lines);
  const said = amounts.map(({ label, cents }) => `${labels[label].said} ${inEuros(cents)}`).join(', ');
  return {
    text: [`Lohn ${month}: ${said}`, ...(employer === undefined ? [] : [employer])].join(', '),
    topic: 'work',
    from: null,
    until: null,
    places: amounts.map((each) => each.said),
  };
}

/** What stands behind "Arbeitgeber", or in the line below it. */
function employerOn(lines: readonly PaperLine[]): string | undefined {
  const index = lines.findIndex(({ text }) => /^\s*(?:arbeitgeber(?:in)?|firma)\s*:?(?:\s|$)/i.test(text));
  if (index === -1) return undefined;
  const behind = (lines[index]?.text ?? '').replace(/^\s*(?:arbeitgeber(?:in)?|firma)\s*:?\s*/i, '');
  const name = (behind === '' ? (lines[index + 1]?.text ?? '') : behind).trim();
  return /\p{L}{2}/u.test(name) && name.length <= 60 ? name : undefined;
}

/** Landlords and employers name their own account: it is the person's on what a bank gives them, or where the paper says that one of them holds it. */
function isTheirAccount(lines: readonly PaperLine[], heading: string, { kind, people = [] }: PaperAbout): boolean {
  if (kind === 'account-statement' || isAccount.test(heading)) return true;
  if (isAccount.test(textOf(lines.slice(0, headLines)))) return true;
  const wordsOf = (said: string): string[] => said.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return lines.some(({ text }, index) => {
    const holder = isHolder.exec(text);
    if (holder === null) return false;
    const behind = wordsOf(text.slice(holder.index + holder[0].length));
    const said = behind.length === 0 ? wordsOf(lines[index + 1]?.text ?? '') : behind;
    return people.some((name) => wordsOf(name).length > 1 && wordsOf(name).every((word) => said.includes(word)));
  });
}

/** An account, by its last four digits alone: enough to compare and to find it on its page, too little to draw on. */
function accountOn(text: string): Running | undefined {
  for (const found of text.matchAll(/\bDE[\dlIO]{2}(?:[ \u00a0]?[\dlIO]){18}/g)) {
    const iban = `DE${found[0].slice(2).replaceAll(/[lI]/g, '1').replaceAll('O', '0').replaceAll(/\s/g, '')}`;
    if (!isValidIBAN(iban)) continue;
    const places = /(?:[\dlIO][ \u00a0]?){3}[\dlIO]$/.exec(found[0].trim())?.slice(0, 1) ?? [];
    return { text: `Konto, IBAN endet auf ${iban.slice(-4)}`, topic: 'money', from: null, until: null, places };
  }
  return undefined;
}
