import type { ColumnType } from 'kysely';
import type { Jsonb } from '../../platform/database/index.ts';
import type { AnswerValue } from '../forms/index.ts';
import type { OwnDefinition, ValueTarget } from './definition.ts';
import type { OrderEntry, Spot } from './spots.ts';

/** What stands in a field: an answer as JSON, or nothing. */
type Held = ColumnType<AnswerValue | null, string | null, string | null>;

/** How a version came to be. */
export type OwnChange = 'made' | 'changed' | 'hidden' | 'shown' | 'moved' | 'imported';
/** `live`: in force, or once was; `waiting`: for the officer; `replaced`: another change came before the officer decided. */
export type OwnState = 'live' | 'waiting' | 'refused' | 'replaced';

/** The tables of this module. */
export type FieldTables = {
  own_field: {
    id: string;
    key: string;
    target: string;
    position: number;
    hidden: boolean;
    current: number | null;
    last: number;
    made_at: Date;
  };
  own_field_version: {
    field_id: string;
    version: number;
    change: OwnChange;
    state: OwnState;
    definition: Jsonb<OwnDefinition>;
    position: number;
    hidden: boolean;
    why: string;
    at: Date;
    staff_id: string;
    staff_name: string;
    decided_at: Date | null;
    decided_by: string | null;
    decided_name: string | null;
    decided_why: string | null;
  };
  own_field_value: {
    id: string;
    field_id: string;
    subject_type: ValueTarget;
    subject_id: string;
    /** Through which case it was written last. */
    case_id: string;
    value: Held;
    version: number;
    definition_version: number;
    written_at: Date;
    written_by: string;
    written_name: string;
  };
  own_field_past: {
    value_id: string;
    version: number;
    value: Held;
    definition_version: number;
    written_at: Date;
    written_by: string;
    written_name: string;
  };
  field_order: {
    id: string;
    spot: Spot;
    team_id: string | null;
    version: number;
    entries: Jsonb<OrderEntry[]>;
    why: string;
    at: Date;
    staff_id: string;
    staff_name: string;
  };
};
