import type { Actor } from '../../kernel/actor.ts';
import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, noteLetter } from '../cases/index.ts';
import { dispatchesOf, stepsOfDispatch, wentOut } from './dispatches.ts';
import {
  addStep,
  asNotice,
  changeNotice,
  lockNotice,
  type Notice,
  notices,
  type StaffAct,
  stepsOf,
  titleOf,
} from './notice.ts';
import { announceLetter } from './send-notice.ts';
import type { NoticeTables, WaitsFor } from './tables.ts';

/** So many letters are printed at once. */
export const mostLetters = 200;

/** Letters of the reader's cases that wait to be printed, to be handed to the post, or, come back, for an address; the oldest first. */
export async function waitingLetters(
  tx: Tx,
  reader: CaseReader,
  what: 'print' | 'hand-over' | 'address',
): Promise<Notice[]> {
  const rows = await notices(tx, reader)
    .where('notice.waits_for', '=', what)
    .orderBy('notice.released_at')
    .orderBy('notice.id')
    .limit(mostLetters)
    .execute();
  return rows.map(asNotice);
}

/** How many letters of the reader's cases wait to be printed, or to be handed to the post; counted up to one more than `most`. */
export async function countWaiting(
  tx: Tx,
  reader: CaseReader,
  what: 'print' | 'hand-over',
  most = mostLetters,
): Promise<number> {
  const rows = await notices(tx, reader)
    .clearSelect()
    .select('notice.id')
    .where('notice.waits_for', '=', what)
    .limit(most + 1)
    .execute();
  return rows.length;
}

/** Notes that these letters stand in a PDF that was opened for printing: only what was, can be noted as printed. Again does no harm. */
export async function noteDrawn(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    if (!stepsOfDispatch(await stepsOf(tx, [id])).some(({ kind }) => kind === 'drawn'))
      await addStep(tx, actor, id, 'drawn');
}

/**
 * Notes for letters of the reader's that they are on paper (they then wait to be handed over), or that they were handed to the post on a day: the
 * fourth day after that they count as known (§ 37 (2) SGB X). Those that do not wait for it stay as they are. Gives how many.
 */
export async function markLetters(
  tx: Tx,
  actor: Actor & { readonly kind: 'staff' },
  reader: CaseReader,
  input: { readonly ids: readonly string[] } & (
    | { readonly done: 'printed' }
    | { readonly done: 'posted'; readonly day: Day }
  ),
): Promise<number> {
  const waits: WaitsFor = input.done === 'printed' ? 'print' : 'hand-over';
  const wanted = (await waitingLetters(tx, reader, waits)).filter((each) => input.ids.includes(each.id));
  let count = 0;
  for (const { id, caseId, releasedAt } of wanted) {
    const steps = stepsOfDispatch(await stepsOf(tx, [id]));
    if (input.done === 'printed' && !steps.some(({ kind }) => kind === 'drawn')) continue;
    const begun = (await dispatchesOf(tx, [id])).at(-1)?.at ?? releasedAt;
    if (input.done === 'posted' && begun !== null && input.day < dayInGermany(begun)) continue;
    const moved = await move(tx, id, waits, input.done === 'printed' ? 'hand-over' : null);
    if (!moved) continue; // somebody else noted it at the same moment
    count += 1;
    await addStep(tx, actor, id, input.done, input.done === 'posted' ? { day: input.day } : {});
    tx.touch(caseId);
    await recordAudit(tx, actor, { action: `letter.${input.done}`, subjectType: 'notice', subjectId: id, caseId });
  }
  return count;
}

