import type { Tx } from '../../platform/database/index.ts';
import { fileOfHousehold, joinFile, openNamelessFile } from '../files/index.ts';
import { householdFor } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

/** Where a case is filed: the file of the household, or one of its own while nobody knows whose case it is. */
export type Filing = { readonly household_id: string | null; readonly file_id: string };

/** The file for a case of this person; somebody without a household is a household of one. */
export async function filingFor(tx: Tx, personId: string | null, householdId: string | null): Promise<Filing> {
  if (personId === null) return { household_id: null, file_id: await openNamelessFile(tx) };
  const household = householdId ?? (await householdFor(tx, personId));
  return { household_id: household, file_id: await fileOfHousehold(tx, household) };
}

/** After a case went from one file to another: a nameless file that is empty now is no file any more. */
export async function leaveFile(tx: Tx, from: string | null, to: string): Promise<void> {
  if (from === null || from === to) return;
  const left = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('id')
    .where('file_id', '=', from)
    .limit(1)
    .executeTakeFirst();
  if (left === undefined) await joinFile(tx, from, to);
}

/** A case as its file shows it. */
export type FiledCase = InboxRow & {
  readonly personId: string | null;
  readonly birthDate: string | null;
  readonly householdId: string | null;
  readonly fileId: string | null;
  readonly closedAt: Date | null;
};

/** One household has some dozens of cases; more than this nobody reads on one page. */
const mostCases = 300;

const filed = (tx: Tx) =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select([
      ...rowColumns,
      'person_id as personId',
      'birth_date as birthDate',
      'household_id as householdId',
      'file_id as fileId',
      'closed_at as closedAt',
    ]);

/** The cases of a file that the reader may see, the newest first; none for a file that is none of theirs. */
export const casesOfFile = (tx: Tx, reader: CaseReader, fileId: string): Promise<FiledCase[]> =>
  filed(tx)
    .where('file_id', '=', fileId)
    .where(visibleTo(reader))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostCases)
    .execute();

/** Cases by their ids, for work of the house itself. */
export const casesByIds = async (tx: Tx, ids: readonly string[]): Promise<FiledCase[]> =>
  ids.length === 0
    ? []
    : filed(tx)
        .where('id', 'in', [...new Set(ids)])
        .execute();

/** Cases closed before an instant, in the order in which they were closed: what their documents are kept for counts from then. */
export async function casesClosedBefore(
  tx: Tx,
  before: Date,
  after: { readonly closedAt: Date; readonly id: string } | undefined,
  size: number,
): Promise<{ id: string; fileId: string | null; concern: string; closedAt: Date }[]> {
  let query = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['id', 'file_id as fileId', 'concern', 'closed_at as closedAt'])
    .where('closed_at', '<', before)
    .orderBy('closed_at')
    .orderBy('id')
    .limit(size);
  if (after !== undefined)
    query = query.where((eb) => eb(eb.refTuple('closed_at', 'id'), '>', eb.tuple(after.closedAt, after.id)));
  const rows = await query.execute();
  return rows.flatMap(({ closedAt, ...row }) => (closedAt === null ? [] : [{ ...row, closedAt }]));
}
