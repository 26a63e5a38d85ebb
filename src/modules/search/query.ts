import type { Expression, RawBuilder } from 'kysely';
import type { EntryKind } from './entry.ts';
import type { Fit } from './fit.ts';

export type TextQuery = {
  /** What `askedTerms` made of the words. */
  readonly terms: readonly string[];
  readonly kind?: EntryKind;
  readonly topic?: string;
  readonly author?: string;
  readonly language?: string;
  readonly from?: Date;
  /** What fits better comes first (so it is unless said otherwise), or simply what is newer. */
  readonly order?: 'fit' | 'time';
  /** Behind this hit: the next page. */
  readonly before?: { readonly at: Date; readonly id: string; readonly fit?: Fit };
};

/**
 * Who asks: the circles whose notes they may read, and a query of the module that knows the cases. It gives a row where they may open
 * the case whose id stands in a column of ours, and becomes part of our query.
 */
export type FindFor = {
  readonly circles: readonly string[];
  readonly mayOpen: (caseId: RawBuilder<string>) => Expression<unknown>;
};

export type TextHit = {
  readonly id: string;
  readonly kind: EntryKind;
  readonly caseId: string;
  readonly topic: string;
  readonly author: string;
  readonly at: Date;
  /** How well it fits, where the order is by that. */
  readonly fit?: Fit;
};
export type TextHits = {
  readonly hits: readonly TextHit[];
  /** How many of the asked words each hit has at least. */
  readonly words: number;
  readonly more: boolean;
  /** Asked without a word: older ones were not looked for, because there are too many to go through. */
  readonly older?: boolean;
};
