import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { TogetherTables } from './tables.ts';

/** How often a field was written, and by whom last. Version 0: never since this was counted. */
export type FieldState = {
  readonly version: number;
  readonly writerKind: string;
  readonly writerId: string;
  readonly writerName: string;
  readonly writtenAt: Date | null;
};

const untouched: FieldState = { version: 0, writerKind: '', writerId: '', writerName: '', writtenAt: null };

const columns = [
  'version',
  'writer_kind as writerKind',
  'writer_id as writerId',
  'writer_name as writerName',
  'written_at as writtenAt',
] as const;

/** The states of all fields of some things, as they stand in forms: asked by subject and field, version 0 where nobody wrote. */
export async function fieldStates(
  tx: Tx,
  subjectIds: readonly string[],
): Promise<(subjectId: string, field: string) => FieldState> {
  const rows =
    subjectIds.length === 0
      ? []
      : await tx
          .tables<TogetherTables>()
          .selectFrom('field_version')
          .select(['subject_id', 'field', ...columns])
          .where('subject_id', 'in', [...subjectIds])
          .execute();
  const known = new Map(rows.map((row) => [`${row.subject_id} ${row.field}`, row]));
  return (subjectId, field) => known.get(`${subjectId} ${field}`) ?? untouched;
}

/**
 * The state of one field, locked until the end of the transaction: whoever writes the same field meanwhile waits, and then sees what
 * was written. Fields that nobody wrote are locked too.
 */
export async function lockField(tx: Tx, subjectId: string, field: string): Promise<FieldState> {
  const db = tx.tables<TogetherTables>();
  const first = { version: 0, writer_kind: '', writer_id: '', writer_name: '', written_at: tx.now };
  await db
    .insertInto('field_version')
    .values({ subject_id: subjectId, field, ...first })
    .onConflict((c) => c.doNothing())
    .execute();
  const row = await db
    .selectFrom('field_version')
    .select(columns)
    .where('subject_id', '=', subjectId)
    .where('field', '=', field)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined || row.version === 0 ? untouched : row;
}

/** Counts that a field was written, in the transaction that wrote it. Every writer of the field calls it, whatever page it came from. */
export async function fieldWritten(tx: Tx, actor: Actor, subjectId: string, field: string): Promise<void> {
  const writer = {
    writer_kind: actor.kind,
    writer_id: actorId(actor),
    writer_name: actorName(actor),
    written_at: tx.now,
  };
  await tx
    .tables<TogetherTables>()
    .insertInto('field_version')
    .values({ subject_id: subjectId, field, version: 1, ...writer })
    .onConflict((c) =>
      c
        .columns(['jobcenter_id', 'subject_id', 'field'] as never)
        .doUpdateSet((eb) => ({ ...writer, version: eb('field_version.version', '+', 1) })),
    )
    .execute();
}

/**
 * Two people and one field. `free`: nobody wrote since it was opened; `same`: somebody did, and wrote what this one wants;
 * `conflict`: the second person has to see both and choose.
 */
export function judgeField(input: {
  readonly opened: number;
  readonly now: number;
  readonly mine: string;
  readonly theirs: string;
}): 'free' | 'same' | 'conflict' {
  if (input.opened === input.now) return 'free';
  return input.mine.trim() === input.theirs.trim() ? 'same' : 'conflict';
}

/** Both texts, theirs first; a text that contains the other is both already. */
export function joinTexts(theirs: string, mine: string): string {
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}\n\n${mine}`;
}
