import { type CaseReader, caseStamp, casesOfFile } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

/** More cases than this of one file are not followed by its page. */
const mostCases = 30;

/** What the newest entry is in the timelines of several cases; ids sort in the order they were made. */
export async function stampOf(tx: Tx, caseIds: readonly string[]): Promise<string> {
  const stamps: string[] = [];
  for (const id of caseIds) stamps.push(await caseStamp(tx, id));
  return stamps.sort().at(-1) ?? '';
}

/** The cases that the page of a file follows: those that its reader may see. */
export const casesFollowed = async (tx: Tx, reader: CaseReader, fileId: string): Promise<string[]> =>
  (await casesOfFile(tx, reader, fileId)).slice(0, mostCases).map(({ id }) => id);
