import { dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { noteLetter } from '../cases/index.ts';
import { findDocument } from '../documents/index.ts';
import {
  addStep,
  changeNotice,
  lockNotice,
  type Notice,
  type NoticeStep,
  type StaffAct,
  stepsOf,
  titleOf,
} from './notice.ts';
import { addressProblem, itemGone } from './readiness.ts';
import type { NoticeTables } from './tables.ts';

/** A further dispatch of a letter; the first one is the letter itself. */
export type FurtherDispatch = {
  readonly noticeId: string;
  readonly number: number;
  /** The lines for the window; empty once the words of the letter are gone. */
  readonly recipient: string;
  readonly at: Date;
};

/** The steps of the dispatch that a letter is in now: everything since it was last begun to be sent. */
export function stepsOfDispatch<Step extends Pick<NoticeStep, 'kind'>>(steps: readonly Step[]): readonly Step[] {
  const begun = steps.findLastIndex((each) => each.kind === 'again');
  return begun === -1 ? steps : steps.slice(begun);
}

/**
 * Why a letter may go out once more: it came back, or the person says that it never came (§ 37 (2) sentence 3 SGB X). One that counts as known is
 * not sent again: a repetition begins no new period. What was said before it went out says nothing about this dispatch.
 */
export function reasonToSendAgain(
  notice: Pick<Notice, 'state' | 'waitsFor'>,
  steps: readonly NoticeStep[],
): 'returned' | 'never-came' | undefined {
  if (notice.state !== 'sent') return undefined;
  if (notice.waitsFor === 'address') return 'returned';
  if (notice.waitsFor !== null) return undefined;
  const own = stepsOfDispatch(steps);
  if (own.some(({ kind }) => kind === 'returned')) return 'returned';
  const out = own.findLastIndex(isOut);
  const last = out === -1 ? undefined : own.slice(out).findLast(({ kind }) => kind === 'disputed');
  return last?.day === null ? 'never-came' : undefined;
}

const isOut = ({ kind }: Pick<NoticeStep, 'kind'>): boolean => kind === 'posted' || kind === 'notified';

/** Whether the dispatch was handed to the post, or told by e-mail: only then it can come back. */
export const wentOut = (steps: readonly NoticeStep[]): boolean => stepsOfDispatch(steps).some(isOut);

/** Further dispatches of letters, the oldest first. Callers have asked who may see them. */
export async function dispatchesOf(tx: Tx, noticeIds: readonly string[]): Promise<FurtherDispatch[]> {
  if (noticeIds.length === 0) return [];
  return tx
    .tables<NoticeTables>()
    .selectFrom('notice_dispatch')
    .select(['notice_id as noticeId', 'number', 'recipient', 'at'])
    .where('notice_id', 'in', [...noticeIds])
    .orderBy('number')
    .execute();
}

/**
 * Puts a letter that came back, or never came, to the printer once more, as the bytes that were released, behind a sheet with the address. From the
 * day on which this dispatch is handed to the post the four days run (§ 37 (2) SGB X). `not-back`: there is nothing to send again. `no-place`,
 * `too-many-lines`: what is wrong with the address. `gone`: its document was deleted. `item-gone`: what it asks for is there.
 */
export async function sendAgain(
  tx: Tx,
  act: StaffAct,
  input: { readonly recipient: string },
): Promise<{
  readonly kind: 'done' | 'not-found' | 'not-back' | 'no-place' | 'too-many-lines' | 'gone' | 'item-gone';
}> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (reasonToSendAgain(found, await stepsOf(tx, [found.id])) === undefined) return { kind: 'not-back' };
  if (await itemGone(tx, found)) return { kind: 'item-gone' };
  const problem = addressProblem(input.recipient);
  if (problem !== undefined) return { kind: problem };
  const document = found.documentId === null ? undefined : await findDocument(tx, found.documentId);
  if (document === undefined || document.erasedAt !== null) return { kind: 'gone' };
  const earlier = await dispatchesOf(tx, [found.id]);
  const row: NoticeTables['notice_dispatch'] = {
    id: tx.newId(),
    notice_id: found.id,
    number: earlier.length + 2,
    recipient: input.recipient,
    at: tx.now,
    staff_id: act.actor.id,
  };
  await tx.insertInto('notice_dispatch', [row]);
  await changeNotice(tx, found.id, { way: 'post', waits_for: 'print', changed_at: tx.now });
  await addStep(tx, act.actor, found.id, 'again');
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-again',
    detail: { noticeId: found.id, title: titleOf(found) },
  });
  return { kind: 'done' };
}

/** A letter that came back goes out no more, for example because nobody knows where the person is; the reason is kept. */
export async function leaveReturned(
  tx: Tx,
  act: StaffAct,
  why: string,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.waitsFor !== 'address') return { kind: 'unchanged' };
  await changeNotice(tx, found.id, { waits_for: null, changed_at: tx.now });
  await addStep(tx, act.actor, found.id, 'left', { note: why });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-left',
    detail: { noticeId: found.id, title: titleOf(found), text: why },
  });
  return { kind: 'done' };
}

/** A letter came back: it is not known to the person, and somebody says where it goes now. Only what went out can come back. */
export async function noteReturned(
  tx: Tx,
  act: StaffAct,
  text: string,
): Promise<{ readonly kind: 'done' | 'not-found' | 'not-out' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const steps = await stepsOf(tx, [found.id]);
  const back = stepsOfDispatch(steps).some(({ kind }) => kind === 'returned');
  if (found.state !== 'sent' || found.waitsFor !== null || !wentOut(steps) || back) return { kind: 'not-out' };
  await changeNotice(tx, found.id, { waits_for: 'address', changed_at: tx.now });
  await addStep(tx, act.actor, found.id, 'returned', { day: dayInGermany(tx.now), note: text });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-returned',
    detail: { noticeId: found.id, title: titleOf(found), text },
  });
  return { kind: 'done' };
}
