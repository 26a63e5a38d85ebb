import type { Selectable } from 'kysely';
import {
  hmac,
  normalizeReadable,
  randomReadable,
  randomToken,
  type Secret,
  sameBytes,
  sha256,
} from '../../platform/crypto/index.ts';
import type { Jsonb, Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import type { Answers } from './answers.ts';

/** Drafts are deleted this long after the last edit (the rule of § 8a (3) OZG); people are told before. */
export const draftDays = 30;

export type Draft = {
  readonly id: string;
  readonly concern: string;
  readonly version: number;
  readonly language: Language;
  readonly answers: Answers;
  readonly hasResumeCode: boolean;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
};
export type DraftDocument = { readonly documentId: string; readonly field: string };

type DraftTables = {
  draft: {
    id: string;
    concern: string;
    version: number;
    language: string;
    answers: Jsonb<Answers>;
    token_hash: Buffer;
    resume_hash: Buffer | null;
    started_by: string | null;
    created_at: Date;
    updated_at: Date;
    submitted_at: Date | null;
  };
  draft_document: { draft_id: string; document_id: string; field: string; added_at: Date };
};

/** Begins a draft; the token goes into the device's cookie and is kept as a hash only. `startedBy`: staff at the counter. */
export async function startDraft(
  tx: Tx,
  input: {
    readonly concern: string;
    readonly version: number;
    readonly language: Language;
    readonly startedBy?: string;
  },
): Promise<{ id: string; token: string }> {
  const id = tx.newId();
  const token = randomToken(24);
  const row = {
    id,
    concern: input.concern,
    version: input.version,
    language: input.language,
    answers: '{}',
    token_hash: sha256(token),
    resume_hash: null,
    started_by: input.startedBy ?? null,
    created_at: tx.now,
    updated_at: tx.now,
    submitted_at: null,
  };
  await tx.tables<DraftTables>().insertInto('draft').values(row).execute();
  return { id, token };
}

/** The draft, if the token is its own and it has not expired. `lock`: for changes, one after the other. */
export async function findDraft(tx: Tx, id: string, token: string, lock = false): Promise<Draft | undefined> {
  const query = tx
    .tables<DraftTables>()
    .selectFrom('draft')
    .selectAll()
    .where('id', '=', id)
    .where('updated_at', '>', oldest(tx));
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined || !sameBytes(row.token_hash, sha256(token)) ? undefined : asDraft(row);
}

const oldest = (tx: Tx): Date => new Date(tx.now.getTime() - draftDays * 86_400_000);

const asDraft = (row: Selectable<DraftTables['draft']>): Draft => ({
  id: row.id,
  concern: row.concern,
  version: row.version,
  language: row.language as Language,
  answers: row.answers,
  hasResumeCode: row.resume_hash !== null,
  updatedAt: row.updated_at,
  submittedAt: row.submitted_at,
});

/** Saves answers, language or a newer form version; each edit keeps the draft for another 30 days. */
export async function saveDraft(
  tx: Tx,
  id: string,
  changes: { readonly answers?: Answers; readonly language?: Language; readonly version?: number },
): Promise<void> {
  const set = {
    updated_at: tx.now,
    ...(changes.answers === undefined ? {} : { answers: JSON.stringify(changes.answers) }),
    ...(changes.language === undefined ? {} : { language: changes.language }),
    ...(changes.version === undefined ? {} : { version: changes.version }),
  };
  await tx
    .tables<DraftTables>()
    .updateTable('draft')
    .set(set)
    .where('id', '=', id)
    .where('submitted_at', 'is', null)
    .execute();
}

/** Makes a new resume code, valid instead of an earlier one: twelve characters (60 bits), kept as a keyed hash. */
export async function giveResumeCode(tx: Tx, key: Secret, id: string): Promise<string> {
  const code = randomReadable(12);
  await tx
    .tables<DraftTables>()
    .updateTable('draft')
    .set({ resume_hash: resumeHash(key, code), updated_at: tx.now })
    .where('id', '=', id)
    .execute();
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

const resumeHash = (key: Secret, code: string): Buffer => hmac(key, `resume ${normalizeReadable(code)}`);

/** The unsent draft of a resume code, for staff whom the person gave it; the person's own device keeps its token. */
export async function draftOfCode(tx: Tx, key: Secret, code: string): Promise<string | undefined> {
  const row = await tx
    .tables<DraftTables>()
    .selectFrom('draft')
    .select('id')
    .where('resume_hash', '=', resumeHash(key, code))
    .where('submitted_at', 'is', null)
    .where('updated_at', '>', oldest(tx))
    .executeTakeFirst();
  return row?.id;
}

/** A draft without its token: the caller has proved that the person gave its code (`draftOfCode`) and records the read. */
export async function findGivenDraft(tx: Tx, id: string, lock = false): Promise<Draft | undefined> {
  const query = tx
    .tables<DraftTables>()
    .selectFrom('draft')
    .selectAll()
    .where('id', '=', id)
    .where('updated_at', '>', oldest(tx));
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : asDraft(row);
}

/** Opens a draft by its resume code on this device: gives a new token, the old device loses its own. */
export async function resumeDraft(
  tx: Tx,
  key: Secret,
  code: string,
): Promise<{ id: string; token: string } | undefined> {
  const db = tx.tables<DraftTables>();
  const id = await draftOfCode(tx, key, code);
  if (id === undefined) return undefined;
  const token = randomToken(24);
  await db
    .updateTable('draft')
    .set({ token_hash: sha256(token) })
    .where('id', '=', id)
    .execute();
  return { id, token };
}

/** Marks the draft as sent, in the transaction that received it; false when it was sent before. */
export async function markSubmitted(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .tables<DraftTables>()
    .updateTable('draft')
    .set({ submitted_at: tx.now })
    .where('id', '=', id)
    .where('submitted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Documents that lie in the draft, in the order they came. */
export const draftDocuments = (tx: Tx, id: string): Promise<DraftDocument[]> =>
  tx
    .tables<DraftTables>()
    .selectFrom('draft_document')
    .select(['document_id as documentId', 'field'])
    .where('draft_id', '=', id)
    .orderBy('added_at')
    .orderBy('document_id')
    .execute();

export async function addDraftDocument(tx: Tx, id: string, field: string, documentId: string): Promise<void> {
  const db = tx.tables<DraftTables>();
  await db
    .insertInto('draft_document')
    .values({ draft_id: id, document_id: documentId, field, added_at: tx.now })
    .execute();
  await db.updateTable('draft').set({ updated_at: tx.now }).where('id', '=', id).execute();
}

/** Takes a document out of a draft; true when it was in it. The caller erases the document. */
export async function removeDraftDocument(tx: Tx, id: string, documentId: string): Promise<boolean> {
  const row = await tx
    .tables<DraftTables>()
    .deleteFrom('draft_document')
    .where('draft_id', '=', id)
    .where('document_id', '=', documentId)
    .returning('document_id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Deletes an unsent draft because the person wants it; gives the documents that lay in it, for the caller to erase. Undefined
 * when there is none or it was sent: what was sent is the office's (§ 16 SGB I).
 */
export async function deleteDraft(tx: Tx, id: string): Promise<string[] | undefined> {
  const db = tx.tables<DraftTables>();
  const unsent = await db
    .selectFrom('draft')
    .select('id')
    .where('id', '=', id)
    .where('submitted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (unsent === undefined) return undefined;
  const documents = await draftDocuments(tx, id);
  await db.deleteFrom('draft').where('id', '=', id).execute();
  return documents.map((document) => document.documentId);
}

/** Deletes drafts whose 30 days are over; gives the documents that lay in unsent ones, for the caller to erase. */
export async function deleteExpiredDrafts(tx: Tx): Promise<{ drafts: number; documentIds: string[] }> {
  const db = tx.tables<DraftTables>();
  const expired = await db
    .selectFrom('draft')
    .select(['id', 'submitted_at'])
    .where('updated_at', '<=', oldest(tx))
    .orderBy('updated_at')
    .limit(200)
    .forUpdate()
    .skipLocked()
    .execute();
  if (expired.length === 0) return { drafts: 0, documentIds: [] };
  const unsent = expired.filter((row) => row.submitted_at === null).map((row) => row.id);
  const documents =
    unsent.length === 0
      ? []
      : await db.selectFrom('draft_document').select('document_id').where('draft_id', 'in', unsent).execute();
  await db
    .deleteFrom('draft')
    .where(
      'id',
      'in',
      expired.map((row) => row.id),
    )
    .execute();
  return { drafts: expired.length, documentIds: documents.map((row) => row.document_id) };
}

/** Forgets sent drafts in which papers lay that are no more; what stood in them went with their submission. */
export async function forgetDraftsWith(tx: Tx, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return;
  const db = tx.tables<DraftTables>();
  const papers = await db
    .deleteFrom('draft_document')
    .where('document_id', 'in', [...documentIds])
    .returning('draft_id')
    .execute();
  const ids = [...new Set(papers.map((row) => row.draft_id))];
  if (ids.length > 0)
    await db.deleteFrom('draft').where('id', 'in', ids).where('submitted_at', 'is not', null).execute();
}
