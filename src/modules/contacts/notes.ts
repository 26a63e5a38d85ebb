import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, type NoteFilter, noteEvents, visibleCases } from '../cases/index.ts';
import { circlesOf } from './circles.ts';
import { fromEvent, fromRow, type Note } from './note.ts';
import type { ContactTables } from './tables.ts';

export type NotesPage = { readonly notes: readonly Note[]; readonly next: string | undefined };
/** Who reads, and as whom it is logged. */
export type Looker = { readonly actor: Actor; readonly reader: CaseReader };

const circleRows = (tx: Tx) =>
  tx
    .tables<ContactTables>()
    .selectFrom('circle_note as n')
    .innerJoin('circle as c', 'c.id', 'n.circle_id')
    .selectAll('n')
    .select('c.name as circle');

/** So many notes of circles stand beside the timeline of one case at most, as many as a timeline has entries. */
const mostNotes = 1_000;

/**
 * Notes of some cases, the newest first, before the one with an id: those in the timelines of the cases the reader may see, and those of
 * the reader's circles in the same cases. Looking at a circle's notes is logged in the transaction of the look, with the circle and
 * without the case: the log of a case is read by those who must not learn of them.
 */
export async function notesOf(
  tx: Tx,
  looker: Looker,
  caseIds: readonly string[],
  filter: NoteFilter,
  before: string | undefined,
  size: number,
): Promise<NotesPage> {
  const open = [...(await visibleCases(tx, looker.reader, caseIds))];
  if (open.length === 0) return { notes: [], next: undefined };
  const plain = (await noteEvents(tx, open, filter, before, size + 1)).map(fromEvent);
  const circled = await ofCircles(tx, looker.reader, open, filter, before, size + 1);
  const all = [...plain, ...circled].sort((a, b) => (a.id < b.id ? 1 : -1));
  const notes = all.slice(0, size);
  await recordLooks(tx, looker.actor, notes);
  return { notes, next: all.length > size ? notes.at(-1)?.id : undefined };
}

/** Only the notes of the reader's circles in one case, the newest first, logged alike. */
export async function circleNotesOf(tx: Tx, looker: Looker, caseId: string): Promise<Note[]> {
  const open = [...(await visibleCases(tx, looker.reader, [caseId]))];
  const notes = await ofCircles(tx, looker.reader, open, {}, undefined, mostNotes);
  await recordLooks(tx, looker.actor, notes);
  return notes;
}

/** Told when a note of a circle was written in a case: whether it is anybody's business there, each window asks for its own reader. */
export const circleTopic = (caseId: string): string => `${caseId}/k`;

/**
 * A short text that is another one after each note of the reader's circles in a case; empty where there is none, and for whoever belongs to
 * none. Nothing is opened by it, so no look is logged.
 */
export async function circleStamp(tx: Tx, reader: CaseReader, caseId: string): Promise<string> {
  const circles = (await circlesOf(tx, reader)).map((each) => each.id);
  if (circles.length === 0) return '';
  const last = await tx
    .tables<ContactTables>()
    .selectFrom('circle_note')
    .select('id')
    .where('case_id', '=', caseId)
    .where('circle_id', 'in', circles)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.id ?? '';
}

/** One note of a circle for who belongs to it and may see its case, logged alike. */
export async function circleNote(tx: Tx, looker: Looker, id: string): Promise<Note | undefined> {
  const circles = (await circlesOf(tx, looker.reader)).map((each) => each.id);
  if (circles.length === 0) return undefined;
  const row = await circleRows(tx).where('n.id', '=', id).where('n.circle_id', 'in', circles).executeTakeFirst();
  if (row === undefined || (await visibleCases(tx, looker.reader, [row.case_id])).size === 0) return undefined;
  const note = fromRow(row);
  await recordLooks(tx, looker.actor, [note]);
  return note;
}

async function ofCircles(
  tx: Tx,
  reader: CaseReader,
  caseIds: readonly string[],
  filter: NoteFilter,
  before: string | undefined,
  size: number,
): Promise<Note[]> {
  const circles = (await circlesOf(tx, reader)).map((each) => each.id);
  if (circles.length === 0 || caseIds.length === 0) return [];
  let query = circleRows(tx)
    .where('n.case_id', 'in', [...caseIds])
    .where('n.circle_id', 'in', circles)
    .orderBy('n.id', 'desc')
    .limit(size);
  if (filter.topic !== undefined) query = query.where('n.topic', '=', filter.topic);
  if (filter.personId !== undefined) query = query.where('n.person_id', '=', filter.personId);
  if (filter.authorId !== undefined) query = query.where('n.author_id', '=', filter.authorId);
  if (filter.from !== undefined) query = query.where('n.written_at', '>=', filter.from);
  if (filter.id !== undefined) query = query.where('n.id', '=', filter.id);
  if (filter.ids !== undefined) query = query.where('n.id', 'in', [...filter.ids]);
  if (before !== undefined) query = query.where('n.id', '<', before);
  return (await query.execute()).map(fromRow);
}

async function recordLooks(tx: Tx, actor: Actor, notes: readonly Note[]): Promise<void> {
  const looks = new Map<string, { circleId: string; caseId: string; notes: number }>();
  for (const { circleId, caseId } of notes) {
    if (circleId === null) continue;
    const key = `${circleId} ${caseId}`;
    looks.set(key, { circleId, caseId, notes: (looks.get(key)?.notes ?? 0) + 1 });
  }
  for (const { circleId, ...detail } of looks.values())
    await recordAudit(tx, actor, { action: 'note.read', subjectType: 'circle', subjectId: circleId, detail });
}

/** A note of a circle as the search keeps it. */
export type FindableNote = {
  readonly id: string;
  readonly kind: 'note';
  readonly caseId: string;
  readonly topic: string;
  readonly author: string;
  readonly at: Date;
  readonly text: string;
  readonly circle: readonly [string];
};

/** Notes of circles by their ids, for the index of the search: it narrows each to its circle. */
export async function findableNotes(tx: Tx, ids: readonly string[]): Promise<FindableNote[]> {
  if (ids.length === 0) return [];
  const rows = await circleRows(tx)
    .where('n.id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: 'note',
    caseId: row.case_id,
    topic: row.topic,
    author: row.author_id,
    at: row.written_at,
    text: [row.text, row.employer ?? ''].join('\n').trim(),
    circle: [row.circle_id],
  }));
}

/** Ids of notes of circles in their order, `size` after the given one: for walks over all of them. */
export async function circleNotesAfter(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<ContactTables>()
    .selectFrom('circle_note')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}
