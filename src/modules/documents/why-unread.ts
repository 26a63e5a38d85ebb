import type { Tx } from '../../platform/database/index.ts';
import { MOST_PAGES } from './read-document.ts';
import { READING_METHOD, readingOf } from './reading-store.ts';
import { findDocument } from './store.ts';

/**
 * Why there are no words of a page. `waiting`: nobody has read the paper yet, and that takes minutes; `late`: it should have been read by now; `night`: it was left
 * lying or taken over from elsewhere, and such papers are read by night; `again`: what was
 * read is gone, or was read by an older method, so it is read again and found all the same; `unreadable`: no page of it could be read; `page`:
 * this one could not; `beyond`: so many pages are not read at all.
 */
export type Unread = 'waiting' | 'late' | 'night' | 'again' | 'unreadable' | 'page' | 'beyond';

/** A paper is mostly read within minutes; after so long something is in the way. */
const lateMs = 30 * 60_000;
/** What is older is read in the night, by and by. */
const leftMs = 86_400_000;

/** Why there are no words of a page, of which none are kept. */
export async function whyUnread(tx: Tx, documentId: string, page: number): Promise<Unread> {
  const reading = await readingOf(tx, documentId);
  if (reading === undefined) {
    const came = (await findDocument(tx, documentId))?.createdAt.getTime() ?? tx.now.getTime();
    const age = tx.now.getTime() - came;
    return age > leftMs ? 'night' : age > lateMs ? 'late' : 'waiting';
  }
  if (reading.method !== READING_METHOD || reading.state === 'read') return 'again';
  if (reading.state === 'unreadable') return 'unreadable';
  return page > MOST_PAGES ? 'beyond' : 'page';
}
