import type { Json } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Jsonb } from '../../platform/database/index.ts';

/** Where a case (Vorgang) stands: `new` nobody took it yet, `waiting` something is missing from the person. */
export const caseStates = ['new', 'working', 'waiting', 'decided', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

/** How a case can end on the merits (§ 33 SGB X); the reasons are written by the person who decides (§ 35 SGB X). */
export const decisionResults = ['granted', 'partly-granted', 'refused', 'settled', 'withdrawn', 'forwarded'] as const;
export type DecisionResult = (typeof decisionResults)[number];

/** What a check came to: a condition is met, is not met, or nobody can say yet. */
export const checkResults = ['met', 'not-met', 'open'] as const;
export type CheckResult = (typeof checkResults)[number];

/** What is still missing from the person (Mitwirkung, § 60 SGB I). */
export type RequiredItem = {
  readonly id: string;
  readonly caseId: string;
  readonly what: string;
  readonly why: string;
  readonly dueOn: Day;
  readonly requestedAt: Date;
  readonly fulfilledAt: Date | null;
  readonly withdrawnAt: Date | null;
};

/** How a conversation (Kontakt) was held. */
export const contactWays = ['in-person', 'phone', 'video', 'message'] as const;
export type ContactWay = (typeof contactWays)[number];

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
  /** The note that this one corrects; that one stays as it is. */
  readonly corrects?: string;
  /** Name of the circle, where it is read by its members alone; never in a row of the timeline. */
  readonly circle?: string;
};
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
  | 'referred'
  | 'heard-back'
  | 'consent-revoked';

/** What happens to an appointment, as the person sees it too; the module `appointments` does it. */
export type AppointmentAct = 'made' | 'moved' | 'called-off' | 'cannot-come';

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
      readonly kind: 'item-requested' | 'item-withdrawn' | 'item-fulfilled' | 'item-reopened';
      readonly detail: { readonly itemId: string; readonly what: string; readonly why?: string; readonly dueOn?: Day };
    }
  | { readonly kind: 'message-out' | 'message-in'; readonly detail: { readonly text: string } }
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
      /** By which way letters of the case come from now on, as the person wished. */
      readonly kind: 'delivery-chosen';
      readonly detail: { readonly way: 'portal' | 'post' };
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
  'message-out',
  'message-in',
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

/**
 * Why a person must look: nobody known by that name, several or one who may be it, no team, a paper that cannot be shown or was not
 * accepted, papers of which pages could not be read, something that may belong to another case.
 */
export type ClearingReason =
  | 'person-unknown'
  | 'person-ambiguous'
  | 'person-suggested'
  | 'no-team'
  | 'unreadable'
  | 'partly-read'
  | 'foreign-language'
  | 'case-suggested';

/** What a follow-up waits for: nobody (`us`), the person, a colleague, another office. */
export const waitsFor = ['us', 'person', 'colleague', 'office'] as const;
export type WaitsFor = (typeof waitsFor)[number];

export type CaseTables = {
  office_case: {
    id: string;
    number: string;
    concern: string;
    channel: string;
    person_name: string;
    /** The stated name as it is searched for. */
    person_search: string;
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
