import type { ExpressionBuilder } from 'kysely';
import { canonicalJson } from '../../kernel/canonical.ts';
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

/** One saving of an open form: `writer` is a name that its page made up when it opened, `turn` counts its savings. */
type Saving = { readonly writer: string; readonly turn: number };

/**
 * Which open form writes, and what it was built on: `seenAt` is when the draft that it has shown to its reader was saved; `shown` are forms
 * that were sent and refused, and came back with this page, up to the saving they were sent with.
 */
export type Writing = Saving & { readonly seenAt?: Date | undefined; readonly shown?: readonly Saving[] | undefined };

/**
 * `sent`: the form was sent meanwhile; `older`: the same page wrote something later, which is kept; `other`: something that its page never
 * showed is kept there, and stays.
 */
export type DraftSaved =
  | { readonly kind: 'saved'; readonly savedAt: Date }
  | { readonly kind: 'sent' | 'older' }
  | { readonly kind: 'other'; readonly draft: FoundDraft };

type DraftInput = {
  readonly staffId: string;
  readonly place: string;
  readonly page: string;
  readonly fields: DraftFields;
  /** Missing where no script wrote: a form of a session that had run out. */
  readonly writing?: Writing | undefined;
};

/**
 * Keeps what a member of staff has typed: one draft a person and place, sealed under `key` so that reading the table shows nothing.
 * `place` is the address the form is sent to, with an id where one address serves many; `page` the one where it is filled in. A form that
 * was not built on what is kept there does not take its place: the person sees both and chooses.
 */
export async function saveStaffDraft(tx: Tx, key: Secret, draft: DraftInput): Promise<DraftSaved> {
  const { staffId, place, page, fields, writing } = draft;
  if (writing !== undefined && (await wasSent(tx, staffId, writing))) return { kind: 'sent' };
  const sealed = seal(key, Buffer.from(JSON.stringify(fields)), context(tx, staffId, place));
  const { writer, turn } = writing ?? { writer: '', turn: 0 };
  const row = { page: sealPage(key, page, context(tx, staffId, place)), sealed, saved_at: tx.now, writer, turn };
  await insertOrLock(tx, { staff_id: staffId, place, ...row });
  const many = await draftRows(tx, staffId, mostDrafts + 20);
  for (const old of many.slice(mostDrafts)) await deleteDraft(tx, staffId, old.place).execute();
  const there = await findStaffDraft(tx, key, staffId, place);
  if (writing !== undefined && there !== undefined) {
    const same = sameFields(there.fields, fields);
    if (there.writer === writer && there.turn >= turn && same) return { kind: 'saved', savedAt: there.savedAt };
    if (there.writer === writer && there.turn > turn) return { kind: 'older' };
    if (!same && !wasSeen(there, writing)) return { kind: 'other', draft: there };
  }
  await draftOf(tx, staffId, place).set(row).execute();
  return { kind: 'saved', savedAt: tx.now };
}

/** Whether a page knows what is kept: it wrote it, has shown it, or came back with what it was sent with. */
const wasSeen = ({ writer, turn, savedAt }: FoundDraft, by: Writing): boolean =>
  (writer === by.writer && turn < by.turn) ||
  savedAt.getTime() === by.seenAt?.getTime() ||
  (by.shown ?? []).some((each) => each.writer === writer && turn <= each.turn);

/** The row of this place, in this transaction alone: of two windows that write at the same time, one is second. */
const insertOrLock = (tx: Tx, row: TogetherTables['staff_draft']) =>
  tx
    .tables<TogetherTables>()
    .insertInto('staff_draft')
    .values(row)
    .onConflict((c) => c.columns(['jobcenter_id', 'staff_id', 'place'] as never).doUpdateSet({ place: row.place }))
    .execute();

const draftOf = (tx: Tx, staffId: string, place: string) =>
  tx.tables<TogetherTables>().updateTable('staff_draft').where('staff_id', '=', staffId).where('place', '=', place);

const sameFields = (one: DraftFields, other: DraftFields): boolean => canonicalJson(one) === canonicalJson(other);

async function wasSent(tx: Tx, staffId: string, { writer, turn }: Writing): Promise<boolean> {
  const row = await tx
    .tables<TogetherTables>()
    .selectFrom('sent_draft')
    .select('turn')
    .where('staff_id', '=', staffId)
    .where('writer', '=', writer)
    .executeTakeFirst();
  return row !== undefined && row.turn >= turn;
}

