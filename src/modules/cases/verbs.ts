import type { Actor } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseEvent } from './case-event.ts';
import { filingFor, leaveFile } from './case-file.ts';
import { followCase } from './day/follow-up.ts';
import type { NoteAbout } from './event-details.ts';
import { appendEvent } from './events.ts';
import type { CaseState, DecisionResult } from './office-case.ts';
import { statedName } from './stated-name.ts';
import type { CaseTables } from './tables.ts';

/** What a verb on a case comes to. `unchanged`: it was so already; verbs are idempotent. */
export type VerbOutcome = { readonly kind: 'done' } | { readonly kind: 'unchanged' } | { readonly kind: 'not-found' };

export type Act = { readonly actor: Actor; readonly reader: CaseReader; readonly caseId: string };
export type LockedCase = CaseTables['office_case'];

/** Locks the case for the verb, if the reader may see it. */
export const lockCase = (tx: Tx, act: Act): Promise<LockedCase | undefined> =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .selectAll()
    .where('id', '=', act.caseId)
    .where(visibleTo(act.reader))
    .forUpdate()
    .executeTakeFirst() as Promise<LockedCase | undefined>;

type Changes = {
  state?: CaseState;
  assignee_id?: string | null;
  team_id?: string;
  closed_at?: Date | null;
  person_id?: string | null;
  household_id?: string | null;
  file_id?: string;
  changed_at?: Date;
};

/** One change of a case: the row, the timeline and the audit log, together. */
export async function change(
  tx: Tx,
  act: Pick<Act, 'actor' | 'caseId'>,
  event: CaseEvent,
  changes: Changes,
): Promise<VerbOutcome> {
  await changeNoting(tx, act, event, changes);
  return { kind: 'done' };
}

/** The same, for who needs the id of the entry in the timeline. */
async function changeNoting(
  tx: Tx,
  act: Pick<Act, 'actor' | 'caseId'>,
  event: CaseEvent,
  changes: Changes,
): Promise<string> {
  await tx
    .tables<CaseTables>()
    .updateTable('office_case')
    .set({ ...changes, changed_at: tx.now })
    .where('id', '=', act.caseId)
    .execute();
  const eventId = await appendEvent(tx, act.actor, act.caseId, event);
  await recordAudit(tx, act.actor, {
    action: `case.${event.kind}`,
    subjectType: 'case',
    subjectId: act.caseId,
    caseId: act.caseId,
  });
  return eventId;
}

/** Puts into the timeline and the audit log what another module did to a case that it has locked. */
export const noteInCase = (tx: Tx, act: Pick<Act, 'actor' | 'caseId'>, event: CaseEvent): Promise<VerbOutcome> =>
  change(tx, act, event, {});

const begun = (state: CaseState): CaseState => (state === 'new' ? 'working' : state);

/** Gives the case to a member of staff, or back to the team with `null`. */
export async function assignCase(
  tx: Tx,
  act: Act,
  to: { readonly id: string; readonly name: string } | null,
): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.assignee_id === (to?.id ?? null)) return { kind: 'unchanged' };
  await followCase(tx, act, { teamId: found.team_id, assigneeId: to?.id ?? null });
  return change(
    tx,
    act,
    { kind: 'assigned', detail: { staffId: to?.id ?? null, name: to?.name ?? null } },
    { assignee_id: to?.id ?? null, state: begun(found.state) },
  );
}

/** Hands the case to another team, with its open doubts; the assignee of the old team is released. */
export async function moveToTeam(
  tx: Tx,
  act: Act,
  team: { readonly id: string; readonly name: string },
): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.team_id === team.id) return { kind: 'unchanged' };
  await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ team_id: team.id })
    .where('case_id', '=', act.caseId)
    .where('resolved_at', 'is', null)
    .execute();
  await followCase(tx, act, { teamId: team.id, assigneeId: null });
  return change(
    tx,
    act,
    { kind: 'team', detail: { teamId: team.id, name: team.name } },
    { team_id: team.id, assignee_id: null },
  );
}