/** Moves what a letter waits for, once. */
async function move(tx: Tx, id: string, from: WaitsFor, to: WaitsFor | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<NoticeTables>()
    .updateTable('notice')
    .set({ waits_for: to, changed_at: tx.now })
    .where('id', '=', id)
    .where('waits_for', '=', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Takes a letter whose person is to be told: once, before the relay is told anything. Undefined where there is nothing to tell. */
export async function beginTelling(tx: Tx, noticeId: string): Promise<Notice | undefined> {
  if (!(await move(tx, noticeId, 'notify', 'notifying'))) return undefined;
  const row = await notices(tx).where('notice.id', '=', noticeId).executeTakeFirst();
  return row === undefined ? undefined : asNotice(row);
}

/**
 * What telling came to. `sent`: from this day the four days run (§ 37 (2a) SGB X). `later`: it is tried again. `failed`: nobody can say that the person
 * was told, so the letter goes by post.
 */
export async function endTelling(
  tx: Tx,
  actor: Actor,
  noticeId: string,
  outcome: 'sent' | 'later' | 'failed',
): Promise<void> {
  const next = outcome === 'sent' ? null : outcome === 'later' ? 'notify' : 'print';
  if (!(await move(tx, noticeId, 'notifying', next))) return;
  if (outcome === 'later') return;
  if (outcome === 'sent') await addStep(tx, actor, noticeId, 'notified', { day: dayInGermany(tx.now) });
  else await turnToPost(tx, actor, noticeId);
  await touchCase(tx, noticeId);
}

async function turnToPost(tx: Tx, actor: Actor, noticeId: string): Promise<void> {
  await changeNotice(tx, noticeId, { way: 'post' });
  await addStep(tx, actor, noticeId, 'not-notified');
  await addStep(tx, actor, noticeId, 'queued');
}

async function touchCase(tx: Tx, noticeId: string): Promise<void> {
  const row = await notices(tx).where('notice.id', '=', noticeId).executeTakeFirst();
  if (row !== undefined) tx.touch(row.caseId);
}

const minute = 60_000;
/** A telling that takes longer has lost its worker; one that waits longer has lost its job; after a day a letter goes by post. */
const patience = { sending: 15 * minute, waiting: 15 * minute, relay: 24 * 60 * minute };

/** Puts right what a lost job or a dead relay left behind; repeatable. Gives how many letters were touched. */
export async function sweepLetters(tx: Tx, actor: Actor): Promise<number> {
  const before = (ms: number): Date => new Date(tx.now.getTime() - ms);
  const rows = await notices(tx)
    .where('notice.waits_for', 'in', ['notify', 'notifying'])
    .where('notice.changed_at', '<=', before(patience.waiting))
    .orderBy('notice.released_at')
    .limit(mostLetters)
    .execute();
  for (const row of rows.map(asNotice)) {
    const stale = row.releasedAt !== null && row.releasedAt <= before(patience.relay);
    if (row.waitsFor === 'notify' && !stale) await announceLetter(tx, row.id);
    else if (await move(tx, row.id, row.waitsFor as WaitsFor, 'print')) {
      await turnToPost(tx, actor, row.id);
      tx.touch(row.caseId);
    }
  }
  return rows.length;
}

/** The person fetched a letter from their page; the first time is noted. */
export async function noteFetched(tx: Tx, actor: Actor, notice: Notice): Promise<void> {
  const known = (await stepsOf(tx, [notice.id])).some((step) => step.kind === 'fetched');
  if (!known) await addStep(tx, actor, notice.id, 'fetched', { day: dayInGermany(tx.now) });
  if (!known) tx.touch(notice.caseId);
}

/**
 * The person says that a letter came later, or never (`claimed` null): in doubt the office must prove it (§ 37 (2) sentence 3 SGB X). `not-sent`: it did
 * not go out, or not this time, so it cannot have come.
 */
export async function noteDispute(
  tx: Tx,
  act: StaffAct,
  input: { readonly claimed: Day | null; readonly text: string },
): Promise<{ readonly kind: 'done' | 'not-found' | 'not-sent' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state !== 'sent' || !wentOut(await stepsOf(tx, [found.id]))) return { kind: 'not-sent' };
  await addStep(tx, act.actor, found.id, 'disputed', { day: input.claimed, note: input.text });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-disputed',
    detail: { noticeId: found.id, title: titleOf(found), text: input.text },
  });
  return { kind: 'done' };
}
