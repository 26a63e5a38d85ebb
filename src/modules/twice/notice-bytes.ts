import type { Tx } from '../../platform/database/index.ts';
import { type RelatedCase, requiredItems } from '../cases/index.ts';
import { documentsByIds, documentsWithBytes } from '../documents/index.ts';
import { type Arrival, arrivalsOfDocuments, arrivalsOfSubmissions, type Submission } from '../intake/index.ts';
import type { Side } from './pair.ts';
import { notePair } from './store.ts';

/** A paper that more strangers than this handed in is a leaflet or an empty form, not something filed with the wrong person. */
export const mostStrangers = 3;

export const sideOfArrival = (arrival: Arrival): Side => ({
  submissionId: arrival.submissionId,
  documentId: arrival.documentId,
  channel: arrival.channel,
  at: arrival.receivedAt,
});

/**
 * Documents of the submission whose bytes came before: within the household always, beyond it only where few have them, so that
 * something filed with the wrong person is found. Who may see both cases sees the pair, nobody else.
 */
export async function noticeBytes(tx: Tx, submission: Submission, related: readonly RelatedCase[]): Promise<void> {
  const own = await arrivalsOfSubmissions(tx, [submission.id]);
  const documents = await documentsByIds(
    tx,
    own.map((each) => each.documentId),
  );
  const household = new Set(related.map((each) => each.id));
  for (const document of documents) {
    const arrival = own.find((each) => each.documentId === document.id);
    if (arrival === undefined || document.bytes === 0) continue;
    const same = await arrivalsOfDocuments(tx, await documentsWithBytes(tx, document.sha256));
    const others = same.filter((each) => each.documentId !== document.id);
    const strangers = others.filter((each) => !household.has(each.caseId));
    const near = others.filter((each) => household.has(each.caseId));
    for (const other of [...near, ...(strangers.length > mostStrangers ? [] : strangers)]) {
      const reason = household.has(other.caseId) ? 'same-bytes' : 'same-bytes-elsewhere';
      const askedAt = await askedAtOf(tx, arrival, other);
      await notePair(tx, sideOfArrival(arrival), sideOfArrival(other), {
        level: 'same-bytes',
        score: 1,
        reason,
        askedAt,
      });
    }
  }
}

/** When the office had asked for what the later of the two brought; null when nobody asked. */
export async function askedAtOf(tx: Tx, one: Arrival, other: Arrival): Promise<Date | null> {
  const later = one.receivedAt.getTime() >= other.receivedAt.getTime() ? one : other;
  if (later.requiredItemId === null) return null;
  const item = (await requiredItems(tx, later.caseId)).find((each) => each.id === later.requiredItemId);
  return item?.requestedAt ?? null;
}
