import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, openableCase } from '../cases/index.ts';
import { employerLabel, employersMeant, employerTopic } from '../employers/index.ts';
import { note, notFound, opens, type PlanOutcome, type StaffAct } from './act.ts';
import type { Proposal } from './proposal.ts';
import { withCourse } from './proposals.ts';
import type { PlanTables } from './tables.ts';

/**
 * Says later with which employer of the list a proposal is; null: with none of them. The words that were typed stay, and so does the line of the
 * timeline that holds them.
 */
export async function linkProposal(
  tx: Tx,
  act: StaffAct,
  { proposalId, employerId }: { readonly proposalId: string; readonly employerId: string | null },
): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const db = tx.tables<PlanTables>();
  const proposal = await db
    .selectFrom('proposal')
    .select(['title', 'employer_id as employerId'])
    .where('id', '=', proposalId)
    .where('case_id', '=', act.caseId)
    .executeTakeFirst();
  if (proposal === undefined) return notFound;
  if (proposal.employerId === employerId) return { kind: 'unchanged' };
  const named = employerId ?? proposal.employerId ?? '';
  const meant = (await employersMeant(tx, [named])).get(named);
  if (meant === undefined) return notFound;
  await db.updateTable('proposal').set({ employer_id: employerId }).where('id', '=', proposalId).execute();
  for (const each of [proposal.employerId, employerId]) if (each !== null) tx.touch(employerTopic(each));
  return note(tx, act, employerId === null ? 'employer-unlinked' : 'employer-linked', {
    text: employerLabel(meant),
    more: proposal.title,
  });
}

export type EmployerProposal = Proposal & { readonly caseId: string };

/** Proposals with an employer, by all its ids, in cases that the reader may open; the newest first, before the one with an id. */
export async function proposalsOfEmployer(
  tx: Tx,
  reader: CaseReader,
  employerIds: readonly string[],
  before: string | undefined,
  size: number,
): Promise<EmployerProposal[]> {
  if (employerIds.length === 0) return [];
  let query = tx
    .tables<PlanTables>()
    .selectFrom('proposal')
    .select(['id', 'case_id as caseId', 'kind', 'title', 'provider', 'employer_id as employerId'])
    .where('employer_id', 'in', [...employerIds])
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('proposal.case_id'))))
    .orderBy('id', 'desc')
    .limit(size);
  if (before !== undefined) query = query.where('id', '<', before);
  return withCourse(tx, await query.execute());
}
