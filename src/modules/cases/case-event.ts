import type { Day } from '../../kernel/dates.ts';
import type {
  AppointmentAct,
  AppointmentNamed,
  LetterEventKind,
  NoReminder,
  NoteAbout,
  PlanAct,
} from './event-details.ts';
import type { CheckResult, DecisionResult } from './office-case.ts';

/** What stands in a timeline: the kind decides the shape of `detail`. Texts for people are made from it when shown. */
export type CaseEvent =
  | {
      readonly kind: 'received';
      readonly detail: {
        readonly submissionId: string;
        readonly channel: string;
        readonly documents: number;
        readonly supplement: boolean;
      };
    }
  | { readonly kind: 'assigned'; readonly detail: { readonly staffId: string | null; readonly name: string | null } }
  | { readonly kind: 'team'; readonly detail: { readonly teamId: string; readonly name: string } }
  | {
      /**
       * `submissionId`: what answered it, or no longer does. `item-reopened` with a `why`: somebody of the office says that what came is not what was asked
       * for. `item-sent-again`: what came for it was here already, and nobody has said yet whether it does.
       */
      readonly kind: 'item-requested' | 'item-withdrawn' | 'item-fulfilled' | 'item-reopened' | 'item-sent-again';
      readonly detail: {
        readonly itemId: string;
        readonly what: string;
        readonly why?: string;
        readonly dueOn?: Day;
        readonly submissionId?: string;
      };
    }
  | { readonly kind: 'message-out'; readonly detail: { readonly text: string } }
  | {
      /** `upTo`: the last message or letter of the office that stood on the page when the person wrote; before it was kept, all of them. */
      readonly kind: 'message-in';
      readonly detail: { readonly text: string; readonly upTo?: string };
    }
  | {
      /** The person says that they read messages of the office up to this one, or just this letter; without `what`, messages and letters up to it. */
      readonly kind: 'message-read';
      readonly detail: { readonly upTo: string; readonly what?: 'messages' | 'letter' };
    }
  | {
      /** Somebody of the office says that the person answered by telephone or at the counter what the office wrote, up to this message. */
      readonly kind: 'message-answered';
      readonly detail: { readonly upTo: string };
    }
  | { readonly kind: 'note'; readonly detail: { readonly text: string } & NoteAbout }
  | {
      /** What is known of the household changed (module `facts`); `fact` is its kind. */
      readonly kind: 'fact-said' | 'fact-confirmed' | 'fact-ended' | 'fact-wrong';
      readonly detail: {
        readonly factId: string;
        readonly fact: string;
        readonly text: string;
        readonly person: string;
        readonly topic?: string;
        readonly reason?: string;
      };
    }
  | {
      readonly kind: 'decided';
      readonly detail: {
        readonly result: DecisionResult;
        readonly reasons: string;
        /** What was weighed where the law leaves room (Ermessen, § 39 SGB I; § 35 (1) sentence 3 SGB X). */
        readonly discretion?: string;
      };
    }
  | {
      /** Somebody checked something; `source` is what the result rests on. */
      readonly kind: 'checked';
      readonly detail: { readonly what: string; readonly result: CheckResult; readonly source: string };
    }
  | {
      /** Something of the cooperation plan, of proposals, or of help by other services; `more` is a reason or a remark. */
      readonly kind: 'plan';
      readonly detail: { readonly act: PlanAct; readonly text?: string; readonly more?: string; readonly dueOn?: Day };
    }
  | {
      /** `from`: when it would have begun before it was moved. `reason`: of the office, or of the person who cannot come. */
      readonly kind: 'appointment';
      readonly detail: AppointmentNamed & {
        readonly act: AppointmentAct;
        readonly staffName: string;
        readonly bring: string;
        readonly from?: string;
        readonly reason?: string;
        readonly otherTimes?: string;
        readonly wish?: 'person' | 'office';
      };
    }
  | {
      /** What the office keeps for itself: its note, how it went, that somebody answered, that it stays in a case that was closed, the reminder. */
      readonly kind: 'appointment-office';
      readonly detail: AppointmentNamed & {
        readonly act: 'noted' | 'held' | 'missed' | 'seen' | 'kept' | 'reminded' | 'not-reminded';
        readonly text?: string;
        /** Why nobody was reminded. */
        readonly why?: NoReminder;
      };
    }
  | { readonly kind: 'closed'; readonly detail: Record<string, never> }
  | {
      /** A person put a submission into another case; `caseId` and `number` are the other one's. */
      readonly kind: 'submission-left' | 'submission-joined';
      readonly detail: {
        readonly submissionId: string;
        readonly channel: string;
        readonly caseId: string;
        readonly number: string;
      };
    }
  | {
      /** A person put one paper of a submission into another case; the rest of it stays. */
      readonly kind: 'paper-left' | 'paper-joined';
      readonly detail: {
        readonly submissionId: string;
        readonly documentId: string;
        readonly channel: string;
        readonly caseId: string;
        readonly number: string;
      };
    }
  | { readonly kind: 'reopened'; readonly detail: { readonly reason: string } }
  | {
      readonly kind: 'promised';
      readonly detail: { readonly promiseId: string; readonly what: string; readonly dueAt: string };
    }
  | {
      /** Somebody wants to see the case again on a day; `forName` is null where it is for the team. */
      readonly kind: 'follow-up';
      readonly detail: {
        readonly followUpId: string;
        readonly dueOn: Day;
        readonly reason: string;
        readonly forName: string | null;
      };
    }
  | {
      readonly kind: 'follow-up-moved';
      readonly detail: {
        readonly followUpId: string;
        readonly reason: string;
        readonly why: string;
        readonly from: Day;
        readonly to: Day;
      };
    }
  | {
      /** `kept`: the case was closed, and why it still comes back. `handed`: to the team, as its person may not see the case any more. */
      readonly kind: 'follow-up-ended' | 'follow-up-kept' | 'follow-up-handed';
      readonly detail: { readonly followUpId: string; readonly reason: string; readonly why?: string };
    }
  | {
      /** Own fields were written: which, and whose they are. What was written stands in the field alone, and ends with it. */
      readonly kind: 'own-fields';
      readonly detail: { readonly on: 'case' | 'person' | 'household'; readonly labels: readonly string[] };
    }
  | {
      /** A letter of the office: begun, put before a colleague, given back, sent, disputed by the person, come back, or thrown away. */
      readonly kind: LetterEventKind;
      readonly detail: {
        readonly noticeId: string;
        readonly title: string;
        readonly way?: 'portal' | 'post';
        readonly text?: string;
      };
    }
  | {
      /** By which way letters of the case are to come, as the person wished, and whether they want to be reminded of appointments. */
      readonly kind: 'delivery-chosen';
      readonly detail: {
        readonly way: 'portal' | 'post';
        readonly reminders?: boolean;
        /** The person took the portal back where they have another case: it holds for each of them. */
        readonly revoked?: true;
      };
    }
  | { readonly kind: 'promise-kept'; readonly detail: { readonly promiseId: string; readonly what: string } }
  | { readonly kind: 'bank-confirmed'; readonly detail: { readonly way: 'counter' | 'letter-code' } }
  | {
      /** The e-mail address that the office keeps of the person. */
      readonly kind: 'email-changed';
      readonly detail: { readonly before: string | null; readonly after: string | null };
    }
  | { readonly kind: 'person-confirmed'; readonly detail: { readonly personId: string | null; readonly name: string } };
export type CaseEventKind = CaseEvent['kind'];

/** Kinds the person sees; notes and questions of identity stay in the office. */
export const clientKinds: readonly CaseEventKind[] = [
  'received',
  'assigned',
  'team',
  'item-requested',
  'item-withdrawn',
  'item-fulfilled',
  'item-reopened',
  'item-sent-again',
  'message-out',
  'message-in',
  'message-read',
  'message-answered',
  'letter-sent',
  'letter-again',
  'delivery-chosen',
  'bank-confirmed',
  'promised',
  'promise-kept',
  'appointment',
  'decided',
  'closed',
  'reopened',
];
