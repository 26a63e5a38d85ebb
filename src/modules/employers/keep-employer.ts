import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { allStaff } from '../identity/index.ts';
import { soundOf } from '../people/index.ts';
import { alikeText, type Employer, type EmployerSaid, employerFields, mergeSaid, searchText } from './employer.ts';
import { employerRows } from './queries.ts';
import type { EmployerTables } from './tables.ts';

/** Who does something: everybody who works in the Jobcenter may, for nothing here tells of a person who is helped. */
export type EmployerAct = { readonly actor: Extract<Actor, { kind: 'staff' }> };

export type EmployerKept =
  | { readonly kind: 'done' | 'unchanged'; readonly id: string }
  /** `merged`: it is another one of the list by now, and is changed there. */
  | { readonly kind: 'not-found' | 'merged' }
  | { readonly kind: 'wrong'; readonly field: 'name' | 'carerId' }
  /** Somebody else wrote the same fields since the form was opened; nothing was kept. */
  | { readonly kind: 'conflict'; readonly fields: readonly (keyof EmployerSaid)[]; readonly now: Employer };

/** What open pages of the list and its records listen to: that something changed there, and not what. */
export const employersTopic = (jobcenterId: string): string => `employers:${jobcenterId}`;

/** What an open page of one employer listens to. */
export const employerTopic = (id: string): string => `employer:${id}`;

/** Notes that something of an employer changed, and tells open pages so; what it says now stands in the row alone. */
export const noteEmployer = (
  tx: Tx,
  { actor }: EmployerAct,
  action: string,
  id: string,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> => {
  tx.touch(employersTopic(tx.jobcenterId));
  tx.touch(employerTopic(id));
  return recordAudit(tx, actor, { action, subjectType: 'employer', subjectId: id, detail });
};

async function wrongIn(tx: Tx, said: EmployerSaid): Promise<'name' | 'carerId' | undefined> {
  if (searchText({ name: said.name, place: '' }) === '') return 'name';
  const known = said.carerId === '' || (await allStaff(tx)).some((each) => each.id === said.carerId);
  return known ? undefined : 'carerId';
}

const columns = (tx: Tx, { actor }: EmployerAct, { carerId, ...said }: EmployerSaid) => ({
  ...said,
  carer_id: carerId === '' ? null : carerId,
  search: searchText(said),
  sound: soundOf(searchText(said)),
  alike: alikeText(said),
  changed_at: tx.now,
  changed_by: actor.id,
});

/** Takes an employer into the list. Another one of the same name is no obstacle: `doublesOf` says that there is one. */
export async function addEmployer(tx: Tx, act: EmployerAct, said: EmployerSaid): Promise<EmployerKept> {
  const field = await wrongIn(tx, said);
  if (field !== undefined) return { kind: 'wrong', field };
  const id = tx.newId();
  await tx
    .tables<EmployerTables>()
    .insertInto('employer')
    .values({
      id,
      ...columns(tx, act, said),
      made_at: tx.now,
      made_by: act.actor.id,
      merged_into: null,
      merged_at: null,
      merged_by: null,
    })
    .execute();
  await noteEmployer(tx, act, 'employer.added', id);
  return { kind: 'done', id };
}

/** An employer, locked until the end of the transaction. */
export const lockEmployer = (tx: Tx, id: string): Promise<Employer | undefined> =>
  employerRows(tx).where('id', '=', id).forUpdate().executeTakeFirst();

/** Changes what stands about an employer. `opened`: what the form showed when it was opened. */
export async function changeEmployer(
  tx: Tx,
  act: EmployerAct,
  id: string,
  { opened, mine }: { readonly opened: EmployerSaid; readonly mine: EmployerSaid },
): Promise<EmployerKept> {
  const now = await lockEmployer(tx, id);
  if (now === undefined) return { kind: 'not-found' };
  if (now.mergedInto !== null) return { kind: 'merged' };
  const { value, conflicts } = mergeSaid<EmployerSaid>(employerFields, { opened, now, mine });
  if (conflicts.length > 0) return { kind: 'conflict', fields: conflicts, now };
  const field = await wrongIn(tx, value);
  if (field !== undefined) return { kind: 'wrong', field };
  const changed = employerFields.filter((each) => value[each] !== now[each]);
  if (changed.length === 0) return { kind: 'unchanged', id };
  const { kind, name, place, sector, wants, carerId } = value;
  await tx
    .tables<EmployerTables>()
    .updateTable('employer')
    .set(columns(tx, act, { kind, name, place, sector, wants, carerId }))
    .where('id', '=', id)
    .execute();
  await noteEmployer(tx, act, 'employer.changed', id, { fields: changed.join(', ') });
  return { kind: 'done', id };
}
