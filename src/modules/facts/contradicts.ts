import type { Fact } from './fact.ts';
import { labelledIn, payLabels, rentLabels } from './labelled.ts';
import { monthIn } from './paper-values.ts';

type Said = Pick<Fact, 'kind' | 'text' | 'validFrom' | 'validUntil' | 'personId'>;

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
 * Whether something that was read does not fit what somebody confirmed: another amount of the same name, another day of what is called the same. What
 * begins and ends on other days is the next one of its sort (a further sick note), and no contradiction; so is a fact of somebody else.
 */
export function contradicts(read: Said, confirmed: Said): boolean {
  if (read.kind !== confirmed.kind) return false;
  if (read.personId !== null && confirmed.personId !== null && read.personId !== confirmed.personId) return false;
  if (read.kind === 'free') {
    const known = valuesOf(confirmed);
    return [...valuesOf(read)].some(([name, value]) => known.has(name) && known.get(name) !== value);
  }
  if (read.kind !== 'until' || read.text.toLowerCase() !== confirmed.text.toLowerCase()) return false;
  const pairs = [
    [read.validFrom, confirmed.validFrom],
    [read.validUntil, confirmed.validUntil],
  ].filter((pair) => pair[0] !== null && pair[1] !== null);
  const differ = pairs.filter(([one, other]) => one !== other).length;
  return differ === 1;
}
