import { daysIn } from './dates.ts';
import { asDigits, fold } from './fold.ts';
import type { Line } from './lines.ts';
import { personClues } from './person.ts';
import { suggestSender } from './sender.ts';

/** What a page says of the letter it belongs to: what its head states, and everything on it. */
export type PageIdentity = {
  /** Numbers by their label: `kundennr` and what stands behind it. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly sender?: string;
  readonly person?: string;
  readonly date?: string;
  /** The whole page, folded, and the days on it: what stands here somewhere is no contradiction. */
  readonly text: string;
  readonly days: readonly string[];
};
export type Contradiction = {
  readonly what: 'number' | 'sender' | 'person' | 'date';
  readonly before: string;
  readonly after: string;
};

/** On a first page the head of a letter reaches so far, on those that follow it is a few lines above the text. */
const [firstHead, nextHead] = [0.45, 0.16];
const labelled =
  /(?<!\p{L})((?:kunden|rechnungs|vertrags|personal|mitglieds|versicherten|versicherungs|konto|auszugs|mandanten|mieter|objekt|bg|kassen|vorgangs|akten)[- ]?(?:nummer|nr\.?)|aktenzeichen|az\.|(?:unser|ihr|geschäfts)[- ]?zeichen)\s*:?\s*([\p{L}\d][\p{L}\d/.-]{2,}(?: \d[\d/.-]*)*)/giu;
/** A line that dates its letter, and not something that the letter tells about. */
const dates = /(?:seite|blatt|schreiben|brief|bescheid|rechnung|abrechnung|auszug|datum|^\p{Lu}[\p{L} -]+, den)/iu;

/** Reads what a page says of its letter; `first`: it is the page where the letter seems to begin. */
export function pageIdentity(
  lines: readonly Line[],
  { first, ownName, thisYear }: { readonly first: boolean; readonly ownName: string; readonly thisYear: number },
): PageIdentity {
  const head = lines.filter(({ top }) => top < (first ? firstHead : nextHead));
  const text = lines.map((line) => line.text).join('\n');
  const numbers = new Map<string, string>();
  for (const line of head)
    for (const [, label = '', value = ''] of line.text.matchAll(labelled))
      if (/\d/.test(value)) numbers.set(labelOf(label), value.replace(/[\s.]+$/, ''));
  const sender = suggestSender(head, ownName);
  const person = personClues(head, thisYear).names.find(({ because }) => because === 'label');
  const date = head.flatMap((line) => (dates.test(line.text) ? daysIn(line.text, thisYear) : []))[0];
  return {
    numbers,
    ...(sender === undefined ? {} : { sender: sender.name }),
    ...(person === undefined ? {} : { person: `${person.givenName} ${person.familyName}` }),
    ...(date === undefined ? {} : { date: date.day }),
    text: ` ${fold(text)} `,
    days: daysIn(text, thisYear).map(({ day }) => day),
  };
}

const labelOf = (label: string): string => fold(label.replace(/nummer|nr\.?/giu, 'nr')).replaceAll(' ', '');

/**
 * What a page of a letter and one that follows it cannot both say; `nothing` where neither speaks for or against their being one. One thing that both
 * say alike weighs more than all that differs: a landlord's letter names the tenant, and the caretaker's firm.
 */
export function contradiction(page: PageIdentity, next: PageIdentity): Contradiction | 'agreed' | 'nothing' {
  const found: Contradiction[] = [];
  let agreed = 0;
  const compare = (what: Contradiction['what'], before: string | undefined, after: string | undefined): void => {
    if (after === undefined) return;
    if (what === 'date' ? page.days.includes(after) : page.text.includes(` ${fold(after)} `)) agreed += 1;
    else if (before !== undefined && isAlike(what, before, after)) agreed += 1;
    else if (before !== undefined) found.push({ what, before, after });
  };
  for (const [label, value] of next.numbers) compare('number', page.numbers.get(label), value);
  compare('sender', page.sender, next.sender);
  compare('person', page.person, next.person);
  compare('date', page.date, next.date);
  return agreed > 0 ? 'agreed' : (found[0] ?? 'nothing');
}

/** Numbers and days that were misread in a place or two are the same; senders and names that share a word. */
function isAlike(what: Contradiction['what'], before: string, after: string): boolean {
  if (what === 'sender' || what === 'person') {
    const words = new Set(fold(before).split(' '));
    return fold(after)
      .split(' ')
      .some((word) => word.length > 3 && words.has(word));
  }
  const plain = (text: string): string => asDigits(text).replace(/[^\p{L}\d]/gu, '');
  const [one, other] = [plain(before), plain(after)];
  if (one.length !== other.length) return one.startsWith(other) || other.startsWith(one);
  const changed = [...one].filter((character, i) => character !== other[i]).length;
  return changed <= (what === 'date' ? 1 : 2) && changed < one.length / 3;
}
