import type { Day } from '../../kernel/dates.ts';
import type { AgreementEnd, EntryEnd, EntryKind, Side } from './plan.ts';
import type { ProposalKind, ProposalStep, Refuser } from './proposal.ts';
import type { NewsKind } from './referral.ts';

type Made = { made_at: Date; made_by: string };
type Ended = { ended_at: Date | null; ended_by: string | null };

export type PlanTables = {
  plan_review: Made & {
    id: string;
    case_id: string;
    held_on: Day;
    next_on: Day;
    summary: string;
    follow_up_id: string | null;
  };
  plan_entry: Made &
    Ended & {
      id: string;
      case_id: string;
      kind: EntryKind;
      words: string | null;
      ended_as: EntryEnd | null;
      ended_reason: string | null;
    };
  agreement: Made &
    Ended & {
      id: string;
      case_id: string;
      side: Side;
      who: string;
      what: string;
      due_on: Day;
      goal_id: string | null;
      replaces: string | null;
      follow_up_id: string | null;
      ended_as: AgreementEnd | null;
      ended_reason: string | null;
    };
  proposal: Made & {
    id: string;
    case_id: string;
    kind: ProposalKind;
    title: string;
    provider: string;
    employer_id: string | null;
  };
  proposal_step: Made & {
    id: string;
    proposal_id: string;
    step: ProposalStep;
    on_day: Day;
    side: Refuser | null;
    words: string;
  };
  referral: Made &
    Ended & {
      id: string;
      case_id: string;
      service: string;
      organisation: string;
      reason: string;
      may_tell: string | null;
      consent_until: Day | null;
      revoked_at: Date | null;
      revoked_by: string | null;
      follow_up_id: string | null;
    };
  referral_news: Made & { id: string; referral_id: string; kind: NewsKind; words: string };
};
