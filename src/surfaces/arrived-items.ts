import { documentsByIds } from '../modules/documents/index.ts';
import { type Arrival, arrivalsOfCases, receiptOfSubmission } from '../modules/intake/index.ts';
import { type CaseItem, itemsOfCases, type Way } from '../modules/twice/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** More papers than this no file has; the newest of them are shown. */
const mostPapers = 10_000;

/**
 * Everything that lies in some cases, each thing once: what came for them, without single papers that somebody filed elsewhere, and with
 * those that were filed here alone.
 */
export async function itemsIn(tx: Tx, caseIds: readonly string[]): Promise<CaseItem[]> {
  const items = await itemsOfCases(tx, caseIds);
  const here = new Map((await arrivalsOfCases(tx, caseIds, mostPapers)).map((each) => [each.documentId, each]));
  const kept: CaseItem[] = [];
  for (const item of items) {
    const ways = item.ways.filter((way) => way.documentId === null || here.has(way.documentId));
    if (ways.length === item.ways.length) kept.push(item);
    else if (ways.length > 0) kept.push(await withoutStrays(tx, item, ways));
  }
  const shown = new Set(kept.flatMap((item) => item.ways.map((way) => way.documentId)));
  const alone = [...here.values()].filter((each) => !shown.has(each.documentId));
  return [...kept, ...(await asItems(tx, alone))];
}

async function withoutStrays(tx: Tx, item: CaseItem, ways: readonly Way[]): Promise<CaseItem> {
  const ids = ways.flatMap(({ documentId }) => documentId ?? []);
  const document = ids.includes(item.document?.id ?? '') ? item.document : (await documentsByIds(tx, ids))[0];
  return { ...item, document, ways, sure: ways.length === 1 ? 'single' : item.sure };
}

async function asItems(tx: Tx, arrivals: readonly Arrival[]): Promise<CaseItem[]> {
  const documents = await documentsByIds(
    tx,
    arrivals.map((each) => each.documentId),
  );
  const byId = new Map(documents.map((each) => [each.id, each]));
  const items: CaseItem[] = [];
  for (const { documentId, submissionId, channel, receivedAt: at } of arrivals.toReversed()) {
    const number = (await receiptOfSubmission(tx, submissionId))?.number ?? '';
    const ways = [{ submissionId, number, channel, at, documentId }];
    items.push({ document: byId.get(documentId), concern: '', ways, sure: 'single', replaced: false, newer: [] });
  }
  return items;
}
