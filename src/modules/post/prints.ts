import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { CaseReader } from '../cases/index.ts';
import type { PostTables } from './batch.ts';

/** A receipt that goes to a person by letter. */
export type ReceiptPrint = {
  readonly id: string;
  readonly receiptNumber: string;
  readonly submissionId: string;
  readonly askedAt: Date;
};

const most = 200;

/** Receipts that wait for the printer, oldest first: of the reader's teams, of no team, and those the reader asked for. */
export function waitingPrints(tx: Tx, reader: CaseReader): Promise<ReceiptPrint[]> {
  const rows = tx
    .tables<PostTables>()
    .selectFrom('receipt_print')
    .select(['id', 'receipt_number as receiptNumber', 'submission_id as submissionId', 'asked_at as askedAt'])
    .where('printed_at', 'is', null)
    .orderBy('asked_at')
    .orderBy('id')
    .limit(most);
  if (reader.role === 'lead') return rows.execute();
  return rows
    .where((eb) =>
      eb.or([
        ...(reader.teamIds.length > 0 ? [eb('team_id', 'in', [...reader.teamIds])] : []),
        eb('asked_by', '=', reader.id),
      ]),
    )
    .execute();
}

/** Notes that receipts are on paper; those already noted, and those the reader does not see, stay as they are. Gives how many. */
export async function markPrinted(
  tx: Tx,
  actor: Actor & { readonly kind: 'staff' },
  reader: CaseReader,
  ids: readonly string[],
): Promise<number> {
  const waiting = await waitingPrints(tx, reader);
  const wanted = waiting.filter((print) => ids.includes(print.id));
  if (wanted.length === 0) return 0;
  await tx
    .tables<PostTables>()
    .updateTable('receipt_print')
    .set({ printed_at: tx.now, printed_by: actor.id })
    .where(
      'id',
      'in',
      wanted.map((print) => print.id),
    )
    .where('printed_at', 'is', null)
    .execute();
  await recordAudit(tx, actor, {
    action: 'receipt.printed',
    subjectType: 'receipt',
    subjectId: 'print-queue',
    detail: { count: wanted.length },
  });
  return wanted.length;
}
