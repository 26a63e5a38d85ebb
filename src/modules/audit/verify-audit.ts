import type { Tx } from '../../platform/database/index.ts';
import { blockHash, type EntryRow, entryHash, genesis } from './block.ts';
import type { AuditTables } from './record-audit.ts';

export type AuditVerdict = {
  readonly blocks: number;
  readonly entries: number;
  readonly unsealed: number;
  readonly broken: readonly string[];
};

/** Walks the chain link by link: numbers without a gap, links, signatures, and every entry as it was when it was sealed. */
export async function verifyAudit(
  tx: Tx,
  checkSignature: (hash: Buffer, signature: string) => boolean,
): Promise<AuditVerdict> {
  const db = tx.tables<AuditTables>();
  const broken: string[] = [];
  let previous: Buffer = genesis;
  let number = 0;
  let entries = 0;
  for (;;) {
    const block = await db
      .selectFrom('audit_block')
      .selectAll()
      .where('number', '>', number)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    if (block === undefined) break;
    if (block.number !== number + 1) broken.push(`block ${number + 1} is missing`);
    if (!block.previous.equals(previous)) broken.push(`block ${block.number} does not follow block ${number}`);
    const rows = (await db
      .selectFrom('audit_entry')
      .selectAll()
      .where('id', 'in', block.entries)
      .execute()) as unknown as EntryRow[];
    const byId = new Map(rows.map((row) => [row.id, row]));
    const missing = block.entries.filter((id) => !byId.has(id));
    if (missing.length > 0) broken.push(`block ${block.number} lacks ${missing.length} entries`);
    const hashes = block.entries.flatMap((id) => byId.get(id) ?? []).map((row) => entryHash(withoutTenant(row)));
    if (!blockHash(block.previous, block.number, hashes).equals(block.hash))
      broken.push(`block ${block.number} was changed`);
    if (!checkSignature(block.hash, block.signature)) broken.push(`block ${block.number} has a wrong signature`);
    previous = block.hash;
    number = block.number;
    entries += block.entries.length;
  }
  const { total } = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { blocks: number, entries, unsealed: Number(total) - entries, broken };
}

function withoutTenant(row: EntryRow): EntryRow {
  const { id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, case_id, reason, detail } = row;
  return { id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, case_id, reason, detail };
}
