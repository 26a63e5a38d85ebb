import { hmac, type Secret } from '../../platform/crypto/index.ts';
import { spansOf } from './spans.ts';
import { searchTerms } from './terms.ts';

/** The method by which words become terms; a change of it makes every entry anew (`tandem search-again`). */
export const SEARCH_METHOD = 2;

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
  /** Id of a member of staff or a program; `client` for people. */
  readonly author: string;
  readonly at: Date;
  /** Only who belongs to one of these circles may find it. */
  readonly circle?: readonly string[];
  readonly text: string;
};

/** Everything an entry is found by: its words, and what the filters of the page ask for, so that the index narrows by both. */
export const entryTerms = (entry: Findable): string[] => [
  ...searchTerms(entry.text),
  filterTerm.kind(entry.kind),
  filterTerm.topic(entry.topic),
  ...(entry.concern === undefined ? [] : [filterTerm.topic(entry.concern)]),
  filterTerm.author(entry.author),
  ...spansOf(entry.at).map(filterTerm.span),
];

/** Terms that are no words. A word never has a colon. */
export const filterTerm = {
  kind: (kind: EntryKind): string => `kind:${kind}`,
  topic: (topic: string): string => `topic:${topic}`,
  author: (author: string): string => `author:${author}`,
  span: (span: string): string => `at:${span}`,
} as const;

/** Keyed hashes of terms, 8 bytes each, as PostgreSQL's bigint: equal terms of two Jobcenters have nothing in common. */
export const hashTerms = (key: Secret, terms: Iterable<string>): string[] =>
  [...new Set(terms)].map((term) => String(hmac(key, `term ${term}`).readBigInt64BE(0)));
