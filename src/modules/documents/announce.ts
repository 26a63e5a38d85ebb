import type { Tx } from '../../platform/database/index.ts';

/** Announces that a document is to be read (and then compared); read documents are compared only. */
export const haveRead = (tx: Tx, documentId: string): Promise<void> =>
  tx.enqueue('read-document', { jobcenterId: tx.jobcenterId, documentId }, { jobKey: `read ${documentId}` });

/** The same for what was left lying (a lost job, an older method, papers taken over): fresh papers come before it. */
export const haveReadSometime = (tx: Tx, documentId: string): Promise<void> =>
  tx.enqueue('read-unread', { jobcenterId: tx.jobcenterId, documentId }, { jobKey: `read unread ${documentId}` });
