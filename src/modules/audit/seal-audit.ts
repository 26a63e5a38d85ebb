import { lowestId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/database/index.ts';
import { blockHash, type EntryRow, entryHash, genesis } from './block.ts';
import type { AuditTables } from './record-audit.ts';

const blockSize = 1_000;
/** No transaction may live longer than this (settings of the application role), so older entries are all committed. */
const settledAfter = 60_000;
/** Margin behind the newest sealed entry in which late commits are looked for. */
const margin = 3_600_000;

/**
 * Seals entries that no block holds yet into the next block of the chain, at most 1,000; gives how many. Runs in a job, one
 * at a time per Jobcenter: writers never wait for the chain. Membership is a list of ids, so an entry that commits late
 * goes into a later block instead of being missed.
 */
export async function sealAudit(tx: Tx, sign: (hash: Buffer) => string): Promise<number> {
  await tx.raw('select pg_advisory_xact_lock(hashtextextended($1, 1))', [tx.jobcenterId]);
  const last = await tx
    .tables<AuditTables>()
    .selectFrom('audit_block')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const from = last === undefined ? new Date(0) : searchFrom(last);
  // A block is sealed after all its entries were made, so every block with an entry made since `from` was sealed since `from`.
  const rows = await tx.raw<EntryRow>(
    `select e.id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject_type, e.subject_id, e.case_id, e.reason, e.detail
       from audit_entry e
      where e.jobcenter_id = $1 and e.id >= $2 and e.id < $3
        and e.id not in (select unnest(b.entries) from audit_block b where b.jobcenter_id = $1 and b.sealed_at >= $4)
      order by e.id limit ${blockSize}`,
    [tx.jobcenterId, lowestId(from), lowestId(new Date(tx.recordedAt.getTime() - settledAfter)), from],
  );
  if (rows.length === 0) return 0;
  const number = (last?.number ?? 0) + 1;
  const previous = last?.hash ?? genesis;
  const hash = blockHash(previous, number, rows.map(entryHash));
  const block = {
    number,
    entries: rows.map((row) => row.id),
    previous,
    hash,
    signature: sign(hash),
    sealed_at: tx.recordedAt,
  };
  await tx.tables<AuditTables>().insertInto('audit_block').values(block).execute();
  return rows.length;
}

function searchFrom(last: { readonly entries: readonly string[]; readonly sealed_at: Date }): Date {
  const newest = timeOf(last.entries.at(-1) as string);
  return new Date(Math.max(0, Math.min(newest, last.sealed_at.getTime()) - margin));
}

const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
