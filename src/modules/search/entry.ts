import { hmac, type Secret } from '../../platform/crypto/index.ts';
import { BESIDE, fitTerms } from './fit.ts';
import { spansOf } from './spans.ts';
import { tokensOf } from './terms.ts';

/** The method by which words become terms; a change of it makes every entry anew (`tandem search-again`). */
export const SEARCH_METHOD = 3;

/** What can be found by its words. `note` is for the office, `message` was written to or by the person. */
export const entryKinds = [
  'document',
  'answers',
  'note',
  'message',
  'promise',
  'request',
  'decision',
  'field',
  'fact',
  'appointment',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Something that can be found: whose it is, what it is about, who wrote it when, and the text it is found by. */
export type Findable = {
  /** Of the thing itself: the document, the submission, the entry of the timeline. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly caseId: string;
  /** The concern, or the topic of a note. */
  readonly topic: string;
  /** The concern as well, where the topic is another one: it is found by both. */
  readonly concern?: string;
  /** Topics of places that somebody marked on a paper: it is found by each. */
  readonly markedAs?: readonly string[];
  /** Id of a member of staff or a program; `client` for people. */
  readonly author: string;
  /** Others who wrote something of it: it is found as theirs, too. */
  readonly alsoBy?: readonly string[];
  readonly at: Date;
  /** Only who belongs to one of these circles may find it. */
  readonly circle?: readonly string[];
  /** What it is called, of what kind, from whom and whose it is: found like the text, and before what only names the words. */
  readonly head?: string;
  /** Languages a paper is written in beside German. */
  readonly languages?: readonly string[];
  readonly text: string;
};

/** Everything an entry is found by: its words, how well it fits them, and what the filters of the page ask for, so that the index narrows by all. */
export function entryTerms(entry: Findable): string[] {
  const wordsOf = (said: string) => tokensOf(said).map(({ terms }) => terms);
  const [head, text] = [wordsOf(entry.head ?? ''), wordsOf(entry.text)];
  return [...[...head, ...text].flat(), ...fitTerms(head, text, entry.kind === 'document'), ...filterTermsOf(entry)];
}

/** What the filters ask for. Kind and topic together are one term as well: asked for both, the index goes through far shorter lists. */
export function filterTermsOf(entry: Omit<Findable, 'id' | 'caseId' | 'head' | 'text'>): string[] {
  const { kind, languages: foreign = [] } = entry;
  const languages = foreign.length === 0 ? [] : [...foreign, ANY_LANGUAGE];
  const { topic, concern, markedAs = [] } = entry;
  const topics = [...new Set([topic, ...(concern === undefined ? [] : [concern]), ...markedAs])];
  return [
    filterTerm.kind(kind),
    ...topics.flatMap((topic) => [filterTerm.topic(topic), filterTerm.both(kind, topic)]),
    ...[entry.author, ...(entry.alsoBy ?? [])].map(filterTerm.author),
    ...languages.map(filterTerm.language),
    ...spansOf(entry.at).map(filterTerm.span),
  ];
}

/** Whatever language it is, but not German. */
export const ANY_LANGUAGE = 'any';

/** Terms that are no words. A word never has a colon. */
export const filterTerm = {
  kind: (kind: EntryKind): string => `kind:${kind}`,
  topic: (topic: string): string => `topic:${topic}`,
  both: (kind: EntryKind, topic: string): string => `both:${kind} ${topic}`,
  author: (author: string): string => `author:${author}`,
  language: (language: string): string => `language:${language}`,
  span: (span: string): string => `at:${span}`,
} as const;

/** Of 32 bits 20 are left. */
const BESIDE_SHIFT = 12;

/**
 * Keyed hashes of terms, 8 bytes each, as PostgreSQL's bigint: equal terms of two Jobcenters have nothing in common. Of two words together only 20
 * bits are kept: so many lists the index holds easily, and one false meeting in thousands moves a text that has both words a little up.
 */
export const hashTerms = (key: Secret, terms: Iterable<string>): string[] => [
  ...new Set(
    Array.from(new Set(terms), (term) => {
      const hash = hmac(key, `term ${term}`);
      return String(term.startsWith(BESIDE) ? hash.readUInt32BE(0) >>> BESIDE_SHIFT : hash.readBigInt64BE(0));
    }),
  ),
];
