import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { seenNews } from './marks.ts';
import type { Shelf } from './shelf.ts';

/** Who has seen everything up to which list of entries. What was seen stays seen, so those people cost no further question. */
const allSeen = new Map<string, string>();
const mostPeople = 20_000;

/** True while somebody has not seen an entry of what is new up to today (ISO). */
export async function hasUnreadNews(
  tx: Tx,
  staffId: string,
  { shelf, language, today }: { readonly shelf: Shelf; readonly language: Language; readonly today: string },
): Promise<boolean> {
  const entries = shelf.news(language, today).map((entry) => entry.key);
  const list = entries.join(' ');
  if (allSeen.get(staffId) === list) return false;
  const seen = await seenNews(tx, staffId);
  if (entries.some((entry) => !seen.has(entry))) return true;
  if (allSeen.size >= mostPeople) allSeen.clear();
  allSeen.set(staffId, list);
  return false;
}
