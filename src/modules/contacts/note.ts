import type { Day } from '../../kernel/dates.ts';
import type { ContactWay, NoteAbout, NoteEvent, NotePaper, TimelineEvent } from '../cases/index.ts';
import type { ContactTables } from './tables.ts';

/** A note as it is read: with what it is about, whoever wrote it, and the circle that alone reads it. */
export type Note = {
  readonly id: string;
  readonly caseId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly text: string;
  readonly about: NoteAbout;
  readonly circleId: string | null;
};

/** What somebody writes: about what and whom, and, where they say so, how and on which day they talked. */
export type NewNote = {
  readonly text: string;
  readonly topic: string;
  /** Somebody of the household by id; `household` for all of them; `stated` for whom the case names, confirmed or not. */
  readonly whom: string;
  readonly way: ContactWay | null;
  readonly day: Day | null;
  readonly circleId: string | null;
  readonly corrects: string | null;
  /** With which employer or partner the talk was, in words; empty where it was with none. */
  readonly employer?: string;
  /** The one of the list that was chosen for it. */
  readonly employerId?: string | null;
  /** The marked place of a paper that it is about; never of a note for a circle, whose rows know no papers. */
  readonly paper?: NotePaper;
};

export const fromEvent = (event: NoteEvent): Note => {
  const { text, ...about } = event.detail;
  return {
    id: event.id,
    caseId: event.caseId,
    at: event.at,
    actorKind: event.actorKind,
    authorId: event.actorId,
    authorName: event.actorName,
    text,
    about,
    circleId: null,
  };
};

/** Leaves out what nobody said. */
export const aboutOf = (said: {
  readonly topic: string;
  readonly topicName: string | null;
  readonly personId: string | null;
  readonly personName: string;
  readonly way: ContactWay | null;
  readonly day: Day | null;
  readonly corrects: string | null;
  readonly employer: string;
  readonly paper?: NotePaper | undefined;
}): Omit<NoteAbout, 'circle'> => ({
  topic: said.topic,
  ...(said.topicName === null ? {} : { topicName: said.topicName }),
  ...(said.personId === null ? {} : { personId: said.personId }),
  ...(said.personName === '' ? {} : { personName: said.personName }),
  ...(said.way === null ? {} : { way: said.way }),
  ...(said.day === null ? {} : { day: said.day }),
  ...(said.corrects === null ? {} : { corrects: said.corrects }),
  ...(said.employer === '' ? {} : { employer: said.employer }),
  ...(said.paper === undefined ? {} : { paper: said.paper }),
});

export const fromRow = (row: ContactTables['circle_note'] & { readonly circle: string }): Note => ({
  id: row.id,
  caseId: row.case_id,
  at: row.written_at,
  actorKind: 'staff',
  authorId: row.author_id,
  authorName: row.author_name,
  text: row.text,
  circleId: row.circle_id,
  about: {
    ...aboutOf({
      topic: row.topic,
      topicName: row.topic_name,
      personId: row.person_id,
      personName: row.person_name,
      way: row.way,
      day: row.on_day,
      corrects: row.corrects,
      employer: row.employer ?? '',
    }),
    circle: row.circle,
  },
});

/** Notes of circles as a history shows them, beside the entries of the timeline and in their order. */
export const asEvents = (notes: readonly Note[]): TimelineEvent[] =>
  notes.map((note) => ({
    id: note.id,
    at: note.at,
    actorKind: note.actorKind,
    actorId: note.authorId,
    actorName: note.authorName,
    kind: 'note' as const,
    detail: { text: note.text, ...note.about },
  }));

/** A history with notes of circles in it, the oldest first: ids sort in the order they were made. */
export const withNotes = (events: readonly TimelineEvent[], notes: readonly Note[]): TimelineEvent[] =>
  notes.length === 0 ? [...events] : [...events, ...asEvents(notes)].sort((a, b) => (a.id < b.id ? -1 : 1));
