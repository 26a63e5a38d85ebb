import { dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { addNote, type CaseReader, type FiledCase, lockCase, type NoteAbout, writtenEvents } from '../cases/index.ts';
import { employerTopic, linkNote } from '../employers/index.ts';
import { householdById, peopleByIds } from '../people/index.ts';
import { circlesOf } from './circles.ts';
import { aboutOf, type NewNote } from './note.ts';
import { circleNote, circleTopic } from './notes.ts';
import type { ContactTables } from './tables.ts';
import { type HouseAct, noteTopics } from './topics.ts';

export type NoteAct = {
  readonly actor: HouseAct['actor'];
  readonly reader: CaseReader;
  readonly caseId: string;
};
export type NoteOutcome =
  | { readonly kind: 'done'; readonly noteId: string }
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'refused';
      readonly why: 'no-text' | 'topic' | 'whom' | 'day' | 'circle' | 'corrects';
    };

const refused = (why: Extract<NoteOutcome, { kind: 'refused' }>['why']): NoteOutcome => ({ kind: 'refused', why });

/** Somebody a note of a case can be about. */
export type CasePerson = { readonly id: string; readonly name: string };

/** Who belongs to the household of a case, the confirmed person first; nobody while it is not known whose case it is. */
export async function peopleOfCase(tx: Tx, found: Pick<FiledCase, 'personId' | 'householdId'>): Promise<CasePerson[]> {
  const household = found.householdId === null ? undefined : await householdById(tx, found.householdId);
  const members = household?.members ?? [];
  const known =
    found.personId === null || members.some((each) => each.id === found.personId)
      ? members
      : [...(await peopleByIds(tx, [found.personId])), ...members];
  return known
    .map((each) => ({ id: each.id, name: `${each.familyName}, ${each.givenName}` }))
    .sort((a, b) => Number(b.id === found.personId) - Number(a.id === found.personId));
}

/**
 * Writes a note of a conversation: into the timeline, or, for a circle, beside it, so that nothing a case shows to others changes. A
 * correction names the note it corrects and is read by the same people; the other one stays as it is.
 */
export async function writeNote(tx: Tx, act: NoteAct, note: NewNote): Promise<NoteOutcome> {
  const written = await keepNote(tx, act, note);
  if (written.kind === 'done' && note.employerId != null)
    await linkNote(tx, act, { noteId: written.noteId, caseId: act.caseId, employerId: note.employerId });
  return written;
}

async function keepNote(tx: Tx, act: NoteAct, note: NewNote): Promise<NoteOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (note.text.trim() === '') return refused('no-text');
  const corrected = note.corrects === null ? undefined : await noteToCorrect(tx, act, note.corrects);
  if (note.corrects !== null && corrected === undefined) return refused('corrects');
  const topic = (await noteTopics(tx)).find((each) => each.key === note.topic);
  if (topic === undefined || (topic.closed && corrected?.topic !== topic.key)) return refused('topic');
  const filed = { personId: found.person_id, householdId: found.household_id };
  // Confirmed while the form was open: whom the case names is then that person.
  const whom = note.whom === 'stated' ? (found.person_id ?? note.whom) : note.whom;
  const person = (await peopleOfCase(tx, filed)).find((each) => each.id === whom);
  const stated = whom === 'stated';
  if (person === undefined && !stated && whom !== 'household') return refused('whom');
  if (note.day !== null && note.day > dayInGermany(tx.now)) return refused('day');
  const about = aboutOf({
    topic: topic.key,
    topicName: topic.name ?? null,
    personId: person?.id ?? null,
    personName: person?.name ?? (stated ? found.person_name : ''),
    way: note.way,
    day: note.day,
    corrects: note.corrects,
    employer: note.employer ?? '',
    paper: note.paper,
  });
  const circleId = corrected === undefined ? note.circleId : corrected.circleId;
  if (circleId === null) {
    if (note.employerId != null) tx.touch(employerTopic(note.employerId));
    return addNote(tx, act, note.text, about);
  }
  const circle = (await circlesOf(tx, act.reader)).find((each) => each.id === circleId);
  if (circle === undefined || (circle.closed && corrected === undefined)) return refused('circle');
  return { kind: 'done', noteId: await writeForCircle(tx, act, circleId, note.text, about) };
}

type Corrected = { readonly topic: string; readonly circleId: string | null };

/** The note that is corrected, if it lies in the case and the writer may read it. */
async function noteToCorrect(tx: Tx, act: NoteAct, id: string): Promise<Corrected | undefined> {
  const [event] = await writtenEvents(tx, [id]);
  if (event !== undefined)
    return event.kind === 'note' && event.caseId === act.caseId ? { topic: event.topic, circleId: null } : undefined;
  const note = await circleNote(tx, act, id);
  return note?.caseId === act.caseId ? { topic: note.about.topic ?? '', circleId: note.circleId } : undefined;
}

/**
 * Nothing of the case is touched: not its timeline, not the instant of its last change, not its log, not the windows of those who do not
 * belong to the circle. Who wrote it for which circle stands in the log of the circle.
 */
async function writeForCircle(
  tx: Tx,
  act: NoteAct,
  circleId: string,
  text: string,
  about: Omit<NoteAbout, 'circle'>,
): Promise<string> {
  const row: ContactTables['circle_note'] = {
    id: tx.newId(),
    circle_id: circleId,
    case_id: act.caseId,
    text,
    topic: about.topic ?? '',
    topic_name: about.topicName ?? null,
    person_id: about.personId ?? null,
    person_name: about.personName ?? '',
    way: about.way ?? null,
    on_day: about.day ?? null,
    corrects: about.corrects ?? null,
    employer: about.employer ?? null,
    written_at: tx.now,
    author_id: act.actor.id,
    author_name: act.actor.name,
  };
  await tx.insertInto('circle_note', [row]);
  await recordAudit(tx, act.actor, {
    action: 'note.written',
    subjectType: 'circle',
    subjectId: circleId,
    detail: { caseId: act.caseId, noteId: row.id },
  });
  tx.touch(circleTopic(act.caseId));
  await tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, eventId: row.id });
  return row.id;
}
