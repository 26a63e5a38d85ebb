import { type CaseReader, visibleCases } from '../../../modules/cases/index.ts';
import {
  doublesOf,
  employersStamp,
  employerTopic,
  findEmployer,
  idsOfEmployer,
  notesOfEmployer,
} from '../../../modules/employers/index.ts';
import { proposalsOfEmployer } from '../../../modules/plans/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { stampOf } from '../together/stamp.ts';

/** More proposals and talks than this are not followed by an open page. */
const most = 200;

/** What the open page of an employer follows: the employer, with whatever was merged into it, and the cases of which it shows something. */
export type Followed = {
  readonly topics: readonly string[];
  readonly cases: readonly string[];
  readonly stamp: string;
};

/**
 * Only ids are read for it, and nothing of them is shown, so no look is logged. The stamp is another text after each change of the employer and each
 * entry in one of the cases; most of these change nothing that the page shows, which it finds out when it renews itself.
 */
export async function followEmployer(tx: Tx, reader: CaseReader, id: string): Promise<Followed | undefined> {
  if ((await findEmployer(tx, id)) === undefined) return undefined;
  const ids = await idsOfEmployer(tx, id);
  const linked = [
    ...(await proposalsOfEmployer(tx, reader, ids, undefined, most)),
    ...(await notesOfEmployer(tx, ids, undefined, most)),
  ];
  const seen = await visibleCases(
    tx,
    reader,
    linked.map((each) => each.caseId),
  );
  const cases = [...seen].sort();
  const doubles = (await doublesOf(tx, id)).map((each) => each.id);
  const stamp = [await employersStamp(tx, ids), ...doubles, await stampOf(tx, cases)].join('.');
  return { topics: ids.map(employerTopic), cases, stamp };
}
