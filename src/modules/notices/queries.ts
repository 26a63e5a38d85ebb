import type { Actor } from '../../kernel/actor.ts';
import { dayInGermany } from '../../kernel/dates.ts';
import type { HolidayPlace } from '../../kernel/holidays.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseReader } from '../cases/index.ts';
import { currentProfile, placeOf } from '../settings/index.ts';
import { standingSteps } from './dispatches.ts';
import { effectOf, type LegalEffect } from './legal-effect.ts';
import { addStep, asNotice, changeNotice, type Notice, type NoticeStep, notices, stepsOf } from './notice.ts';
import { forgetWords } from './write-notice.ts';

/** A letter with its proof and what follows from it. */
export type ProvenNotice = Notice & {
  readonly steps: readonly NoticeStep[];
  /** For notices; a plain letter has no legal effect. */
  readonly effect: LegalEffect | undefined;
};

const mostOfCase = 200;

/** The effect of the steps of one letter, for an office at a place. */
export const effectOfSteps = (steps: readonly NoticeStep[], place: HolidayPlace): LegalEffect =>
  effectOf(
    standingSteps(steps).map(({ kind, day, at }) => ({
      kind,
      day: kind === 'disputed' ? dayInGermany(at) : (day ?? dayInGermany(at)),
      ...(kind === 'disputed' ? { claimed: day } : {}),
    })),
    place,
  );

async function withProof(tx: Tx, list: readonly Notice[]): Promise<ProvenNotice[]> {
  const steps = Map.groupBy(
    await stepsOf(
      tx,
      list.map((each) => each.id),
    ),
    (step) => step.noticeId,
  );
  const isEffective = (each: Notice): boolean => each.kind === 'notice' && each.state === 'sent';
  const place = list.some(isEffective) ? placeOf(await currentProfile(tx)) : {};
  return list.map((each) => {
    const own = steps.get(each.id) ?? [];
    return { ...each, steps: own, effect: isEffective(each) ? effectOfSteps(own, place) : undefined };
  });
}

/** One letter with its proof. */
export const proofOf = async (tx: Tx, notice: Notice): Promise<ProvenNotice> =>
  (await withProof(tx, [notice]))[0] as ProvenNotice;

/** Letters of a case, the newest first, without what was thrown away. Callers have asked who may see the case. */
export async function noticesOfCase(tx: Tx, caseId: string): Promise<ProvenNotice[]> {
  const rows = await notices(tx)
    .where('case_id', '=', caseId)
    .where('state', '!=', 'discarded')
    .orderBy('id', 'desc')
    .limit(mostOfCase)
    .execute();
  return withProof(tx, rows.map(asNotice));
}

/** Letters that ask for one missing item, the newest first, without what was thrown away. Callers have asked who may see its case. */
export async function noticesOfItem(tx: Tx, itemId: string): Promise<ProvenNotice[]> {
  const rows = await notices(tx)
    .where('item_id', '=', itemId)
    .where('state', '!=', 'discarded')
    .orderBy('id', 'desc')
    .limit(mostOfCase)
    .execute();
  return withProof(tx, rows.map(asNotice));
}

/** Letters that were sent in some cases and whose document is still there, the newest first: what the file and the person see. */
export async function sentLetters(tx: Tx, caseIds: readonly string[]): Promise<ProvenNotice[]> {
  if (caseIds.length === 0) return [];
  const rows = await notices(tx)
    .where('case_id', 'in', [...caseIds])
    .where('state', '=', 'sent')
    .orderBy('released_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute();
  return withProof(tx, rows.map(asNotice));
}

/** Letters that wait for somebody to release them, of the reader's cases, the oldest first; at most a hundred. */
export async function lettersToRelease(tx: Tx, reader: CaseReader): Promise<Notice[]> {
  const rows = await notices(tx, reader)
    .where('notice.state', '=', 'submitted')
    .orderBy('notice.changed_at')
    .orderBy('notice.id')
    .limit(100)
    .execute();
  return rows.map(asNotice);
}

/** How many letters wait for exactly this reader to release them: those in which they wrote nothing; counted up to a hundred. */
export async function countToRelease(tx: Tx, reader: CaseReader): Promise<number> {
  const rows = await notices(tx, reader)
    .where('notice.state', '=', 'submitted')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notice_author')
            .select('staff_id')
            .whereRef('notice_author.notice_id', '=', 'notice.id')
            .where('notice_author.staff_id', '=', reader.id),
        ),
      ),
    )
    .limit(100)
    .execute();
  return rows.length;
}

/** How many letters of the reader's cases came back and wait for an address; counted up to a hundred. */
export async function countReturned(tx: Tx, reader: CaseReader): Promise<number> {
  const rows = await notices(tx, reader).where('notice.waits_for', '=', 'address').limit(100).execute();
  return rows.length;
}

/** What the reader began and has not sent, the newest first; at most a hundred. */
export async function ownDrafts(tx: Tx, reader: CaseReader): Promise<Notice[]> {
  const rows = await notices(tx, reader)
    .where('notice.state', '=', 'draft')
    .where('notice.begun_by', '=', reader.id)
    .orderBy('notice.changed_at', 'desc')
    .orderBy('notice.id')
    .limit(100)
    .execute();
  return rows.map(asNotice);
}

/** The letter that a document is; undefined for other papers. */
export async function letterOfDocument(tx: Tx, documentId: string): Promise<Notice | undefined> {
  const row = await notices(tx).where('document_id', '=', documentId).executeTakeFirst();
  return row === undefined ? undefined : asNotice(row);
}

/** The document of a letter was deleted: its words go as well, and nobody is asked any more to print it or to say where it goes. */
export async function forgetLetterOf(tx: Tx, actor: Actor, documentId: string): Promise<void> {
  const found = await letterOfDocument(tx, documentId);
  if (found === undefined) return;
  await forgetWords(tx, found.id);
  if (found.waitsFor !== 'address' && found.waitsFor !== 'print') return;
  await changeNotice(tx, found.id, { waits_for: null, changed_at: tx.now });
  await addStep(tx, actor, found.id, 'left');
  tx.touch(found.caseId);
}
