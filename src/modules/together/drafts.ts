import { open, type Secret, seal } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { TogetherTables } from './tables.ts';

/** Drafts of staff are deleted so many days after the last edit. */
export const staffDraftDays = 14;
/** Nobody leaves more than so many forms half filled in; the oldest make room. */
const mostDrafts = 200;

/** What was typed, by the names of the fields; names that occur twice are lists. */
export type DraftFields = Readonly<Record<string, string | string[]>>;

export type StaffDraft = { readonly place: string; readonly page: string; readonly savedAt: Date };

/** The page is sealed too: addresses at the counter name who stands there. */
const sealPage = (key: Secret, page: string, context: string): string =>
  seal(key, Buffer.from(page), `${context} page`).toString('base64');
const openPage = (key: Secret, sealed: string, context: string): string =>
  open(key, Buffer.from(sealed, 'base64'), `${context} page`).toString();

const context = (tx: Tx, staffId: string, place: string): string => `staff draft ${tx.jobcenterId} ${staffId} ${place}`;

/**
 * Keeps what a member of staff has typed: one draft a person and place, sealed under `key` so that reading the table shows nothing.
 * `place` is the address the form is sent to, with an id where one address serves many; `page` the one where it is filled in.
 */
export async function saveStaffDraft(
  tx: Tx,
  key: Secret,
  draft: { readonly staffId: string; readonly place: string; readonly page: string; readonly fields: DraftFields },
): Promise<void> {
  const { staffId, place, page, fields } = draft;
  const sealed = seal(key, Buffer.from(JSON.stringify(fields)), context(tx, staffId, place));
  const row = { page: sealPage(key, page, context(tx, staffId, place)), sealed, saved_at: tx.now };
  await tx
    .tables<TogetherTables>()
    .insertInto('staff_draft')
    .values({ staff_id: staffId, place, ...row })
    .onConflict((c) => c.columns(['jobcenter_id', 'staff_id', 'place'] as never).doUpdateSet(row))
    .execute();
  const many = await draftRows(tx, staffId, mostDrafts + 20);
  for (const old of many.slice(mostDrafts)) await dropDraft(tx, staffId, old.place);
}

/** What this person has typed at this place and not sent; undefined where there is nothing, or nothing that can be opened. */
export async function findStaffDraft(
  tx: Tx,
  key: Secret,
  staffId: string,
  place: string,
): Promise<(StaffDraft & { readonly fields: DraftFields }) | undefined> {
  const row = await tx
    .tables<TogetherTables>()
    .selectFrom('staff_draft')
    .select(['place', 'page', 'sealed', 'saved_at as savedAt'])
    .where('staff_id', '=', staffId)
    .where('place', '=', place)
    .where('saved_at', '>', oldest(tx))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const about = context(tx, staffId, place);
  const fields = JSON.parse(open(key, row.sealed, about).toString()) as DraftFields;
  return { place, savedAt: row.savedAt, page: openPage(key, row.page, about), fields };
}

const oldest = (tx: Tx): Date => new Date(tx.now.getTime() - staffDraftDays * 86_400_000);

const draftRows = (tx: Tx, staffId: string, most: number) =>
  tx
    .tables<TogetherTables>()
    .selectFrom('staff_draft')
    .select(['place', 'page', 'saved_at as savedAt'])
    .where('staff_id', '=', staffId)
    .where('saved_at', '>', oldest(tx))
    .orderBy('saved_at', 'desc')
    .orderBy('place')
    .limit(most)
    .execute();

/** The drafts of a person, the newest first, without what is in them. */
export async function staffDrafts(tx: Tx, key: Secret, staffId: string, most: number): Promise<StaffDraft[]> {
  const rows = await draftRows(tx, staffId, most);
  return rows.map((row) => ({ ...row, page: openPage(key, row.page, context(tx, staffId, row.place)) }));
}

/** Deletes a draft: it was sent, or its owner does not want it. */
export async function dropDraft(tx: Tx, staffId: string, place: string): Promise<void> {
  await tx
    .tables<TogetherTables>()
    .deleteFrom('staff_draft')
    .where('staff_id', '=', staffId)
    .where('place', '=', place)
    .execute();
}

/** Deletes drafts whose time is over; gives their number. */
export async function forgetStaffDrafts(tx: Tx): Promise<number> {
  const gone = await tx
    .tables<TogetherTables>()
    .deleteFrom('staff_draft')
    .where('saved_at', '<=', oldest(tx))
    .returning('place')
    .execute();
  return gone.length;
}
