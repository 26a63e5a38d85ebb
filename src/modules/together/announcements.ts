import type { Tx } from '../../platform/database/index.ts';
import type { TogetherTables } from './tables.ts';

/** An update that is announced to the staff of a Jobcenter: what they read, when it begins, when it will be over. */
export type Announcement = { readonly id: string; readonly text: string; readonly at: Date; readonly endsAt: Date };

/** Announces something to the staff; every open page shows it within seconds. The topic is the Jobcenter's id. */
export async function announce(tx: Tx, input: Omit<Announcement, 'id'>): Promise<string> {
  const id = tx.newId();
  const row = { id, text: input.text, at: input.at, ends_at: input.endsAt, made_at: tx.now, withdrawn_at: null };
  await tx.insertInto('announcement', [row]);
  tx.touch(tx.jobcenterId);
  return id;
}

/** What is announced and not over, the earliest first. */
export const openAnnouncements = (tx: Tx): Promise<Announcement[]> =>
  tx
    .tables<TogetherTables>()
    .selectFrom('announcement')
    .select(['id', 'text', 'at', 'ends_at as endsAt'])
    .where('withdrawn_at', 'is', null)
    .where('ends_at', '>', tx.now)
    .orderBy('at')
    .orderBy('id')
    .limit(5)
    .execute();

/** Takes back everything that is announced; gives how much it was. */
export async function withdrawAnnouncements(tx: Tx): Promise<number> {
  const gone = await tx
    .tables<TogetherTables>()
    .updateTable('announcement')
    .set({ withdrawn_at: tx.now })
    .where('withdrawn_at', 'is', null)
    .where('ends_at', '>', tx.now)
    .returning('id')
    .execute();
  tx.touch(tx.jobcenterId);
  return gone.length;
}
