import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseDetail, caseStamp, findCase } from '../../../modules/cases/index.ts';
import { type Document, findDocument } from '../../../modules/documents/index.ts';
import { boardCases } from '../../../modules/facts/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import {
  allBlocks,
  authorsOf,
  type Block,
  dispatchesOf,
  type FurtherDispatch,
  findNotice,
  itemGone,
  type ProvenNotice,
  proofOf,
  remedyBlock,
} from '../../../modules/notices/index.ts';
import { type FieldState, fieldStates, type Present, presentIn } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { type LetterWay, wayOfLetter } from '../../letter-way.ts';
import { type LetterSource, letterSource } from '../../notice-paper.ts';
import { statedAddress } from '../case/item-letter.tsx';
import { isRefresh } from '../enforce.ts';
import { preferredWays } from '../facts/ways.tsx';
import type { StaffVisit } from '../visit.ts';

/** Everything the page of a letter shows. */
export type LetterData = {
  readonly notice: ProvenNotice;
  readonly case: CaseDetail;
  readonly source: LetterSource;
  readonly way: LetterWay;
  /** How the person likes to be reached: said beside the way, because it is not the way. */
  readonly preferred: Content;
  /** What it asks for is there: it goes out no more. */
  readonly itemGone: boolean;
  readonly blocks: readonly Block[];
  /** The PDF that waits for release or was sent. */
  readonly document: Document | undefined;
  readonly authors: readonly string[];
  /** How it went out after the first time. */
  readonly dispatches: readonly FurtherDispatch[];
  /** Name and address as last stated in the case. */
  readonly stated: string;
  /** Whether the Jobcenter says in which state it is: then holidays of that state are counted. */
  readonly stateKnown: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly states: (field: string) => FieldState;
  readonly stamp: string;
  readonly present: readonly Present[];
};

/** A letter that the reader may see, with its case; nothing is recorded yet. */
export async function letterAt(
  tx: Tx,
  visit: StaffVisit,
  id: string,
): Promise<{ readonly notice: ProvenNotice; readonly case: CaseDetail } | undefined> {
  const notice = isId(id) ? await findNotice(tx, visit.reader, id) : undefined;
  const found = notice === undefined ? undefined : await findCase(tx, visit.reader, notice.caseId);
  return notice === undefined || found === undefined ? undefined : { notice: await proofOf(tx, notice), case: found };
}

/** Every look at a letter stands in the log of its case. */
export const recordLetter = (tx: Tx, visit: StaffVisit, letter: { id: string; caseId: string }): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action: 'case.read',
    subjectType: 'notice',
    subjectId: letter.id,
    caseId: letter.caseId,
    reason: visit.t('workspace:case.readReason'),
    ...(isRefresh(visit.c) ? { detail: { renewed: true } } : {}),
  });

/** Reads and logs a letter in one transaction; undefined where there is none the reader may see. */
export async function loadLetter(tx: Tx, visit: StaffVisit, id: string): Promise<LetterData | undefined> {
  if (!isId(id)) return undefined;
  const states = await fieldStates(tx, [id]); // versions before values
  const at = await letterAt(tx, visit, id);
  if (at === undefined) return undefined;
  const { notice, case: found } = at;
  await recordLetter(tx, visit, notice);
  return {
    notice,
    case: found,
    source: await letterSource(tx, visit.services, visit.jobcenter, found, notice),
    itemGone: await itemGone(tx, notice),
    way: await wayOfLetter(tx, visit.jobcenter, found, notice),
    preferred: await preferredWays(tx, visit, await boardCases(tx, visit.reader, found.id), found.id),
    blocks: (await allBlocks(tx)).filter((each) => !each.retired && each.key !== remedyBlock),
    document: notice.documentId === null ? undefined : await findDocument(tx, notice.documentId),
    authors: await authorsOf(tx, id),
    dispatches: await dispatchesOf(tx, [id]),
    stateKnown: (await visit.services.profile(visit.jobcenter.id))?.state !== undefined,
    stated: statedAddress(await submissionsOfCase(tx, found.id)),
    names: new Map((await allStaff(tx)).map((each) => [each.id, each.name])),
    states: (field) => states(id, field),
    stamp: await caseStamp(tx, found.id),
    present: await presentIn(tx, [found.id], visit.staff.id),
  };
}
