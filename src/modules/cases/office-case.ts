import type { Day } from '../../kernel/dates.ts';

/** Where a case (Vorgang) stands: `new` nobody took it yet, `waiting` something is missing from the person. */
export const caseStates = ['new', 'working', 'waiting', 'decided', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

/** Nobody waits for an answer of the office any more: its day is over or not, it is nothing that presses. */
export const hasAnswer = (state: CaseState): boolean => state === 'decided' || state === 'closed';

/** How a case can end on the merits (§ 33 SGB X); the reasons are written by the person who decides (§ 35 SGB X). */
export const decisionResults = ['granted', 'partly-granted', 'refused', 'settled', 'withdrawn', 'forwarded'] as const;
export type DecisionResult = (typeof decisionResults)[number];

/** What a check came to: a condition is met, is not met, or nobody can say yet. */
export const checkResults = ['met', 'not-met', 'open'] as const;
export type CheckResult = (typeof checkResults)[number];

/** What is still missing from the person (Mitwirkung, § 60 SGB I). */
export type RequiredItem = {
  readonly id: string;
  readonly caseId: string;
  readonly what: string;
  readonly why: string;
  readonly dueOn: Day;
  /** Why it is asked for again, after something came that was not it; null where nobody had to say so. */
  readonly again: string | null;
  readonly requestedAt: Date;
  readonly fulfilledAt: Date | null;
  readonly withdrawnAt: Date | null;
};

/** How a conversation (Kontakt) was held. */
export const contactWays = ['in-person', 'phone', 'video', 'message'] as const;
export type ContactWay = (typeof contactWays)[number];

/**
 * Why a person must look: nobody known by that name, several or one who may be it, no team, a paper that cannot be shown or was not
 * accepted, papers of which pages could not be read, something that may belong to another case.
 */
export type ClearingReason =
  | 'person-unknown'
  | 'person-ambiguous'
  | 'person-suggested'
  | 'no-team'
  | 'unreadable'
  | 'partly-read'
  | 'foreign-language'
  | 'case-suggested';

/** What a follow-up waits for: nobody (`us`), the person, a colleague, another office. */
export const waitsFor = ['us', 'person', 'colleague', 'office'] as const;
export type WaitsFor = (typeof waitsFor)[number];
