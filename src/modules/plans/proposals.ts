import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { employerTopic, findEmployer } from '../employers/index.ts';
import { note, notFound, opens, type PlanOutcome, type StaffAct } from './act.ts';
import type { Proposal, ProposalKind, ProposalStep, Refuser } from './proposal.ts';
import type { PlanTables } from './tables.ts';

/** Proposals of a case with their course, the newest first. */
export async function proposals(tx: Tx, caseId: string): Promise<Proposal[]> {
  const db = tx.tables<PlanTables>();
  const found = await db
    .selectFrom('proposal')
    .select(['id', 'kind', 'title', 'provider', 'employer_id as employerId'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .execute();
  return withCourse(tx, found);
}

/** The same with everything that happened, in order. */
export async function withCourse<T extends { readonly id: string }>(
  tx: Tx,
  found: readonly T[],
): Promise<(T & Pick<Proposal, 'course'>)[]> {
  if (found.length === 0) return [];
  const steps = await tx
    .tables<PlanTables>()
    .selectFrom('proposal_step')
    .select(['id', 'proposal_id as proposalId', 'step', 'on_day as onDay', 'side', 'words'])
    .where(
      'proposal_id',
      'in',
      found.map((each) => each.id),
    )
    .orderBy('on_day')
    .orderBy('id')
    .execute();
  return found.map((each) => ({ ...each, course: steps.filter((step) => step.proposalId === each.id) }));
}

type Step = {
  readonly step: ProposalStep;
  readonly onDay: Day;
  /** Who refused; only with a refusal. */
  readonly side: Refuser | null;
  readonly words: string;
};

const addStep = (tx: Tx, act: StaffAct, proposalId: string, step: Step) =>
  tx
    .tables<PlanTables>()
    .insertInto('proposal_step')
    .values({
      id: tx.newId(),
      proposal_id: proposalId,
      step: step.step,
      on_day: step.onDay,
      side: step.step === 'refused' ? step.side : null,
      words: step.words,
      made_at: tx.now,
      made_by: act.staffId,
    })
    .execute();

/** Proposes a job, a training place or a measure; the person may say no, and their reason is kept as they say it. */
export async function propose(
  tx: Tx,
  act: StaffAct,
  wanted: {
    readonly kind: ProposalKind;
    readonly title: string;
    readonly provider: string;
    /** The employer of the list that was chosen; null where the words stand alone. */
    readonly employerId?: string | null;
    readonly onDay: Day;
    readonly words: string;
  },
): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const id = tx.newId();
  const { kind, title, provider, employerId = null, onDay, words } = wanted;
  if (employerId !== null && (await findEmployer(tx, employerId)) === undefined) return notFound;
  if (employerId !== null) tx.touch(employerTopic(employerId));
  await tx
    .tables<PlanTables>()
    .insertInto('proposal')
    .values({
      id,
      case_id: act.caseId,
      kind,
      title,
      provider,
      employer_id: employerId,
      made_at: tx.now,
      made_by: act.staffId,
    })
    .execute();
  await addStep(tx, act, id, { step: 'proposed', onDay, side: null, words });
  return note(tx, act, 'proposed', { text: provider === '' ? title : `${title}, ${provider}`, more: words });
}

/** What happened next with a proposal, or a talk with those who offer it. `wrong`: a refusal without saying whose. */
export async function goOn(
  tx: Tx,
  act: StaffAct,
  proposalId: string,
  step: Step,
): Promise<PlanOutcome | { readonly kind: 'wrong' }> {
  if (!(await opens(tx, act))) return notFound;
  const proposal = await tx
    .tables<PlanTables>()
    .selectFrom('proposal')
    .select(['id', 'title'])
    .where('id', '=', proposalId)
    .where('case_id', '=', act.caseId)
    .executeTakeFirst();
  if (proposal === undefined) return notFound;
  if (step.step === 'refused' && (step.side === null || step.words === '')) return { kind: 'wrong' };
  await addStep(tx, act, proposalId, step);
  return note(tx, act, `proposal-${step.step}`, { text: proposal.title, more: step.words });
}
