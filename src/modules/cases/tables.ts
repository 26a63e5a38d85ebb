import type { Json } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Jsonb } from '../../platform/database/index.ts';
import type { CaseEventKind } from './case-event.ts';
import type { CaseState, CheckResult, ClearingReason, WaitsFor } from './office-case.ts';

/** The tables of this module. */
export type CaseTables = {
  office_case: {
    id: string;
    number: string;
    concern: string;
    channel: string;
    person_name: string;
    /** The stated name as it is searched for. */
    person_search: string;
    /** The same in sounds. */
    person_sound: string;
    /** Null while nobody knows from whom it came. */
    birth_date: Day | null;
    person_id: string | null;
    household_id: string | null;
    /** The file it lies in; null only where rows were loaded past `openCase`. */
    file_id: string | null;
    team_id: string | null;
    assignee_id: string | null;
    state: CaseState;
    due_on: Day;
    opened_at: Date;
    changed_at: Date;
    closed_at: Date | null;
  };
  case_event: {
    id: string;
    case_id: string;
    at: Date;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
    kind: CaseEventKind;
    detail: string;
  };
  required_item: {
    id: string;
    case_id: string;
    what: string;
    why: string;
    due_on: Day;
    requested_at: Date;
    requested_by: string;
    fulfilled_at: Date | null;
    fulfilled_by: string | null;
    withdrawn_at: Date | null;
  };
  promise: {
    id: string;
    case_id: string;
    what: string;
    phone: string | null;
    due_at: Date;
    made_at: Date;
    made_by: string;
    kept_at: Date | null;
    kept_by: string | null;
  };
  case_check: {
    id: string;
    case_id: string;
    what: string;
    result: CheckResult;
    source: string;
    document_id: string | null;
    replaces: string | null;
    made_at: Date;
    made_by: string;
    made_by_name: string;
  };
  follow_up: {
    id: string;
    case_id: string;
    due_on: Day;
    reason: string;
    topic: string;
    waits_for: WaitsFor;
    /** For whom; null for the team. */
    staff_id: string | null;
    /** The team of the case, so that the list of a team is read without the others'. */
    team_id: string | null;
    made_at: Date;
    made_by: string;
    moves: number;
    ended_at: Date | null;
    ended_by: string | null;
  };
  bank_confirmation: {
    id: string;
    case_id: string;
    submission_id: string;
    raised_at: Date;
    confirmed_at: Date | null;
    confirmed_way: 'counter' | 'letter-code' | null;
    confirmed_by: string | null;
  };
  return_code: {
    id: string;
    code_hash: Buffer;
    case_id: string;
    required_item_id: string | null;
    purpose: 'item' | 'letter' | 'receipt';
    expires_on: Day;
    created_at: Date;
    created_by: string;
  };
  clearing_item: {
    id: string;
    case_id: string;
    /** The team of the case, so that the queue of a team is read without the others'. */
    team_id: string | null;
    reason: ClearingReason;
    detail: Jsonb<Json>;
    raised_at: Date;
    resolved_at: Date | null;
    resolved_by: string | null;
    outcome: string | null;
  };
};

/** `detail` as jsonb text for writing. */
export const asJson = (detail: Json | object): string => JSON.stringify(detail);
