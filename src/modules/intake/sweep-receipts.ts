import type { KeyObject } from 'node:crypto';
import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { documentsByIds } from '../documents/index.ts';
import { sealsHold, signedForm } from '../forms/index.ts';
import { checkReceiptSignature } from './sign.ts';
import { type IntakeTables, receiptPayloadSchema } from './submission.ts';

export type ReceiptVerdict = {
  readonly next: string | undefined;
  readonly checked: number;
  readonly broken: readonly string[];
};

/**
 * Examines the next `size` submissions after the given id: each has its receipt, signed by a key of the Jobcenter, and the
 * receipt tells the truth about answers and documents. `keys`: public keys by id, retired ones too.
 */
export async function verifyReceipts(
  tx: Tx,
  keys: ReadonlyMap<string, KeyObject>,
  after: string | undefined,
  size: number,
): Promise<ReceiptVerdict> {
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('submission as s')
    .leftJoin('receipt as r', 'r.submission_id', 's.id')
    .select(['s.id', 's.frozen', 'r.number', 'r.payload', 'r.signature'])
    .where('s.id', '>', after ?? '00000000-0000-0000-0000-000000000000')
    .orderBy('s.id')
    .limit(size)
    .execute();
  const broken: string[] = [];
  for (const row of rows) {
    const { number, payload, signature } = row;
    if (number === null || payload === null || signature === null) broken.push(`submission ${row.id} has no receipt`);
    else
      for (const problem of await problems(tx, keys, { ...row, number, payload, signature }))
        broken.push(`receipt ${number} ${problem}`);
  }
  return { next: rows.length < size ? undefined : rows.at(-1)?.id, checked: rows.length, broken };
}

type ReceiptRow = {
  readonly id: string;
  readonly frozen: unknown;
  readonly number: string;
  readonly payload: string;
  readonly signature: string;
};

async function problems(tx: Tx, keys: ReadonlyMap<string, KeyObject>, row: ReceiptRow): Promise<string[]> {
  const key = keys.get(keyId(row.signature) ?? '');
  if (key === undefined || checkReceiptSignature(row.signature, key) !== row.payload) return ['has a wrong signature'];
  const payload = receiptPayloadSchema.safeParse(JSON.parse(row.payload));
  if (!payload.success) return ['has a broken text'];
  const found: string[] = [];
  if (payload.data.number !== row.number) found.push('carries another number');
  const frozen = row.frozen as Json;
  if (payload.data.answersSha256 !== sha256(canonicalJson(signedForm(frozen))).toString('hex') || !sealsHold(frozen))
    found.push('does not fit the answers');
  if (canonicalJson(payload.data.documents) !== canonicalJson(await listed(tx, row.id)))
    found.push('does not fit the documents');
  return found;
}

function keyId(jws: string): string | undefined {
  try {
    return (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { kid?: string }).kid;
  } catch {
    return undefined;
  }
}

async function listed(tx: Tx, submissionId: string): Promise<Json> {
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('submission_document')
    .select('document_id')
    .where('submission_id', '=', submissionId)
    .orderBy('position')
    .execute();
  const documents = await documentsByIds(
    tx,
    rows.map((row) => row.document_id),
  );
  return documents.map((d) => ({
    name: d.name,
    mediaType: d.mediaType,
    pages: d.pages,
    bytes: Number(d.bytes),
    sha256: d.sha256.toString('hex'),
  }));
}
