import type { Day } from '../../kernel/dates.ts';
import type { Jsonb } from '../../platform/database/index.ts';
import type { ExportPurpose } from './exports.ts';
import type { Place } from './marks.ts';

/** Rows of this module. */
export type FileTables = {
  file: { id: string; household_id: string | null; opened_at: Date };
  file_part: { key: string; name: string; created_at: Date; created_by: string; closed_at: Date | null };
  file_document: {
    document_id: string;
    part: string | null;
    kind: string | null;
    sender: string | null;
    dated_on: Day | null;
    valid_from: Day | null;
    valid_until: Day | null;
    state: 'open' | 'checked' | 'unusable';
    retention: string | null;
    by_person: boolean;
    copy_of: string | null;
    changed_at: Date;
    changed_by: string;
  };
  page_turn: { document_id: string; page: number; turn: number; changed_at: Date; changed_by: string };
  file_mark: {
    id: string;
    document_id: string;
    page: number;
    places: Jsonb<readonly Place[]>;
    note: string;
    topic: string | null;
    made_at: Date;
    made_by: string;
    made_by_name: string;
    removed_at: Date | null;
    removed_by: string | null;
  };
  file_move: {
    id: string;
    document_id: string;
    from_part: string | null;
    to_part: string | null;
    from_case: string | null;
    to_case: string | null;
    reason: string;
    at: Date;
    actor_id: string;
    actor_name: string;
    alone: boolean;
  };
  retention_rule: {
    id: string;
    class: string;
    years: number;
    by_itself: boolean;
    source: string;
    at: Date;
    actor_name: string;
  };
  legal_hold: {
    id: string;
    file_id: string | null;
    document_id: string | null;
    case_id: string | null;
    reason: string;
    at: Date;
    actor_name: string;
    ended_at: Date | null;
    ended_by: string | null;
    ended_reason: string | null;
  };
  deletion: {
    document_id: string;
    case_id: string;
    class: string;
    due_on: Day;
    listed_at: Date;
    confirmed_at: Date | null;
    confirmed_by: string | null;
    deleted_at: Date | null;
  };
  case_deletion: {
    case_id: string;
    number: string;
    closed_on: Day;
    due_on: Day;
    years: number;
    source: string;
    listed_at: Date;
    confirmed_at: Date | null;
    confirmed_by: string | null;
    failed_at: Date | null;
    deleted_at: Date | null;
  };
  file_export: {
    id: string;
    file_id: string;
    reason: string;
    language: string;
    withheld: Jsonb<Readonly<Record<string, string>>>;
    reader_role: 'clerk' | 'lead';
    reader_id: string;
    reader_teams: string[];
    actor_name: string;
    asked_at: Date;
    made_at: Date | null;
    failed_at: Date | null;
    expires_at: Date;
    gone_at: Date | null;
    circles: boolean;
    purpose: ExportPurpose;
    for_person: string | null;
    for_children: string[];
  };
  file_export_piece: { export_id: string; position: number; kind: 'pdf' | 'zip'; document_id: string };
};