export type FoundDraft = StaffDraft & {
  readonly fields: DraftFields;
  readonly writer: string;
  readonly turn: number;
};

/** What this person has typed at this place and not sent; undefined where there is nothing, or nothing that can be opened. */
export async function findStaffDraft(
  tx: Tx,
  key: Secret,
  staffId: string,
  place: string,
): Promise<FoundDraft | undefined> {
  const row = await tx
    .tables<TogetherTables>()
    .selectFrom('staff_draft')
    .select(['place', 'page', 'sealed', 'saved_at as savedAt', 'writer', 'turn'])
    .where('staff_id', '=', staffId)
    .where('place', '=', place)
    .where('saved_at', '>', oldest(tx))
    .where(unsent)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const about = context(tx, staffId, place);
  const fields = JSON.parse(open(key, row.sealed, about).toString()) as DraftFields;
  const { savedAt, writer, turn } = row;
  return { place, savedAt, page: openPage(key, row.page, about), fields, writer, turn };
}

const oldest = (tx: Tx): Date => new Date(tx.now.getTime() - staffDraftDays * 86_400_000);

/** What arrived after its form had been sent is no draft. */
const unsent = (eb: ExpressionBuilder<TogetherTables, 'staff_draft'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('sent_draft')
        .select('sent_draft.turn')
        .whereRef('sent_draft.staff_id', '=', 'staff_draft.staff_id')
        .whereRef('sent_draft.writer', '=', 'staff_draft.writer')
        .whereRef('sent_draft.turn', '>=', 'staff_draft.turn'),
    ),
  );

const draftRows = (tx: Tx, staffId: string, most: number) =>
  tx
    .tables<TogetherTables>()
    .selectFrom('staff_draft')
    .select(['place', 'page', 'saved_at as savedAt'])
    .where('staff_id', '=', staffId)
    .where('saved_at', '>', oldest(tx))
    .where(unsent)
    .orderBy('saved_at', 'desc')
    .orderBy('place')
    .limit(most)
    .execute();

/** The drafts of a person, the newest first, without what is in them. */
export async function staffDrafts(tx: Tx, key: Secret, staffId: string, most: number): Promise<StaffDraft[]> {
  const rows = await draftRows(tx, staffId, most);
  return rows.map((row) => ({ ...row, page: openPage(key, row.page, context(tx, staffId, row.place)) }));
}

/**
 * Deletes a draft: its form was sent (`sent` says by which page), or its owner does not want it. What the same page wrote until then is no draft
 * either, however late it arrives; what another page wrote there, and the sender never saw, stays.
 */
export async function dropDraft(tx: Tx, staffId: string, place: string, sent?: Writing): Promise<void> {
  const all = deleteDraft(tx, staffId, place).returning(['writer', 'turn']);
  const gone = await (sent === undefined
    ? all
    : all.where((eb) =>
        eb.or([
          eb('writer', 'in', ['', sent.writer]),
          eb('saved_at', '=', sent.seenAt ?? new Date(0)),
          ...(sent.shown ?? []).map((each) => eb.and([eb('writer', '=', each.writer), eb('turn', '<=', each.turn)])),
        ]),
      )
  ).execute();
  for (const { writer, turn } of [...gone, ...(sent === undefined ? [] : [sent, ...(sent.shown ?? [])])]) {
    if (writer === '') continue;
    await tx
      .tables<TogetherTables>()
      .insertInto('sent_draft')
      .values({ staff_id: staffId, writer, turn, sent_at: tx.now })
      .onConflict((c) =>
        c
          .columns(['jobcenter_id', 'staff_id', 'writer'] as never)
          .doUpdateSet({ turn, sent_at: tx.now })
          .where('sent_draft.turn', '<', turn),
      )
      .execute();
  }
}

const deleteDraft = (tx: Tx, staffId: string, place: string) =>
  tx.tables<TogetherTables>().deleteFrom('staff_draft').where('staff_id', '=', staffId).where('place', '=', place);

/** Deletes drafts whose time is over; gives their number. */
export async function forgetStaffDrafts(tx: Tx): Promise<number> {
  const gone = await tx
    .tables<TogetherTables>()
    .deleteFrom('staff_draft')
    .where('saved_at', '<=', oldest(tx))
    .returning('place')
    .execute();
  await tx.tables<TogetherTables>().deleteFrom('sent_draft').where('sent_at', '<=', oldest(tx)).execute();
  return gone.length;
}
