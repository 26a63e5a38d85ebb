import type { Day } from '../../kernel/dates.ts';
import type { Jsonb } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import type { DecisionResult, NoReminder } from '../cases/index.ts';
import type { ReleaseRule } from './texts.ts';
import type { Translations } from './translation.ts';

/** `draft`: being written. `submitted`: waits for somebody else to release it. `sent`: released, it goes out. */
export type NoticeState = 'draft' | 'submitted' | 'sent' | 'discarded';
export type Way = 'portal' | 'post';
/**
 * What is to be done next with a letter that was sent; `notifying` is being told to the relay at this moment. `address`: it came back, and somebody
 * says where it goes now.
 */
export type WaitsFor = 'notify' | 'notifying' | 'print' | 'hand-over' | 'address';

/** What happens to a letter. `posted` and `notified` are what the legal effect is counted from. */
export type StepKind =
  | 'submitted'
  | 'withdrawn'
  | 'given-back'
  | 'released'
  | 'available'
  | 'notified'
  | 'not-notified'
  | 'queued'
  | 'drawn'
  | 'printed'
  | 'posted'
  | 'fetched'
  | 'returned'
  /** The return that was noted before was a mistake. */
  | 'return-mistaken'
  /** A further dispatch begins. */
  | 'again'
  /** It goes out no more: it came back and nobody knows where to, or its document was deleted. */
  | 'left'
  | 'disputed';

/** What became of a reminder; `sending` is being told to the relay at this moment, `later` is tried again. */
export type ReminderState = 'sending' | 'later' | 'sent' | NoReminder;

type Signed = { version: number; retired: boolean; reason: string; at: Date; actor_id: string; actor_name: string };

/** Rows of this module. */
export type NoticeTables = {
  text_block: Signed & { key: string; title: string; body: string; translations: Jsonb<Translations> | null };
  letter_template: Signed & {
    key: string;
    title: string;
    subject: string;
    kind: 'letter' | 'notice';
    discretion: boolean;
    blocks: string[];
    release: ReleaseRule;
    above_cents: string | number;
  };
  notice: {
    id: string;
    case_id: string;
    item_id: string | null;
    bank_confirmation_id: string | null;
    appointment_id: string | null;
    kind: 'letter' | 'notice';
    template: string;
    template_version: number;
    subject: string;
    title: string | null;
    body: string;
    result: DecisionResult | null;
    reasons: string;
    weighing: string;
    amount_cents: string | number | null;
    deadline: Day | null;
    recipient: string;
    language: Language;
    content: number;
    begun_at: Date;
    begun_by: string;
    changed_at: Date;
    document_id: string | null;
    sha256: Buffer | null;
    submitted_at: Date | null;
    submitted_by: string | null;
    released_at: Date | null;
    released_by: string | null;
    discarded_at: Date | null;
    way: Way | null;
    state: NoticeState;
    waits_for: WaitsFor | null;
    erased_at: Date | null;
  };
  notice_author: { notice_id: string; staff_id: string; first_at: Date };
  notice_step: {
    id: string;
    notice_id: string;
    kind: StepKind;
    at: Date;
    day: Day | null;
    note: string;
    document_id: string | null;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
  };
  notice_dispatch: {
    id: string;
    notice_id: string;
    number: number;
    recipient: string;
    at: Date;
    staff_id: string;
  };
  delivery_choice: {
    id: string;
    case_id: string;
    way: Way;
    email: string | null;
    reminders: boolean;
    at: Date;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
  };
  appointment_reminder: {
    id: string;
    appointment_id: string;
    /** The time that was agreed when it was sent: for another one the person is reminded anew. */
    starts_at: Date;
    state: ReminderState;
    changed_at: Date;
  };
};
