export type { PlanOutcome, StaffAct } from './act.ts';
export { adjustAgreement, agreements, endAgreement, makeAgreement, type NewAgreement } from './agreements.ts';
export { addEntry, endEntry, planEntries } from './entries.ts';
export { forgetPlan } from './forget-case.ts';
export {
  type Agreement,
  agreementEnds,
  type EntryEnd,
  type EntryKind,
  entryEnds,
  latestReview,
  type PlanEntry,
  type PlanReview,
  quietKinds,
  type Side,
  sides,
  standing,
} from './plan.ts';
export { countPlansDue, type PlanLine, type PlansDue, planLines, plansOfTeam } from './plan-lines.ts';
export {
  isOver,
  type Proposal,
  type ProposalCourse,
  proposalKinds,
  proposalSteps,
  refusers,
  standOf,
} from './proposal.ts';
export { goOn, proposals, propose } from './proposals.ts';
export { mayTellOn, newsKinds, type Referral, services } from './referral.ts';
export { hearBack, type NewReferral, refer, referrals, revokeConsent } from './referrals.ts';
export { holdReview, planReviews } from './reviews.ts';
export { type EmployerProposal, linkProposal, proposalsOfEmployer } from './with-employers.ts';
