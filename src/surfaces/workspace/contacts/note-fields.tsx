import type { CaseDetail } from '../../../modules/cases/index.ts';
import { fieldsAt, fieldsInForce, type OwnWrite, valuesOf, writeOwnValues } from '../../../modules/fields/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { recordsOfNotes } from '../employers/record-link.tsx';
import type { OwnGroup } from '../fields/own-groups.ts';
import { ownList } from '../fields/own-list.tsx';
import type { StaffVisit } from '../visit.ts';

/**
 * The own fields that a note of a case has, with what stands in them in the note that is corrected: a note is not edited, so a
 * correction begins with what it corrects and is written as a whole. What the team hides stands there where it is asked for (`all`), and where
 * something stands in it: it would be lost with the correction.
 */
export async function fieldsOfNote(
  tx: Tx,
  found: Pick<CaseDetail, 'concern' | 'teamId'>,
  correctedId: string | undefined,
  all = false,
): Promise<OwnGroup[]> {
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId)?.key;
  const fields = await fieldsAt(tx, {
    targets: ['note'],
    concern: found.concern,
    team,
    all: all || correctedId !== undefined,
  });
  if (fields.length === 0) return [];
  const values = await valuesOf(tx, correctedId === undefined ? [] : [correctedId]);
  const known = fields.map((field) => ({ field, value: values.find((each) => each.fieldId === field.id) }));
  const asked = known.filter(({ field, value }) => all || field.hidden !== true || value !== undefined);
  return asked.length === 0 ? [] : [{ target: 'note', subjectId: correctedId ?? '', fields: asked }];
}

/** Keeps what was written in the fields of a note with it. An empty field is not kept: the note is new, nothing was emptied. */
export async function keepNoteFields(
  tx: Tx,
  { actor }: Pick<StaffVisit, 'actor'>,
  note: { readonly caseId: string; readonly noteId: string },
  writes: readonly OwnWrite[],
): Promise<void> {
  const said = writes.filter((write) => write.value !== undefined);
  const own = said.map((write) => ({ ...write, subjectId: note.noteId, opened: 0 }));
  await writeOwnValues(tx, { actor, caseId: note.caseId }, own);
}

/** What stands beside notes, drawn, by the note: their own fields, and the way to the employer a talk was with. Who may read a note reads it. */
export async function ownOfNotes(
  tx: Tx,
  visit: StaffVisit,
  noteIds: readonly string[],
): Promise<ReadonlyMap<string, Content>> {
  const fields = await fieldsInForce(tx, ['note']);
  const values = fields.length === 0 ? [] : await valuesOf(tx, noteIds);
  const drawn = new Map<string, Content>();
  for (const noteId of new Set(values.map((each) => each.subjectId))) {
    const own = fields.map((field) => ({
      field,
      value: values.find((each) => each.subjectId === noteId && each.fieldId === field.id),
    }));
    const list = await ownList(tx, visit, [{ target: 'note', subjectId: noteId, fields: own }]);
    if (list !== null) drawn.set(noteId, list);
  }
  for (const [noteId, link] of await recordsOfNotes(tx, visit, noteIds))
    drawn.set(
      noteId,
      <>
        {link}
        {drawn.get(noteId) ?? null}
      </>,
    );
  return drawn;
}
