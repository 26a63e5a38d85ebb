import type { Channel } from '../intake/index.ts';

/** Version of the method that finds pairs; kept with each, so that what an older one found can be found again. */
export const method = 2;

/**
 * How two things are the same: the same request sent again · the same bytes · the same document in another shape (photo, scan, part
 * of a longer scan) · the same concern of the same person while the first is open or was just decided.
 */
export const levels = ['same-request', 'same-bytes', 'same-document', 'same-concern'] as const;
export type Level = (typeof levels)[number];

/** What a person decides about a pair. `newer`: the later one replaces the earlier. `undone` takes the decision before back. */
export const decisions = ['same', 'different', 'newer'] as const;
export type Decision = (typeof decisions)[number];

/** A place on the upright picture of a page, in shares of its width and height (0 to 1). */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What agrees and what differs between two pages, with its place on each; pages count from 1. */
export type PageMarks = {
  readonly a: number;
  readonly b: number;
  readonly agree: readonly { readonly a: Place; readonly b: Place; readonly text: string }[];
  readonly differ: readonly { readonly a: Place; readonly b: Place; readonly textA: string; readonly textB: string }[];
};

/** One side of a pair: a document of a submission, or the submission itself. */
export type Side = {
  readonly submissionId: string;
  readonly documentId: string | null;
  readonly channel: Channel;
  readonly at: Date;
};

/** Two things that may be one; a suggestion with its reason, never more. */
export type Pair = {
  readonly id: string;
  readonly level: Level;
  /** 0 to 1; 0.5 and more means "the same". */
  readonly score: number;
  /** Why, as a key of the texts: `same-bytes`, `part-of`, `stated-person` … */
  readonly reason: string;
  readonly marks: readonly PageMarks[];
  readonly method: number;
  readonly foundAt: Date;
  readonly earlier: Side;
  readonly later: Side;
  /** When the office asked for what the later one brought; null when nobody asked. */
  readonly askedAt: Date | null;
  /** A newer method no longer finds what an older one suggested, and nobody had decided about it. */
  readonly withdrawn: boolean;
  /** The decision that counts now. */
  readonly decided: { readonly decision: Decision; readonly at: Date; readonly by: string } | undefined;
};

/** The side that came first stands first; of the same instant the one with the lower id. */
export function inOrder(one: Side, other: Side): { earlier: Side; later: Side } {
  const key = (side: Side) => `${side.submissionId} ${side.documentId ?? ''}`;
  const before = one.at.getTime() - other.at.getTime() || (key(one) < key(other) ? -1 : 1);
  return before < 0 ? { earlier: one, later: other } : { earlier: other, later: one };
}
