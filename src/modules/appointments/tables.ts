import type { AppointmentEnd, AppointmentWay, Wish } from './appointment.ts';

export type AppointmentTables = {
  appointment: {
    id: string;
    case_id: string;
    /** Null where it is with the household, or with whom nobody has confirmed yet. */
    person_id: string | null;
    person_name: string;
    staff_id: string;
    starts_at: Date;
    minutes: number;
    way: AppointmentWay;
    place: string;
    topic: string;
    topic_name: string | null;
    bring: string;
    note: string;
    moves: number;
    /** Counts what changes the entry in a calendar, and never goes down. */
    calendar_revision: number;
    /** The revision of the calendar file that was fetched last. */
    calendar_loaded: number | null;
    /** The emptied case from which it was taken along. */
    came_from: string | null;
    /** For whom its holder stands in, who sees the case by that alone. */
    taken_from: string | null;
    made_at: Date;
    made_by: string;
    changed_at: Date;
    ended_at: Date | null;
    ended_by: string | null;
    ended_as: AppointmentEnd | null;
    ended_wish: Wish | null;
    ended_words: string | null;
  };
  appointment_answer: {
    id: string;
    appointment_id: string;
    words: string;
    other_times: string;
    /** They can come after all; then it has no words. */
    comes: boolean;
    said_at: Date;
    /** When the person said something else. */
    replaced_at: Date | null;
    seen_at: Date | null;
    seen_by: string | null;
  };
};
