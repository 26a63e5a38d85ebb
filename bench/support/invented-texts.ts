import { newId } from '../../src/kernel/ids.ts';
import { filterTermsOf, hashTerms } from '../../src/modules/search/entry.ts';
import { fitOf, fitTerm } from '../../src/modules/search/fit.ts';
import type { EntryKind } from '../../src/modules/search/index.ts';
import { seededRandom } from '../../test/proof/support/numbers.ts';

/** Words of the invented language, by rank; the most frequent first. */
const WORDS = 200_000;
/** Ranks of words that are compounds of two others, and of those others. */
export const bands = { part: [30, 230], compound: [1_000, 5_000] } as const;
const years = 5;
const yearMs = 365 * 86_400_000;

/** The word of a rank. Their letters do not matter: the index holds hashes. */
export const word = (rank: number): string => `wort${rank}`;
/** The two words a compound is made of. */
const partsOf = (rank: number): readonly [number, number] => {
  const [from, to] = bands.part;
  return [from + ((rank * 7) % (to - from)), from + ((rank * 13 + 5) % (to - from))];
};

export type InventedText = {
  readonly id: string;
  readonly kind: EntryKind;
  readonly at: Date;
  readonly topic: string;
  readonly author: string;
  readonly terms: readonly bigint[];
};

const topics = [
  'erstantrag',
  'weiterbewilligung',
  'unterlagen',
  'krankmeldung',
  'umzug',
  'wohnkosten',
  'arbeitsaufnahme',
];

/** Foreign languages of papers: one in fifty has one. */
const languages = ['tr', 'uk', 'ar', 'ro', 'pl'];

/**
 * Makes texts whose words follow Zipf's law, as those of every language do: the word of rank n comes 1/n as often as the first. A paper has some 150
 * words and 8 in its head, a note some 30 and 3. `now`: the end of the five years they lie in.
 */
export function inventTexts(key: Uint8Array, seed: number, now: Date): (paper: boolean) => InventedText {
  const random = seededRandom(seed);
  const hash = (term: string): bigint => BigInt(hashTerms(key, [term])[0] ?? 0);
  const table = (term: (rank: number) => string): BigInt64Array =>
    BigInt64Array.from({ length: WORDS }, (_, rank) => hash(term(rank)));
  const plain = table(word);
  const about = table((rank) => fitTerm.about(word(rank)));
  const remembered = <K>(make: (of: K) => bigint): ((of: K) => bigint) => {
    const known = new Map<K, bigint>();
    return (of) => {
      const found = known.get(of) ?? make(of);
      known.set(of, found);
      return found;
    };
  };
  const filterHash = remembered(hash);
  const often = remembered((rank: number) => hash(fitTerm.often(word(rank))));
  const asked = remembered((pair: number) => hash(fitTerm.beside(word(Math.floor(pair / WORDS)), word(pair % WORDS))));
  // Half a billion pairs would take hours to hash: those that nobody asks for get a number that is as good as any.
  const beside = (one: number, other: number): bigint => {
    const [low, high] = one < other ? [one, other] : [other, one];
    if (low < 100 && high < 5_000) return asked(low * WORDS + high);
    return BigInt((Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 12);
  };
  // The inverse of the sum of 1/n: with it one random number gives a rank.
  const top = Math.log(WORDS + 1);
  const token = (): number[] => {
    const rank = Math.min(WORDS - 1, Math.floor(Math.exp(random.next() * top)) - 1);
    return rank >= bands.compound[0] && rank < bands.compound[1] ? [rank, ...partsOf(rank)] : [rank];
  };
  const tokens = (count: number): number[][] => Array.from({ length: count }, token);
  const staff = Array.from({ length: 200 }, () => newId(now));
  return (paper) => {
    const at = new Date(now.getTime() - Math.floor(random.next() ** 1.3 * years * yearMs));
    const kind: EntryKind = paper ? 'document' : random.pick(['note', 'note', 'note', 'message', 'answers']);
    const author = kind === 'note' ? random.pick(staff) : 'client';
    const topic = random.pick(topics);
    const head = tokens(paper ? 8 : 3);
    const text = tokens((paper ? 100 : 15) + random.int(paper ? 100 : 30));
    const fit = fitOf(head, text, paper);
    const foreign = paper && random.int(50) === 0 ? [random.pick(languages)] : [];
    const filters = filterTermsOf({ kind, topic, author, at, languages: foreign }).map(filterHash);
    const pairs = fit.beside.map(([one, other]) => beside(one, other));
    const terms = [
      ...[...new Set([...head, ...text].flat())].map((rank) => plain[rank] ?? 0n),
      ...fit.about.map((rank) => about[rank] ?? 0n),
      ...fit.often.map(often),
      ...new Set(pairs),
      ...filters,
    ];
    return { id: newId(at), kind, at, topic, author, terms };
  };
}
