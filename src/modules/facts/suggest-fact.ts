import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { noteTopics } from '../contacts/index.ts';
import type { FactDetail } from './fact.ts';
import type { Running } from './running.ts';
import { type FactTables, factRows, readingMachine } from './tables.ts';

/**
 * Keeps what a page says, as a suggestion: it holds nothing until a person confirms it. What was suggested of the document once, whatever became of
 * it, is not suggested again, nor what somebody confirmed in that case already.
 */
export async function suggestRunning(
  tx: Tx,
  at: { readonly caseId: string; readonly documentId: string; readonly page: number; readonly datedOn: Day | null },
  read: Running,
): Promise<boolean> {
  const kind = read.topic === undefined ? ('until' as const) : ('free' as const);
  const known = await factRows(tx)
    .where((eb) =>
      eb.or([
        eb('source_id', '=', at.documentId),
        eb.and([eb('case_id', '=', at.caseId), eb('confirmed_at', 'is not', null), eb('closed_as', 'is', null)]),
      ]),
    )
    .where('kind', '=', kind)
    .where('text', '=', read.text)
    .where('valid_from', 'is not distinct from', read.from)
    .where('valid_until', 'is not distinct from', read.until)
    .executeTakeFirst();
  if (known !== undefined) return false;
  const id = tx.newId();
  const topic = (await noteTopics(tx)).find((each) => each.key === read.topic);
  const detail: FactDetail = {
    ...(read.topic === undefined ? {} : { topic: read.topic }),
    ...(topic?.name === undefined ? {} : { topicName: topic.name }),
  };
  const row = {
    id,
    case_id: at.caseId,
    kind,
    person_id: null,
    person_name: '',
    text: read.text,
    detail: JSON.stringify(detail),
    places: read.places === undefined ? null : JSON.stringify(read.places),
    valid_from: read.from,
    valid_until: read.until,
    source: 'document' as const,
    source_id: at.documentId,
    source_page: at.page,
    source_day: at.datedOn ?? dayInGermany(tx.now),
    said_at: tx.now,
    said_by: readingMachine,
    said_by_name: '',
    confirmed_at: null,
    confirmed_by: null,
    confirmed_by_name: null,
    closed_as: null,
    closed_at: null,
    closed_by: null,
    closed_by_name: null,
    closed_reason: null,
    replaced_by: null,
  };
  await tx.tables<FactTables>().insertInto('fact').values(row).execute();
  const entry = { action: 'fact.suggested', subjectType: 'fact', subjectId: id, caseId: at.caseId };
  await recordAudit(tx, { kind: 'system', name: readingMachine }, entry);
  tx.touch(at.caseId);
  return true;
}

/**
 * A paper is deleted: what was read on it and confirmed by nobody goes with it, also what somebody rejected. What a person took over stays, without
 * the words of the page.
 */
export async function forgetSuggestions(tx: Tx, documentId: string): Promise<void> {
  await tx
    .tables<FactTables>()
    .deleteFrom('fact')
    .where('source', '=', 'document')
    .where('source_id', '=', documentId)
    .where('confirmed_at', 'is', null)
    .execute();
  await tx
    .tables<FactTables>()
    .updateTable('fact')
    .set({ places: null })
    .where('source', '=', 'document')
    .where('source_id', '=', documentId)
    .execute();
  await tx.tables<FactTables>().deleteFrom('facts_read').where('document_id', '=', documentId).execute();
}
