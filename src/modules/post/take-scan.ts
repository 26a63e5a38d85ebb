import type { Actor } from '../../kernel/actor.ts';
import { dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { insertRaw, type PreparedDocument } from '../documents/index.ts';
import type { BatchProblem, PostTables } from './batch.ts';

export type TakenScan =
  | { readonly kind: 'taken'; readonly batchId: string }
  /** The very same bytes were taken before. `finished`: the file of that batch had only not been moved away yet. */
  | { readonly kind: 'again'; readonly batchId: string; readonly finished: boolean };

export type NewScan = {
  readonly name: string;
  readonly source: 'folder' | 'upload';
  readonly teamId: string | null;
  readonly createdBy: string | null;
  /** Where the file lay in the folder of the scanner. */
  readonly folderPlace?: string;
  /** The day the letters reached the office; today unless somebody said otherwise. */
  readonly receivedOn?: string;
  /** The batch that held the beginning of the same file, or said that it could not be taken. */
  readonly grownFrom?: string;
};

/** The batch that a file was taken as before, by the hash of its bytes. */
export const batchByHash = (
  tx: Tx,
  hash: Buffer,
): Promise<{ id: string; folder_place: string | null; moved_at: Date | null } | undefined> =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(['id', 'folder_place', 'moved_at'])
    .where('sha256', '=', hash)
    .where('problem', 'is', null)
    .executeTakeFirst();

/** Takes a file from the scanner: its bytes are durable, now the row and the job that reads it. The same bytes are taken once. */
export async function takeScan(tx: Tx, actor: Actor, document: PreparedDocument, scan: NewScan): Promise<TakenScan> {
  const before = await noteAgain(tx, document.sha256, scan.folderPlace);
  if (before !== undefined) return before;
  await insertRaw(tx, document);
  const id = tx.newId();
  const row = { ...newRow(tx, id, scan), document_id: document.id, sha256: document.sha256 };
  const inserted = await tx
    .tables<PostTables>()
    .insertInto('scan_batch')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody else took the same file at this very moment: nothing of this stays, and a second try finds theirs.
  if (inserted === undefined) throw new ScanTakenMeanwhile();
  await recordAudit(tx, actor, {
    action: 'scan-batch.taken',
    subjectType: 'scan-batch',
    subjectId: id,
    detail: { source: scan.source },
  });
  await tx.enqueue('read-scans', { jobcenterId: tx.jobcenterId });
  return { kind: 'taken', batchId: id };
}

class ScanTakenMeanwhile extends Error {
  override readonly name = 'ScanTakenMeanwhile';
  constructor() {
    super('The same file was taken at the same moment.');
  }
}

/** Takes a file; when somebody else took the same one at that very moment, gives what they took. */
export async function takeOnce(take: () => Promise<TakenScan>): Promise<TakenScan> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof ScanTakenMeanwhile)) throw error;
    return take();
  }
}

/** Notes that a file came again; undefined when it never came before. */
export async function noteAgain(tx: Tx, hash: Buffer, folderPlace?: string): Promise<TakenScan | undefined> {
  const before = await batchByHash(tx, hash);
  if (before === undefined) return undefined;
  const finished = folderPlace !== undefined && before.folder_place === folderPlace && before.moved_at === null;
  if (!finished)
    await tx
      .tables<PostTables>()
      .updateTable('scan_batch')
      .set((eb) => ({ again: eb('again', '+', 1), again_at: tx.now }))
      .where('id', '=', before.id)
      .execute();
  return { kind: 'again', batchId: before.id, finished };
}

/** Notes a file that could not be taken, so that somebody sees it and scans it again. */
export async function refuseScan(
  tx: Tx,
  actor: Actor,
  scan: NewScan & { readonly sha256: Buffer },
  problem: BatchProblem,
): Promise<string> {
  const before = await unmoved(tx, scan);
  if (before !== undefined) return before; // killed before the file was moved away
  const id = tx.newId();
  const row = { ...newRow(tx, id, scan), document_id: null, sha256: scan.sha256, state: 'problem' as const, problem };
  await tx.tables<PostTables>().insertInto('scan_batch').values(row).execute();
  await recordAudit(tx, actor, {
    action: 'scan-batch.refused',
    subjectType: 'scan-batch',
    subjectId: id,
    detail: { problem },
  });
  return id;
}

async function unmoved(tx: Tx, scan: NewScan & { readonly sha256: Buffer }): Promise<string | undefined> {
  if (scan.folderPlace === undefined) return undefined;
  const row = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('id')
    .where('sha256', '=', scan.sha256)
    .where('problem', 'is not', null)
    .where('folder_place', '=', scan.folderPlace)
    .where('moved_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

function newRow(tx: Tx, id: string, scan: NewScan) {
  return {
    id,
    name: scan.name,
    source: scan.source,
    team_id: scan.teamId,
    received_on: scan.receivedOn ?? dayInGermany(tx.now),
    created_at: tx.now,
    created_by: scan.createdBy,
    pages: 0,
    state: 'arrived' as const,
    problem: null,
    folder_place: scan.folderPlace ?? null,
    moved_at: null,
    again: 0,
    again_at: null,
    folder_file: null,
    folder_stamp: null,
    grown_from: scan.grownFrom ?? null,
  };
}
