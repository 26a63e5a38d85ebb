import type { Contradiction, LetterKind } from '../documents/index.ts';

/** What reading a letter suggests; every part may be missing, and a person decides. */
export type LetterSuggestion = {
  readonly kind: LetterKind;
  /** Words of the page that led to the kind. */
  readonly kindWords: readonly string[];
  readonly sender?: { readonly name: string; readonly because: 'return-line' | 'firm' | 'authority' };
  /** Names, days of birth and numbers on the pages, for the search among the office's people. */
  readonly names: readonly { readonly familyName: string; readonly givenName: string }[];
  readonly birthDates: readonly string[];
  readonly fileNumbers: readonly string[];
  /** Numbers of our own cases that stand on the page. */
  readonly caseNumbers: readonly string[];
  /** The case or missing item whose code is printed on the page. */
  readonly returns?: { readonly caseId: string; readonly itemId?: string };
  /** Languages of its pages other than German. */
  readonly languages?: readonly string[];
  /** The day of the letter itself, and the other days and amounts on it. */
  readonly days: readonly string[];
  readonly amounts: readonly number[];
  /** The day of the arrival stamp. */
  readonly stampedOn?: string;
  /** Page numbers that are missing. */
  readonly missing: readonly number[];
  /** So many of them are missing, where a sheet that nobody could read may be one of them; absent where all are. */
  readonly missingCount?: number;
  /** The printed total changes within the letter: probably two letters, whose last and first sheet went through the scanner together. */
  readonly totals?: TotalsDiffer;
  /** Sheets whose printed numbers go on, though their heads name different letters. */
  readonly heads?: HeadsDiffer;
};

/** Sheets of the stack before and after the change, the total on each, and the page numbers that each of the two letters lacks. */
export type TotalsDiffer = {
  readonly sheets: readonly [before: number, after: number];
  readonly totals: readonly [before: number, after: number];
  readonly missing: readonly [before: readonly number[], after: readonly number[]];
};

/** The sheet of the stack that says `before`, the later one that says `after`, and what they cannot both say of one letter. */
export type HeadsDiffer = Contradiction & { readonly sheets: readonly [before: number, after: number] };

export const nothingSuggested: LetterSuggestion = {
  kind: 'other',
  kindWords: [],
  names: [],
  birthDates: [],
  fileNumbers: [],
  caseNumbers: [],
  days: [],
  amounts: [],
  missing: [],
};
