import type { Fact } from './fact.ts';
import { labelledIn, payLabels, rentLabels } from './labelled.ts';
import { monthIn } from './paper-values.ts';

type Said = Pick<Fact, 'kind' | 'text' | 'validFrom' | 'validUntil' | 'personId' | 'caseId'>;

/** From whom a wage is, where it says so behind its amounts. */
const employerIn = ({ text }: Said): string | undefined =>
  /(?:Euro|EUR|€), ?([^,]*\p{L}[^,]*)$/u.exec(text)?.[1]?.toLowerCase();

/** What a free fact says of amounts and accounts, by what they are called: also where somebody typed it. */
function valuesOf({ text }: Said): Map<string, string> {
  const values = new Map<string, string>();
  const pay = /lohn|gehalt|verdienst/i.test(text) ? monthIn(text) : undefined;
  for (const { label, cents } of labelledIn([{ text }], rentLabels)) values.set(label, String(cents));
  if (pay !== undefined)
    for (const { label, cents } of labelledIn([{ text }], payLabels)) values.set(`${pay} ${label}`, String(cents));
  const account = /IBAN endet auf (\d{4})/.exec(text)?.[1];
  if (account !== undefined) values.set('account', account);
  return values;
}

/**
 * Whether something that was read does not fit what somebody confirmed: another amount of the same name, another day of what is called the same. A rent
 * is the household's; a wage, an account and what runs are somebody's, and compared only within one case or of one known person: two people of a
 * household have two wages. What begins and ends on other days, or ends later, is the next one of its sort (a further sick note, a renewed title),
 * and no contradiction.
 */
export function contradicts(read: Said, confirmed: Said): boolean {
  if (read.kind !== confirmed.kind) return false;
  if (read.personId !== null && confirmed.personId !== null && read.personId !== confirmed.personId) return false;
  const sameWhose =
    read.caseId === confirmed.caseId || (read.personId !== null && read.personId === confirmed.personId);
  if (read.kind === 'free') {
    const known = valuesOf(confirmed);
    const [one, other] = [employerIn(read), employerIn(confirmed)];
    const alike = sameWhose && (one === undefined || other === undefined || one === other);
    return [...valuesOf(read)].some(
      ([name, value]) => known.has(name) && known.get(name) !== value && (alike || isRent(name)),
    );
  }
  if (read.kind !== 'until' || !sameWhose || read.text.toLowerCase() !== confirmed.text.toLowerCase()) return false;
  const pairs = [
    [read.validFrom, confirmed.validFrom],
    [read.validUntil, confirmed.validUntil],
  ].filter((pair) => pair[0] !== null && pair[1] !== null);
  const differ = pairs.filter(([one, other]) => one !== other).length;
  return differ === 1 && !isNext(read, confirmed);
}

const isRent = (name: string): boolean => rentLabels.some((label) => label === name);

/** It ends later, and begins no earlier as far as both say when. */
const isNext = (read: Said, confirmed: Said): boolean =>
  read.validUntil !== null &&
  confirmed.validUntil !== null &&
  read.validUntil > confirmed.validUntil &&
  (read.validFrom === null || confirmed.validFrom === null || read.validFrom >= confirmed.validFrom);
