import { addDays, type Day } from '../../kernel/dates.ts';

/** Who does what was agreed: the person, or the Jobcenter. A plan binds both (§ 15 (2) SGB II). */
export const sides = ['person', 'office'] as const;
export type Side = (typeof sides)[number];

/** What is kept about a person beside agreements. Strengths and burdens are in the person's own words. */
export const entryKinds = ['goal', 'strength', 'burden', 'surroundings'] as const;
export type EntryKind = (typeof entryKinds)[number];
/** How an entry ends; what was taken back loses its words. */
export const entryEnds = ['reached', 'dropped', 'taken-back'] as const;
export type EntryEnd = (typeof entryEnds)[number];

/**
 * Kinds whose words stand nowhere but in their own row: not in the timeline, not in the search. They may be about health or family (Art. 9
 * DSGVO), and go for good when the person takes them back.
 */
export const quietKinds: readonly EntryKind[] = ['burden', 'surroundings'];

export const agreementEnds = ['done', 'adjusted', 'dropped'] as const;
export type AgreementEnd = (typeof agreementEnds)[number];

export type PlanEntry = {
  readonly id: string;
  readonly kind: EntryKind;
  /** Null once it was taken back. */
  readonly words: string | null;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedAs: EntryEnd | null;
  readonly endedReason: string | null;
};

/** Something that one side does until a day (Vereinbarung, § 15 (2) SGB II). */
export type Agreement = {
  readonly id: string;
  readonly side: Side;
  /** Who of that side, in words; empty where it is plain. */
  readonly who: string;
  readonly what: string;
  readonly dueOn: Day;
  readonly goalId: string | null;
  readonly followUpId: string | null;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedAs: AgreementEnd | null;
  readonly endedReason: string | null;
};

export type PlanReview = {
  readonly id: string;
  readonly heldOn: Day;
  readonly nextOn: Day;
  readonly summary: string;
  readonly followUpId: string | null;
};

/** Months after which a plan is looked at again at the latest (§ 15 (3) SGB II). */
export const reviewMonths = 6;

/** The last day for the next look at a plan: the same day six months on, or the last of that month where it has no such day. */
export function latestReview(heldOn: Day): Day {
  const [year = 0, month = 0, day = 0] = heldOn.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + reviewMonths + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + reviewMonths, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Days before its day from which the next look at a plan stands among what is due: time enough to find an hour for both. */
export const reviewComesDays = 14;

/** Days before its day from which an agreement is shown as coming up. */
const soonDays = 7;

/** Where an open agreement stands in time: it has time, comes up, or its day has passed and somebody should ask how it goes. */
export function standing(dueOn: Day, today: Day): 'time' | 'soon' | 'past' {
  if (dueOn < today) return 'past';
  return dueOn <= addDays(today, soonDays) ? 'soon' : 'time';
}
