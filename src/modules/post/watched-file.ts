import type { Tx } from '../../platform/database/index.ts';
import type { PostTables } from './batch.ts';

/** A file that was taken and moved away, and may still be written into. */
export type WatchedFile = {
  readonly batchId: string;
  readonly teamId: string | null;
  readonly sha256: Buffer;
  /** Where it lay when it was taken, and where it lies now, below the folder of the Jobcenter. */
  readonly place: string;
  readonly file: string;
  /** Its size and its time when it was read. */
  readonly stamp: string;
};

/** So long after it was moved away a file is looked at again: a jam on a Friday is seen to on Monday. */
const watchedDays = 4;

/** Files that are to be looked at again, the oldest first. */
export async function watchedFiles(tx: Tx): Promise<WatchedFile[]> {
  const rows = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(['id', 'team_id', 'sha256', 'folder_place', 'folder_file', 'folder_stamp'])
    .where('folder_file', 'is not', null)
    .where('moved_at', '>=', new Date(tx.now.getTime() - watchedDays * 86_400_000))
    .orderBy('id')
    .execute();
  return rows.flatMap((row) =>
    row.folder_place === null || row.folder_file === null || row.folder_stamp === null
      ? []
      : [
          {
            batchId: row.id,
            teamId: row.team_id,
            sha256: row.sha256,
            place: row.folder_place,
            file: row.folder_file,
            stamp: row.folder_stamp,
          },
        ],
  );
}

/** Notes that the file of a batch was moved out of the scanner's folder, where it lies now, and how it was when it was read. */
export async function noteMoved(
  tx: Tx,
  batchId: string,
  where?: { readonly file: string; readonly stamp: string },
): Promise<void> {
  await tx
    .tables<PostTables>()
    .updateTable('scan_batch')
    .set({ moved_at: tx.now, folder_file: where?.file ?? null, folder_stamp: where?.stamp ?? null })
    .where('id', '=', batchId)
    .where('moved_at', 'is', null)
    .execute();
}

/** Notes that a file was looked at and holds what it held, whatever its time says. */
export async function noteSame(tx: Tx, batchId: string, stamp: string): Promise<void> {
  await tx
    .tables<PostTables>()
    .updateTable('scan_batch')
    .set({ folder_stamp: stamp })
    .where('id', '=', batchId)
    .execute();
}

/** Nothing more is expected of the file of this batch: it is gone, or another batch stands for it. */
export async function endWatch(tx: Tx, batchId: string): Promise<void> {
  await tx
    .tables<PostTables>()
    .updateTable('scan_batch')
    .set((eb) => ({ folder_file: null, folder_stamp: null, moved_at: eb.fn.coalesce('moved_at', eb.val(tx.now)) }))
    .where('id', '=', batchId)
    .execute();
}

/** The row that says that the file at this place could not be opened. */
export async function refusedAt(tx: Tx, place: string): Promise<string | undefined> {
  const row = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('id')
    .where('folder_place', '=', place)
    .where('problem', '=', 'no-access')
    .where('moved_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}
