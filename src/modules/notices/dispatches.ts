import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { noteLetter } from '../cases/index.ts';
import { findDocument, insertRaw, type PreparedDocument } from '../documents/index.ts';
import {
  addStep,
  asNotice,
  changeNotice,
  lockNotice,
  type Notice,
  type NoticeStep,
  notices,
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

/** The steps that count: without a return that was noted by mistake. */
export function standingSteps<Step extends Pick<NoticeStep, 'kind'>>(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ kind }, at) => {
    if (kind === 'return-mistaken') return false;
    const after = kind === 'returned' ? steps.slice(at + 1) : [];
    return (
      after.find((each) => each.kind === 'returned' || each.kind === 'return-mistaken')?.kind !== 'return-mistaken'
    );
  });
}

/** The steps of the dispatch that a letter is in now: everything since it was last begun to be sent. */
export function stepsOfDispatch<Step extends Pick<NoticeStep, 'kind'>>(all: readonly Step[]): readonly Step[] {
  const steps = standingSteps(all);
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

/** Whether a letter lies with the post or the person, and may come back. */
const mayComeBack = ({ state, waitsFor }: Pick<Notice, 'state' | 'waitsFor'>, steps: readonly NoticeStep[]): boolean =>
  state === 'sent' &&
  waitsFor === null &&
  wentOut(steps) &&
  !stepsOfDispatch(steps).some(({ kind }) => kind === 'returned');

/**
 * A letter came back: it is not known to the person, and somebody says where it goes now. Only what went out can come back. `picture`: what was scanned
 * of it, durable already; it is kept with the step.
 */
export async function noteReturned(
  tx: Tx,
  act: StaffAct,
  text: string,
  picture?: PreparedDocument,
): Promise<{ readonly kind: 'done' | 'not-found' | 'not-out' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const steps = await stepsOf(tx, [found.id]);
  if (!mayComeBack(found, steps)) return { kind: 'not-out' };
  // No paper of its own: it is our letter once more, so it is neither read nor compared.
  if (picture !== undefined) await insertRaw(tx, picture);
  await changeNotice(tx, found.id, { waits_for: 'address', changed_at: tx.now });
  await addStep(tx, act.actor, found.id, 'returned', {
    day: dayInGermany(tx.now),
    note: text,
    ...(picture === undefined ? {} : { documentId: picture.id }),
  });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-returned',
    detail: { noticeId: found.id, title: titleOf(found), text },
  });
  return { kind: 'done' };
}

/** A letter that may come back, and the day on which it was handed to the post last. */
export type OutLetter = { readonly notice: Notice; readonly postedOn: Day };

const mostOut = 8;

/**
 * Letters of a case that were handed to the post and may come back: those about an item first, then the newest. Callers have asked who may see the
 * case, or hold a paper of ours that names it.
 */
export async function lettersOut(tx: Tx, caseId: string, itemId?: string): Promise<OutLetter[]> {
  const rows = (
    await notices(tx)
      .where('notice.case_id', '=', caseId)
      .where('notice.state', '=', 'sent')
      .where('notice.waits_for', 'is', null)
      .orderBy('notice.id', 'desc')
      .limit(50)
      .execute()
  ).map(asNotice);
  const steps = Map.groupBy(
    await stepsOf(
      tx,
      rows.map(({ id }) => id),
    ),
    ({ noticeId }) => noticeId,
  );
  const out = rows.flatMap((notice): OutLetter[] => {
    const own = steps.get(notice.id) ?? [];
    const postedOn = stepsOfDispatch(own).findLast(({ kind }) => kind === 'posted')?.day;
    return postedOn == null || !mayComeBack(notice, own) ? [] : [{ notice, postedOn }];
  });
  const about = (each: OutLetter): number => (itemId !== undefined && each.notice.itemId === itemId ? 0 : 1);
  return out
    .sort((a, b) => about(a) - about(b) || (a.postedOn < b.postedOn ? 1 : a.postedOn > b.postedOn ? -1 : 0))
    .slice(0, mostOut);
}

/** The picture of a letter that came back, with the letter. */
export type ReturnedPaper = { readonly documentId: string; readonly notice: Notice; readonly at: Date };

/**
 * Pictures of letters of some cases that came back, the newest first. What a return left that was noted by mistake is one of them only where it had to
 * stay. Callers have asked who may see the cases.
 */
export async function returnedPapers(
  tx: Tx,
  of: { readonly caseIds: readonly string[] } | { readonly documentId: string },
): Promise<ReturnedPaper[]> {
  if ('caseIds' in of && of.caseIds.length === 0) return [];
  const pictures = tx
    .tables<NoticeTables>()
    .selectFrom('notice_step')
    .innerJoin('notice', 'notice.id', 'notice_step.notice_id')
    .select('notice_step.notice_id')
    .where('notice_step.document_id', 'is not', null);
  const rows = await ('caseIds' in of
    ? pictures.where('notice.case_id', 'in', [...of.caseIds])
    : pictures.where('notice_step.document_id', '=', of.documentId)
  )
    .orderBy('notice_step.id', 'desc')
    .limit(1_000)
    .execute();
  const ids = [...new Set(rows.map((row) => row.notice_id))];
  if (ids.length === 0) return [];
  const letters = new Map(
    (await notices(tx).where('notice.id', 'in', ids).execute()).map((row) => [row.id, asNotice(row)]),
  );
  const steps = await stepsOf(tx, ids);
  const kept = new Set([...Map.groupBy(steps, (step) => step.noticeId).values()].flatMap(stepsWithPicture));
  return steps.toReversed().flatMap((step) => {
    const notice = letters.get(step.noticeId);
    return notice === undefined || step.documentId === null || !kept.has(step)
      ? []
      : 'documentId' in of && step.documentId !== of.documentId
        ? []
        : [{ documentId: step.documentId, notice, at: step.at }];
  });
}

/** Of the steps of one letter the returns whose picture is kept: those that count, and those taken back whose picture is held. */
function stepsWithPicture(steps: readonly NoticeStep[]): NoticeStep[] {
  const standing = new Set(standingSteps(steps));
  const held = new Set(steps.flatMap((step) => (step.kind === 'return-mistaken' ? (step.documentId ?? []) : [])));
  return steps.filter(
    (step) => step.kind === 'returned' && step.documentId !== null && (standing.has(step) || held.has(step.documentId)),
  );
}
