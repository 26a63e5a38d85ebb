import type { Tx } from '../../platform/database/index.ts';
import { unreadDocuments } from './reading-store.ts';
import { haveReadSometime } from './store.ts';

/**
 * Announces the reading of documents that nobody has read by the present method: `most` of those that came in the last `days`
 * days, or of all. Gives how many. Ids grow with time, so the walk follows the primary key.
 */
export async function announceUnread(tx: Tx, days: number | 'all', most: number): Promise<number> {
  const from = days === 'all' ? 0 : tx.now.getTime() - days * 86_400_000;
  const hex = Math.max(0, from).toString(16).padStart(12, '0');
  const found = await unreadDocuments(tx, `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`, most);
  for (const id of found) await haveReadSometime(tx, id);
  return found.length;
}
