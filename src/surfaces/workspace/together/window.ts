import { type CaseReader, visibleCases } from '../../../modules/cases/index.ts';
import { findSession } from '../../../modules/identity/index.ts';
import { presenceTopic, stillThere } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { staffReader } from '../staff-reader.ts';
import type { StaffVisit } from '../visit.ts';
import { casesFollowed } from './stamp.ts';

/**
 * One open page and its stream. `cases`: everything it shows, `caseId`: the one in which its owner counts as present. Both follow what the owner may
 * see: a case joins the file, another one goes to a team that is not theirs.
 */
export type Window = {
  readonly id: string;
  caseId: string;
  cases: readonly string[];
  /** What else it follows: an employer, or the list of them. */
  topics: readonly string[];
  /** Empty where the page shows one case. */
  readonly fileId: string;
  readonly part: string;
  readonly list: string;
};

export const who = (visit: StaffVisit) => ({ staffId: visit.staff.id, staffName: visit.staff.name });

/** The cases a page shows that its reader may see at this moment; none where the page is gone for them. */
export async function casesNow(
  tx: Tx,
  reader: CaseReader,
  { caseId, fileId }: Pick<Window, 'caseId' | 'fileId'>,
): Promise<readonly string[]> {
  if (fileId !== '') return casesFollowed(tx, reader, fileId);
  return (await visibleCases(tx, reader, [caseId])).has(caseId) ? [caseId] : [];
}

/** In which of its cases the owner of a page counts as present: where they were, as long as they may. */
export const homeOf = (caseId: string, cases: readonly string[]): string =>
  cases.includes(caseId) ? caseId : (cases[0] ?? '');

/** What the owner of a page may see by now: `abgemeldet` without a session, `verwehrt` where none of its cases is left. */
export async function lookAgain(
  tx: Tx,
  visit: StaffVisit,
  window: Window,
): Promise<'abgemeldet' | 'verwehrt' | readonly string[]> {
  const session = await findSession(tx, visit.token, true);
  if (session === undefined || !session.secondFactor) return 'abgemeldet';
  if (window.id === '') return [];
  const cases = await casesNow(tx, await staffReader(tx, session.staff), window);
  return cases.length === 0 ? 'verwehrt' : cases;
}

/** The sign of life of a page; its owner goes along to another case where the one they were in is closed to them. */
export async function stay(tx: Tx, visit: StaffVisit, window: Window, caseId: string): Promise<void> {
  await stillThere(tx, { id: window.id, caseId, part: window.part, ...who(visit) });
  if (caseId !== window.caseId) for (const each of [caseId, window.caseId]) tx.touch(presenceTopic(each));
}
