import type { Tx } from '../../platform/database/index.ts';
import { forgetFindable } from '../search/index.ts';
import { haveRead } from './announce.ts';
import { forgetLanguages } from './language-store.ts';
import { forgetReading } from './reading-store.ts';
import type { PreparedDocument } from './vault.ts';

/** A paper as it was handed in: its name, what it is by its bytes, and the fingerprint of the raw bytes. */
export type Document = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly createdAt: Date;
  readonly unreadableAt: Date | null;
  readonly erasedAt: Date | null;
};

export type DocumentTables = {
  document: {
    id: string;
    name: string;
    media_type: string;
    pages: number;
    bytes: number;
    sha256: Buffer;
    blob: string;
    key_id: string | null;
    wrapped_key: Buffer | null;
    created_at: Date;
    raw: boolean;
    unreadable_at: Date | null;
    erased_at: Date | null;
  };
};

const columns = [
  'id',
  'name',
  'media_type as mediaType',
  'pages',
  'bytes',
  'sha256',
  'created_at as createdAt',
  'unreadable_at as unreadableAt',
  'erased_at as erasedAt',
] as const;

const takenOverMs = 86_400_000;

/** Records prepared documents, whose bytes are durable already, and has them read. */
export async function insertDocuments(tx: Tx, documents: readonly PreparedDocument[]): Promise<void> {
  await insertRows(tx, documents, false);
  // Records taken over from elsewhere come in thousands: they are read by and by, at night.
  if (tx.recordedAt.getTime() - tx.now.getTime() > takenOverMs) return;
  for (const { id } of documents) await haveRead(tx, id);
}

/**
 * Records a prepared file that is no paper of its own but what papers are cut out of (a stack from the scanner): it is not read
 * and not compared as one, whoever recorded it reads its pages.
 */
export const insertRaw = (tx: Tx, document: PreparedDocument): Promise<void> => insertRows(tx, [document], true);

async function insertRows(tx: Tx, documents: readonly PreparedDocument[], raw: boolean): Promise<void> {
  const rows = documents.map((d) => ({
    id: d.id,
    name: d.name,
    media_type: d.mediaType,
    pages: d.pages,
    bytes: d.bytes,
    sha256: d.sha256,
    blob: d.blob,
    key_id: d.keyId,
    wrapped_key: d.wrappedKey,
    created_at: tx.now,
    raw,
    unreadable_at: null,
    erased_at: null,
  }));
  await tx.insertInto<DocumentTables['document']>('document', rows);
}

export const findDocument = (tx: Tx, id: string): Promise<Document | undefined> =>
  tx.tables<DocumentTables>().selectFrom('document').select(columns).where('id', '=', id).executeTakeFirst();

/** Documents by id, in the order of the ids. */
export async function documentsByIds(tx: Tx, ids: readonly string[]): Promise<Document[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .tables<DocumentTables>()
    .selectFrom('document')
    .select(columns)
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Whether one of these documents has exactly these bytes and was not erased. */
export async function haveBytes(tx: Tx, ids: readonly string[], sha256: Buffer): Promise<boolean> {
  if (ids.length === 0) return false;
  const row = await tx
    .tables<DocumentTables>()
    .selectFrom('document')
    .select('id')
    .where('id', 'in', [...ids])
    .where('sha256', '=', sha256)
    .where('erased_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Documents with exactly these bytes that were not erased, the oldest first; at most `most`. */
export async function documentsWithBytes(tx: Tx, sha256: Buffer, most = 50): Promise<string[]> {
  const rows = await tx
    .tables<DocumentTables>()
    .selectFrom('document')
    .select('id')
    .where('sha256', '=', sha256)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}

/** Where the sealed bytes lie and the wrapped key; undefined when the document was erased. */
export async function keysOf(
  tx: Tx,
  id: string,
): Promise<{ id: string; blob: string; keyId: string; wrappedKey: Buffer } | undefined> {
  const row = await tx
    .tables<DocumentTables>()
    .selectFrom('document')
    .select(['id', 'blob', 'key_id', 'wrapped_key'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.key_id === null || row.wrapped_key === null) return undefined;
  return { id: row.id, blob: row.blob, keyId: row.key_id, wrappedKey: row.wrapped_key };
}

/** Notes that no page of the document can be shown; it stays, and a person looks at it. */
export async function markUnreadable(tx: Tx, id: string): Promise<void> {
  await tx
    .tables<DocumentTables>()
    .updateTable('document')
    .set({ unreadable_at: tx.now })
    .where('id', '=', id)
    .where('unreadable_at', 'is', null)
    .execute();
}

/**
 * Deletes the key and with it the document, in every backup too (crypto-shredding, Art. 17 (1) a DSGVO). `forgetName`: what people
 * called it goes as well; a receipt keeps the name that it acknowledged.
 */
export async function eraseDocument(
  tx: Tx,
  id: string,
  options: { readonly forgetName?: boolean } = {},
): Promise<void> {
  await tx
    .tables<DocumentTables>()
    .updateTable('document')
    .set({ key_id: null, wrapped_key: null, erased_at: tx.now, ...(options.forgetName && { name: '' }) })
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .execute();
  await forgetReading(tx, id);
  await forgetLanguages(tx, id);
  await forgetFindable(tx, id);
}
