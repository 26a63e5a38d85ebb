import type { Tx } from '../../platform/database/index.ts';
import { type FactTables, factRows, readingMachine } from './tables.ts';

/** The method by which facts are read on papers (`readPaper`); a change of it has them read again (`tandem read-again`). */
export const FACTS_METHOD = 2;

/** Of these papers, those whose facts were not read by the present method. */
export async function factsBehind(tx: Tx, documentIds: readonly string[]): Promise<string[]> {
  if (documentIds.length === 0) return [];
  const rows = await tx
    .tables<FactTables>()
    .selectFrom('facts_read')
    .select('document_id')
    .where('document_id', 'in', [...documentIds])
    .where('method', '>=', FACTS_METHOD)
    .execute();
  const read = new Set(rows.map((row) => row.document_id));
  return documentIds.filter((id) => !read.has(id));
}

/**
 * Notes that a paper was read by the present method, after everything it says was suggested: `said` are those words. What an older method suggested,
 * the present one does not read and nobody has looked at, is withdrawn. What a person confirmed, rejected or ended is never touched.
 */
export async function noteFactsRead(tx: Tx, documentId: string, said: readonly string[]): Promise<void> {
  const db = tx.tables<FactTables>();
  const present = { method: FACTS_METHOD, read_at: tx.now };
  const behind = (await factsBehind(tx, [documentId])).length > 0;
  await db
    .insertInto('facts_read')
    .values({ document_id: documentId, ...present })
    .onConflict((c) => c.columns(['jobcenter_id', 'document_id'] as never).doUpdateSet(present))
    .execute();
  if (!behind) return;
  const open = await factRows(tx)
    .where('source', '=', 'document')
    .where('source_id', '=', documentId)
    .where('said_by', '=', readingMachine)
    .where('confirmed_at', 'is', null)
    .where('closed_as', 'is', null)
    .execute();
  const gone = open.filter((each) => !said.includes(each.text));
  if (gone.length === 0) return;
  await db
    .deleteFrom('fact')
    .where(
      'id',
      'in',
      gone.map((each) => each.id),
    )
    .where('confirmed_at', 'is', null)
    .where('closed_as', 'is', null)
    .execute();
  for (const caseId of new Set(gone.map((each) => each.case_id))) tx.touch(caseId);
}
