import { lowestId } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/database/index.ts';
import { haveReadSometime } from './announce.ts';
import { copiesAreGone, readDocumentsAfter, unreadDocuments } from './reading-store.ts';
import type { DocumentVault } from './vault.ts';

/** The lowest id of what came in the last `days` days. Ids grow with time, so a walk follows the primary key. */
const since = (tx: Pick<Tx, 'now'>, days: number | 'all'): string =>
  lowestId(new Date(days === 'all' ? 0 : Math.max(0, tx.now.getTime() - days * 86_400_000)));

/**
 * Announces the reading of documents that nobody has read by the present method: `most` of those that came in the last `days`
 * days, or of all. Gives how many.
 */
export async function announceUnread(tx: Tx, days: number | 'all', most: number): Promise<number> {
  const found = await unreadDocuments(tx, since(tx, days), most);
  for (const id of found) await haveReadSometime(tx, id);
  return found.length;
}

const portion = 200;

/**
 * Announces the reading of documents that were read, and of which what was read is not there any more: the folder was deleted, or a backup restored,
 * which does not carry it. `most` of those of the last `days` days, or of all; gives how many.
 */
export async function announceGone(
  { database, vault }: { readonly database: Database; readonly vault: DocumentVault },
  jobcenterId: string,
  days: number | 'all',
  most: number,
): Promise<number> {
  let found = 0;
  for (let after: string | undefined; found < most; ) {
    const ids = await database.tenant(jobcenterId, async (tx) => {
      const some = await readDocumentsAfter(tx, after ?? since(tx, days), portion);
      for (const id of some) if (found < most && (await copiesAreGone(tx, vault, id))) found += 1;
      return some;
    });
    if (ids.length < portion) return found;
    after = ids.at(-1);
  }
  return found;
}
