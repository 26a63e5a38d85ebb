/** Where people meet: in the office, on the phone, or at the person's home. */
export const appointmentWays = ['office', 'phone', 'home'] as const;
export type AppointmentWay = (typeof appointmentWays)[number];

/** How an appointment ends. None of them has a legal effect by itself: it is what happened, in plain words. */
export const appointmentEnds = ['held', 'missed', 'called-off'] as const;
export type AppointmentEnd = (typeof appointmentEnds)[number];

/** Who wished that it is moved or called off. */
export const wishes = ['person', 'office'] as const;
export type Wish = (typeof wishes)[number];

/** An appointment of a case (Termin). `personName` is empty where it is with the whole household. */
export type Appointment = {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string | null;
  readonly personName: string;
  readonly staffId: string;
  /** From whom the holder took it over, who stands in for them and sees the case by that alone. */
  readonly takenFrom: string | null;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly way: AppointmentWay;
  /** The room, the address, or the number that is called; may be empty. */
  readonly place: string;
  readonly topic: string;
  readonly topicName: string | null;
  readonly bring: string;
  /** For the office alone. */
  readonly note: string;
  /** How often it was changed; each change stands in the timeline. */
  readonly moves: number;
  /** Which version of its calendar entry this is (SEQUENCE, RFC 5545), and which one the person fetched last. */
  readonly calendarRevision: number;
  readonly calendarLoaded: number | null;
  readonly madeAt: Date;
  readonly changedAt: Date;
  readonly endedAt: Date | null;
  readonly endedAs: AppointmentEnd | null;
  readonly endedWords: string | null;
  /** What the person said and nobody has answered yet. */
  readonly answer: Answer | null;
};

/** What the person said last: that they cannot come, why, and when they could (both may be empty); or, after that, that they come. */
export type Answer = {
  readonly id: string;
  readonly words: string;
  readonly otherTimes: string;
  readonly comes: boolean;
  readonly saidAt: Date;
};

/** Minutes an appointment lasts: at least, usually, at most. */
export const lengths = { least: 5, usual: 30, most: 480 } as const;

export const endsAt = ({ startsAt, minutes }: Pick<Appointment, 'startsAt' | 'minutes'>): Date =>
  new Date(startsAt.getTime() + minutes * 60_000);

/** Whether the entry that the person saved in a calendar says something else than what holds now. */
export const isCalendarStale = (each: Pick<Appointment, 'calendarRevision' | 'calendarLoaded'>): boolean =>
  each.calendarLoaded !== null && each.calendarLoaded < each.calendarRevision;

/** Whether the person said that they cannot come, and neither answered it themselves nor had an answer. */
export const isRefused = ({ answer }: Pick<Appointment, 'answer'>): boolean => answer !== null && !answer.comes;

/** What of it can be seen by who holds the receipt of its case: not what is with another adult of the household alone. */
export const isForClient = (each: { readonly personId: string | null }, casePersonId: string | null): boolean =>
  each.personId === null || each.personId === casePersonId;
