import { newId } from '../../src/kernel/ids.ts';
import { entryTerms, hashTerms } from '../../src/modules/search/entry.ts';
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

/**
 * Makes texts whose words follow Zipf's law, as those of every language do: the word of rank n comes 1/n as often as the first. A
 * paper has some 150 words, a note some 30. `now`: the end of the five years they lie in.
 */
export function inventTexts(key: Uint8Array, seed: number, now: Date): (paper: boolean) => InventedText {
  const random = seededRandom(seed);
  const hashes = new BigInt64Array(WORDS);
  const hash = (term: string): bigint => BigInt(hashTerms(key, [term])[0] ?? 0);
  for (let rank = 0; rank < WORDS; rank++) hashes[rank] = hash(word(rank));
  const known = new Map<string, bigint>();
  const filterHash = (term: string): bigint => {
    const found = known.get(term) ?? hash(term);
    known.set(term, found);
    return found;
  };
  // The inverse of the sum of 1/n: with it one random number gives a rank.
  const top = Math.log(WORDS + 1);
  const rankOf = (): number => Math.min(WORDS - 1, Math.floor(Math.exp(random.next() * top)) - 1);
  const staff = Array.from({ length: 200 }, () => newId(now));
  return (paper) => {
    const at = new Date(now.getTime() - Math.floor(random.next() ** 1.3 * years * yearMs));
    const kind: EntryKind = paper ? 'document' : random.pick(['note', 'note', 'note', 'message', 'answers']);
    const author = kind === 'note' ? random.pick(staff) : 'client';
    const topic = random.pick(topics);
    const ranks = new Set<number>();
    for (let n = (paper ? 100 : 15) + random.int(paper ? 100 : 30); n > 0; n--) {
      const rank = rankOf();
      ranks.add(rank);
      if (rank >= bands.compound[0] && rank < bands.compound[1]) for (const part of partsOf(rank)) ranks.add(part);
    }
    const filters = entryTerms({ id: '', caseId: '', kind, topic, author, at, text: '' }).map(filterHash);
    return {
      id: newId(at),
      kind,
      at,
      topic,
      author,
      terms: [...[...ranks].map((rank) => hashes[rank] ?? 0n), ...filters],
    };
  };
}
