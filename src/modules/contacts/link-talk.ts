import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { lockCase, type TimelineEvent } from '../cases/index.ts';
import { employerLabel, employersMeant, employersOfNotes, employerTopic, linkNote } from '../employers/index.ts';
import { circleTopic, notesOf } from './notes.ts';
import type { NoteAct } from './write-note.ts';

/**
 * Says later with which employer of the list the talk of a note was; null: with none of them. The note stays as it was written, and the timeline tells
 * nothing: a note may be about another person of the household than its case, or one of a circle. Windows of the case look again.
 */
export async function linkTalk(
  tx: Tx,
  act: NoteAct,
  { noteId, employerId }: { readonly noteId: string; readonly employerId: string | null },
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const [note] = (await notesOf(tx, act, [act.caseId], { id: noteId }, undefined, 1)).notes;
  if (note === undefined) return { kind: 'not-found' };
  const before = (await employersOfNotes(tx, [noteId])).map((each) => each.employerId);
  const linked = await linkNote(tx, act, { noteId, caseId: act.caseId, employerId });
  if (linked !== 'done') return { kind: linked };
  const { circleId } = note;
  await recordAudit(
    tx,
    act.actor,
    circleId === null
      ? { action: 'note.linked', subjectType: 'note', subjectId: noteId, caseId: act.caseId }
      : {
          action: 'note.linked',
          subjectType: 'circle',
          subjectId: circleId,
          detail: { caseId: act.caseId, noteId },
        },
  );
  tx.touch(circleId === null ? act.caseId : circleTopic(act.caseId));
  const about = [...before, ...(employerId === null ? [] : [employerId])];
  if (circleId === null) for (const each of about) tx.touch(employerTopic(each)); // of a circle nobody else hears a thing
  return { kind: 'done' };
}

/** A history in which each note says with which employer of the list its talk was, where somebody said so: for an export. */
export async function nameEmployers(tx: Tx, events: readonly TimelineEvent[]): Promise<TimelineEvent[]> {
  const links = await employersOfNotes(
    tx,
    events.flatMap(({ kind, id }) => (kind === 'note' ? [id] : [])),
  );
  if (links.length === 0) return [...events];
  const meant = await employersMeant(
    tx,
    links.map((each) => each.employerId),
  );
  return events.map((event) => {
    const employer = meant.get(links.find((each) => each.noteId === event.id)?.employerId ?? '');
    return event.kind !== 'note' || employer === undefined
      ? event
      : { ...event, detail: { ...event.detail, employer: employerLabel(employer) } };
  });
}
