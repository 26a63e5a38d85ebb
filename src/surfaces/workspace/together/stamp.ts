import { type CaseReader, caseStamp, casesOfFile } from '../../../modules/cases/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

/** More cases than this of one file are not followed by its page. */
const mostCases = 30;

/** What the newest entry is in the timelines of several cases, and which cases they are: one that comes or goes is a change too. */
export async function stampOf(tx: Tx, caseIds: readonly string[]): Promise<string> {
  const newest = await caseStamp(tx, ...caseIds);
  return caseIds.length < 2
    ? newest
    : `${newest}.${sha256([...caseIds].sort().join(' '))
        .toString('hex')
        .slice(0, 16)}`;
}

/** The cases that the page of a file follows, the newest first: those that its reader may see. */
export const casesFollowed = async (tx: Tx, reader: CaseReader, fileId: string): Promise<string[]> =>
  (await casesOfFile(tx, reader, fileId)).slice(0, mostCases).map(({ id }) => id);
