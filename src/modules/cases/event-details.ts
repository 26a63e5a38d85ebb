import type { Day } from '../../kernel/dates.ts';
import type { ContactWay } from './office-case.ts';

/** What a note is about, so that it is found by it. Notes of before, and those a machine wrote, have none of it. */
export type NoteAbout = {
  /** Key of the topic; `topicName` where the Jobcenter has a word of its own for it, as it was on that day. */
  readonly topic?: string;
  readonly topicName?: string;
  /** Whom of the household the conversation was with or about; a name without an id while nobody confirmed the person. */
  readonly personId?: string;
  readonly personName?: string;
  readonly way?: ContactWay;
  /** The day of the conversation. */
  readonly day?: Day;
  /** With which employer or partner the talk was, in words, as on that day. */
  readonly employer?: string;
  /** The place on a page at which it was written, where it was. */
  readonly paper?: NotePaper;
  /** The note that this one corrects; that one stays as it is. */
  readonly corrects?: string;
  /** Name of the circle, where it is read by its members alone; never in a row of the timeline. */
  readonly circle?: string;
};

/** A marked place on a paper, by the ids of both. */
export type NotePaper = { readonly documentId: string; readonly page: number; readonly markId: string };

/** What can happen to a letter of a case; the module `notices` does it. */
export type LetterEventKind =
  | 'letter-begun'
  | 'letter-submitted'
  | 'letter-given-back'
  | 'letter-sent'
  | 'letter-disputed'
  | 'letter-returned'
  | 'letter-return-mistaken'
  | 'letter-again'
  | 'letter-left'
  | 'letter-discarded';

/** What can happen in a cooperation plan (§ 15 SGB II) and beside it; the module `plans` does it. */
export type PlanAct =
  | 'agreed-person'
  | 'agreed-office'
  | 'agreement-done'
  | 'agreement-adjusted'
  | 'agreement-dropped'
  | 'goal'
  | 'strength'
  | 'burden'
  | 'surroundings'
  | 'goal-ended'
  | 'strength-ended'
  | 'burden-ended'
  | 'surroundings-ended'
  | 'taken-back'
  | 'reviewed'
  | 'proposed'
  | 'proposal-proposed'
  | 'proposal-applied'
  | 'proposal-invited'
  | 'proposal-refused'
  | 'proposal-started'
  | 'proposal-ended'
  | 'proposal-contact'
  | 'employer-linked'
  | 'employer-unlinked'
  | 'referred'
  | 'heard-back'
  | 'consent-revoked';

/** What happens to an appointment, as the person sees it too; the module `appointments` does it. */
export type AppointmentAct = 'made' | 'moved' | 'called-off' | 'cannot-come' | 'can-come';

/**
 * Why the person was not reminded of an appointment: their letters come by post, they do not wish it, it is with somebody else of the household alone, the
 * e-mail could not be sent, or nobody knows whether it went out.
 */
export type NoReminder = 'by-post' | 'not-wished' | 'not-theirs' | 'failed' | 'unsure';

/** The appointment that an entry of a timeline is about; `at` is the ISO instant at which it begins. */
export type AppointmentNamed = {
  readonly appointmentId: string;
  readonly at: string;
  readonly minutes: number;
  readonly way: 'office' | 'phone' | 'home';
  readonly place: string;
  readonly personId: string | null;
  /** Empty where it is with the whole household. */
  readonly personName: string;
  readonly topic: string;
  readonly topicName?: string;
};