/** A message to the person; they see it at once. */
export async function writeToClient(tx: Tx, act: Act, text: string): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  return change(tx, act, { kind: 'message-out', detail: { text } }, { state: begun(found.state) });
}

/** A note for the office; the person does not see it here, but may ask for the file (§ 25 SGB X). */
export async function addNote(
  tx: Tx,
  act: Act,
  text: string,
  about: Omit<NoteAbout, 'circle'> = {},
): Promise<{ readonly kind: 'done'; readonly noteId: string } | { readonly kind: 'not-found' }> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  return { kind: 'done', noteId: await changeNoting(tx, act, { kind: 'note', detail: { text, ...about } }, {}) };
}

/** Decides with a result and its reasons (§§ 33, 35 SGB X), and what was weighed where there is discretion (§ 39 SGB I). A case can be decided again; both decisions stay in the timeline. */
export async function decideCase(
  tx: Tx,
  act: Act,
  decision: { readonly result: DecisionResult; readonly reasons: string; readonly discretion?: string },
): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  return change(tx, act, { kind: 'decided', detail: decision }, { state: 'decided' });
}

/** Opens a decided or closed case again, with a reason. */
export async function reopenCase(tx: Tx, act: Act, reason: string): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state !== 'closed' && found.state !== 'decided') return { kind: 'unchanged' };
  return change(
    tx,
    act,
    { kind: 'reopened', detail: { reason } },
    { state: found.assignee_id === null ? 'new' : 'working', closed_at: null },
  );
}

/** A person at the office says who this is; `null` takes it back. Nothing else ever links a case to a person. */
export async function confirmPerson(
  tx: Tx,
  act: Act,
  person: {
    readonly id: string;
    readonly householdId: string | null;
    /** Family name, comma, given name. */
    readonly name: string;
    readonly birthDate: Day;
  } | null,
): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.person_id === (person?.id ?? null)) return { kind: 'unchanged' };
  const event: CaseEvent = {
    kind: 'person-confirmed',
    detail: { personId: person?.id ?? null, name: person?.name ?? '' },
  };
  // What nobody had stated (a letter, an e-mail) is what the office found out.
  const named =
    found.person_name === '' && person !== null ? { ...statedName(person.name), birth_date: person.birthDate } : {};
  const filing = await filingFor(tx, person?.id ?? null, person?.householdId ?? null);
  // Now it is known whose household this is: what is here twice can be seen.
  if (person !== null) await tx.enqueue('notice-case', { jobcenterId: tx.jobcenterId, caseId: act.caseId });
  // What was written in the case so far is found by the name now.
  if ('person_name' in named) await tx.enqueue('find-again', { jobcenterId: tx.jobcenterId, caseId: act.caseId });
  const outcome = await change(tx, act, event, { person_id: person?.id ?? null, ...filing, ...named });
  await leaveFile(tx, found.file_id, filing.file_id);
  return outcome;
}

/**
 * A message from the person, over the light access of the receipt. A decided or closed case opens again. `upTo` is the last message or letter
 * of the office that they had before them (empty: none); without it, it answers all of them.
 */
export async function clientWrites(
  tx: Tx,
  actor: Actor,
  caseId: string,
  text: string,
  upTo?: string,
): Promise<VerbOutcome> {
  const act: Act = { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } };
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const ended = found.state === 'closed' || found.state === 'decided';
  if (ended)
    await appendEvent(tx, { kind: 'system', name: 'portal' }, caseId, {
      kind: 'reopened',
      detail: { reason: 'message' },
    });
  const state = ended ? (found.assignee_id === null ? 'new' : 'working') : found.state;
  return change(
    tx,
    act,
    { kind: 'message-in', detail: { text, ...(upTo !== undefined && { upTo }) } },
    { state, closed_at: null },
  );
}
