import type { Actor } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/dates.ts';
import { randomReadable } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { filingFor } from './case-file.ts';
import { appendEvent } from './events.ts';
import type { Answer } from './fulfil-items.ts';
import { noteSentAgain } from './sent-again.ts';
import { statedName } from './stated-name.ts';
import type { CaseTables } from './tables.ts';

export type NewCase = {
  readonly concern: string;
  readonly channel: string;
  /** Family name, comma, given name; empty when nobody knows from whom it came. */
  readonly personName: string;
  readonly birthDate: Day | null;
  /** Only when a person at the office identified them (counter). */
  readonly personId?: string;
  readonly householdId?: string;
  readonly teamId: string | null;
  readonly dueOn: Day;
  readonly submissionId: string;
  readonly documents: number;
};

/** Opens the case of a new submission, in the submission's transaction: nothing that was received is without a case. */
export async function openCase(tx: Tx, actor: Actor, input: NewCase): Promise<string> {
  const id = tx.newId();
  const row: CaseTables['office_case'] = {
    id,
    number: `V-${randomReadable(4)}-${randomReadable(4)}`,
    concern: input.concern,
    channel: input.channel,
    ...statedName(input.personName),
    birth_date: input.birthDate,
    person_id: input.personId ?? null,
    ...(await filingFor(tx, input.personId ?? null, input.householdId ?? null)),
    team_id: input.teamId,
    assignee_id: null,
    state: 'new',
    due_on: input.dueOn,
    opened_at: tx.now,
    changed_at: tx.now,
    closed_at: null,
  };
  await tx.insertInto('office_case', [row]);
  const detail = {
    submissionId: input.submissionId,
    channel: input.channel,
    documents: input.documents,
    supplement: false,
  };
  await appendEvent(tx, actor, id, { kind: 'received', detail });
  return id;
}

export type Supplement = {
  readonly caseId: string;
  readonly submissionId: string;
  readonly channel: string;
  readonly documents: number;
  readonly itemId?: string;
  /** Nothing of it is new in the case: what it was sent for stays open until somebody has said whether it does. */
  readonly known?: boolean;
};

/**
 * Notes a further submission on a case; fulfils the required item it answers, unless it brings only what was there already. A closed
 * case opens again, because somebody has to look. Gives `not-found` when there is no such case.
 */
export async function attachSubmission(tx: Tx, actor: Actor, input: Supplement): Promise<'attached' | 'not-found'> {
  const db = tx.tables<CaseTables>();
  const found = await db
    .selectFrom('office_case')
    .select(['id', 'state', 'assignee_id'])
    .where('id', '=', input.caseId)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return 'not-found';
  const detail = {
    submissionId: input.submissionId,
    channel: input.channel,
    documents: input.documents,
    supplement: true,
  };
  await appendEvent(tx, actor, found.id, { kind: 'received', detail });
  const answer = { caseId: found.id, submissionId: input.submissionId };
  if (input.itemId !== undefined)
    await (input.known === true ? noteSentAgain : fulfil)(tx, actor, answer, input.itemId);
  const waiting = await db
    .selectFrom('required_item')
    .select('id')
    .where('case_id', '=', found.id)
    .where('fulfilled_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  const ended = found.state === 'closed' || found.state === 'decided';
  if (ended)
    await appendEvent(tx, { kind: 'system', name: 'intake' }, found.id, {
      kind: 'reopened',
      detail: { reason: 'supplement' },
    });
  const state = waiting !== undefined ? 'waiting' : found.assignee_id === null ? 'new' : 'working';
  await db
    .updateTable('office_case')
    .set({ state, changed_at: tx.now, closed_at: null })
    .where('id', '=', found.id)
    .execute();
  await recordAudit(tx, actor, {
    action: 'case.supplemented',
    subjectType: 'case',
    subjectId: found.id,
    caseId: found.id,
  });
  return 'attached';
}

async function fulfil(tx: Tx, actor: Actor, { caseId, submissionId }: Answer, itemId: string): Promise<void> {
  const item = await tx
    .tables<CaseTables>()
    .updateTable('required_item')
    .set({ fulfilled_at: tx.now, fulfilled_by: submissionId })
    .where('id', '=', itemId)
    .where('case_id', '=', caseId)
    .where('fulfilled_at', 'is', null)
    .returning(['id', 'what'])
    .executeTakeFirst();
  if (item === undefined) return;
  const detail = { itemId: item.id, what: item.what, submissionId };
  await appendEvent(tx, actor, caseId, { kind: 'item-fulfilled', detail });
}
