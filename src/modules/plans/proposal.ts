import type { Day } from '../../kernel/dates.ts';

/** What can be proposed: a job, a training place, a measure (§ 16 SGB II), something else. */
export const proposalKinds = ['job', 'training', 'measure', 'other'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/** The course of a proposal; `contact` is a talk with those who offer it, and changes nothing about where it stands. */
export const proposalSteps = ['proposed', 'applied', 'invited', 'refused', 'started', 'ended', 'contact'] as const;
export type ProposalStep = (typeof proposalSteps)[number];

/** Who refused. A refusal of the person is a fact with its reason, nothing more: nothing follows from it by itself. */
export const refusers = ['person', 'provider', 'office'] as const;
export type Refuser = (typeof refusers)[number];

export type ProposalCourse = {
  readonly id: string;
  readonly step: ProposalStep;
  readonly onDay: Day;
  readonly side: Refuser | null;
  readonly words: string;
};

export type Proposal = {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly title: string;
  readonly provider: string;
  /** The employer of the list that is meant, where somebody chose one. */
  readonly employerId: string | null;
  /** Everything that happened, in order. */
  readonly course: readonly ProposalCourse[];
};

/** Where a proposal stands: its last step that is more than a talk. */
export const standOf = (course: readonly ProposalCourse[]): ProposalCourse | undefined =>
  course.findLast(({ step }) => step !== 'contact');
export const isOver = (course: readonly ProposalCourse[]): boolean => {
  const step = standOf(course)?.step;
  return step === 'refused' || step === 'ended';
};
