import type { Day } from '../../kernel/dates.ts';
import type { ContactWay } from '../cases/index.ts';

/** The tables of this module. */
export type ContactTables = {
  note_topic: {
    id: string;
    key: string;
    name: string | null;
    closed: boolean;
    at: Date;
    actor_id: string;
    actor_name: string;
  };
  circle: {
    id: string;
    name: string;
    made_at: Date;
    made_by: string;
    closed_at: Date | null;
    closed_by: string | null;
  };
  circle_member: {
    id: string;
    circle_id: string;
    staff_id: string;
    joined_at: Date;
    joined_by: string;
    left_at: Date | null;
    left_by: string | null;
  };
  circle_opening: {
    id: string;
    circle_id: string;
    substitution_id: string;
    absent_id: string;
    substitute_id: string;
    until_day: Day;
    opened_at: Date;
    opened_by: string;
  };
  circle_note: {
    id: string;
    circle_id: string;
    case_id: string;
    text: string;
    topic: string;
    topic_name: string | null;
    person_id: string | null;
    person_name: string;
    way: ContactWay | null;
    on_day: Day | null;
    corrects: string | null;
    employer: string | null;
    written_at: Date;
    author_id: string;
    author_name: string;
  };
};
