import { lowestId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/database/index.ts';
import { arrivalsOfSubmissions, submissionsAfter } from '../intake/index.ts';
import { enqueueCompare } from './notice-submission.ts';
import { checked } from './store.ts';

/** A submission younger than this may still be waiting for its turn. */
const patienceMs = 5 * 60_000;
const portion = 500;

/** So many days ago, and not before the first id there is. */
const daysAgo = (tx: Tx, days: number): Date => new Date(Math.max(0, tx.now.getTime() - days * 86_400_000));

/** Announces again submissions of the last `days` that were not looked at with this version of the method; gives how many. */
export async function enqueueUnnoticed(tx: Tx, days: number): Promise<number> {
  const until = lowestId(new Date(tx.now.getTime() - patienceMs));
  let after = lowestId(daysAgo(tx, days));
  for (let found = 0; ; ) {
    const ids = await submissionsAfter(tx, after, until, portion);
    const done = await checked(tx, ids);
    for (const submissionId of ids.filter((id) => !done.has(id))) {
      const payload = { jobcenterId: tx.jobcenterId, submissionId };
      await tx.enqueue('notice-submission', payload, { jobKey: `notice ${submissionId}` });
      found += 1;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < portion) return found;
    after = last;
  }
}

/**
 * Announces again documents of the last `days` that were read and not compared with this version of the method, `most` at a time; gives how many. What was
 * not read is announced when it was.
 */
export async function enqueueUncompared(tx: Tx, days: number, most = Number.POSITIVE_INFINITY): Promise<number> {
  const until = lowestId(new Date(tx.now.getTime() - patienceMs));
  let after = lowestId(daysAgo(tx, days));
  for (let found = 0; ; ) {
    const ids = await submissionsAfter(tx, after, until, portion);
    const documents = (await arrivalsOfSubmissions(tx, ids)).map((each) => each.documentId);
    const done = await checked(tx, documents);
    for (const documentId of documents.filter((id) => !done.has(id))) {
      if (found < most && (await enqueueCompare(tx, documentId))) found += 1;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < portion || found >= most) return found;
    after = last;
  }
}
