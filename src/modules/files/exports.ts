import type { Tx } from '../../platform/database/index.ts';
import { lockFile } from './file.ts';
import type { FileTables } from './tables.ts';

/** Days for which a file that was put together is kept. */
export const exportDays = 7;

/**
 * `person`: for the person whose data it is (§ 25 SGB X, Art. 15 DSGVO), who sees all that is kept of them. `court`: the whole file (§ 104 SGG).
 * `other`: for another office, a colleague, with what the one who asked may see.
 */
export const exportPurposes = ['person', 'court', 'other'] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/** A file put together for whoever may inspect it (§ 25 SGB X), with what was withheld and why (§ 25 (3)). */
export type FileExport = {
  readonly id: string;
  readonly fileId: string;
  readonly reason: string;
  readonly purpose: ExportPurpose;
  /** Whose things it holds, beside those of the household; null where nobody is confirmed, and for other purposes. */
  readonly forPerson: string | null;
  /** Children whom that person represents by law: their things are in it too. */
  readonly forChildren: readonly string[];
  readonly language: string;
  /** Documents that are left out, each with the reason. */
  readonly withheld: Readonly<Record<string, string>>;
  /** With whose eyes it is put together: nothing gets into it that they may not see. */
  readonly reader: { readonly role: 'clerk' | 'lead'; readonly id: string; readonly teamIds: readonly string[] };
  /** With the notes of the reader's circles: then nobody but the reader takes it away. */
  readonly circles: boolean;
  readonly by: string;
  readonly askedAt: Date;
  readonly madeAt: Date | null;
  readonly failedAt: Date | null;
  readonly expiresAt: Date;
  readonly goneAt: Date | null;
};
export type ExportPiece = { readonly position: number; readonly kind: 'pdf' | 'zip'; readonly documentId: string };

const columns = [
  'id',
  'file_id',
  'reason',
  'language',
  'withheld',
  'reader_role',
  'reader_id',
  'reader_teams',
  'actor_name',
  'asked_at',
  'made_at',
  'failed_at',
  'expires_at',
  'gone_at',
  'circles',
  'purpose',
  'for_person',
  'for_children',
] as const;

const exports_ = (tx: Tx) => tx.tables<FileTables>().selectFrom('file_export').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof exports_>['execute']>>[number];

const asExport = (row: Row): FileExport => ({
  id: row.id,
  fileId: row.file_id,
  reason: row.reason,
  language: row.language,
  withheld: row.withheld,
  reader: { role: row.reader_role, id: row.reader_id, teamIds: row.reader_teams },
  circles: row.circles,
  purpose: row.purpose,
  forPerson: row.for_person,
  forChildren: row.for_children,
  by: row.actor_name,
  askedAt: row.asked_at,
  madeAt: row.made_at,
  failedAt: row.failed_at,
  expiresAt: row.expires_at,
  goneAt: row.gone_at,
});

/** Asks for an export and announces the job that makes it; gives its id. A deletion in the file comes before it or after it. */
export async function askForExport(
  tx: Tx,
  asked: Pick<FileExport, 'fileId' | 'reason' | 'language' | 'withheld' | 'reader' | 'by'> & {
    readonly circles?: boolean;
    /** For the person, when it is missing. */
    readonly purpose?: ExportPurpose;
    readonly forPerson?: string | null;
    readonly forChildren?: readonly string[];
  },
): Promise<string> {
  await lockFile(tx, asked.fileId);
  const id = tx.newId();
  const row = {
    id,
    file_id: asked.fileId,
    reason: asked.reason,
    language: asked.language,
    withheld: JSON.stringify(asked.withheld),
    reader_role: asked.reader.role,
    reader_id: asked.reader.id,
    reader_teams: [...asked.reader.teamIds],
    actor_name: asked.by,
    asked_at: tx.now,
    made_at: null,
    failed_at: null,
    expires_at: new Date(tx.now.getTime() + exportDays * 86_400_000),
    gone_at: null,
    circles: asked.circles === true,
    purpose: asked.purpose ?? 'person',
    for_person: asked.forPerson ?? null,
    for_children: [...(asked.forChildren ?? [])],
  };
  await tx.insertInto('file_export', [row]);
  await announceExport(tx, id);
  return id;
}

export async function findExport(tx: Tx, id: string): Promise<FileExport | undefined> {
  const row = await exports_(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : asExport(row);
}

/** The newest exports of a file. */
export const exportsOfFile = async (tx: Tx, fileId: string, most = 20): Promise<FileExport[]> =>
  (await exports_(tx).where('file_id', '=', fileId).orderBy('id', 'desc').limit(most).execute()).map(asExport);

export const piecesOf = (tx: Tx, exportId: string): Promise<ExportPiece[]> =>
  tx
    .tables<FileTables>()
    .selectFrom('file_export_piece')
    .select(['position', 'kind', 'document_id as documentId'])
    .where('export_id', '=', exportId)
    .orderBy('position')
    .execute();

/** Keeps what was made; false when it was made already (the job ran twice), then nothing of it may stay. */
export async function keepExport(tx: Tx, id: string, pieces: readonly ExportPiece[]): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<FileTables>()
    .updateTable('file_export')
    .set({ made_at: tx.now, failed_at: null })
    .where('id', '=', id)
    .where('made_at', 'is', null)
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const rows = pieces.map((piece) => ({
    export_id: id,
    position: piece.position,
    kind: piece.kind,
    document_id: piece.documentId,
  }));
  await tx.insertInto<FileTables['file_export_piece']>('file_export_piece', rows);
  return true;
}

/** Notes that an export could not be made. */
export async function failExport(tx: Tx, id: string): Promise<void> {
  await tx
    .tables<FileTables>()
    .updateTable('file_export')
    .set({ failed_at: tx.now })
    .where('id', '=', id)
    .where('made_at', 'is', null)
    .execute();
}

/** Exports asked for before an instant that were neither made nor failed: their job was lost. */
export async function unmadeExports(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('file_export')
    .select('id')
    .where('asked_at', '<', before)
    .where('made_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('gone_at', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/** Announces the job that makes an export; twice is once. */
export const announceExport = (tx: Tx, id: string): Promise<void> =>
  tx.enqueue('make-file-export', { jobcenterId: tx.jobcenterId, exportId: id }, { jobKey: `export ${id}` });

/** Exports whose days are over and that are still there. */
export async function expiredExports(tx: Tx, size: number): Promise<string[]> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('file_export')
    .select('id')
    .where('expires_at', '<', tx.now)
    .where('gone_at', 'is', null)
    .orderBy('expires_at')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}

/** Exports that hold something of a file, or are about to, locked: one that is being kept at this moment is waited for, one that is made later is kept no more. */
export async function lockExports(tx: Tx, fileId: string): Promise<string[]> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('file_export')
    .select('id')
    .where('file_id', '=', fileId)
    .where('gone_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** Notes that the pieces of an export are gone; who had it made, and when, stays. */
export async function endExport(tx: Tx, id: string): Promise<void> {
  const db = tx.tables<FileTables>();
  await db.deleteFrom('file_export_piece').where('export_id', '=', id).execute();
  await db.updateTable('file_export').set({ gone_at: tx.now, withheld: '{}' }).where('id', '=', id).execute();
}
