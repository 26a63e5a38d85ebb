import type { Tx } from '../../platform/database/index.ts';
import type { Employer } from './employer.ts';
import type { EmployerTables } from './tables.ts';

/** Employers for the queries of this module, merged ones too. */
export const employerRows = (tx: Tx) =>
  tx
    .tables<EmployerTables>()
    .selectFrom('employer')
    .select((eb) => [
      'id',
      'kind',
      'name',
      'place',
      'sector',
      'wants',
      eb.fn.coalesce(eb.cast<string>('carer_id', 'text'), eb.val('')).as('carerId'),
      'changed_at as changedAt',
      'changed_by as changedBy',
      'merged_into as mergedInto',
    ]);

/** One employer, also one that was merged into another. */
export const findEmployer = (tx: Tx, id: string): Promise<Employer | undefined> =>
  employerRows(tx).where('id', '=', id).executeTakeFirst();

/** More merges in a row than this nobody makes. */
const longest = 20;

/** The employers of the list that are meant by some ids: one that was merged into another is that other one. */
export async function employersMeant(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Employer>> {
  const known = new Map<string, Employer>();
  let open = [...new Set(ids)];
  for (let step = 0; open.length > 0 && step < longest; step += 1) {
    for (const row of await employerRows(tx).where('id', 'in', open).execute()) known.set(row.id, row);
    open = [...new Set([...known.values()].flatMap(({ mergedInto }) => mergedInto ?? []))].filter(
      (id) => !known.has(id),
    );
  }
  const meant = (id: string): Employer | undefined => {
    let found = known.get(id);
    for (let step = 0; found?.mergedInto != null && step < longest; step += 1) found = known.get(found.mergedInto);
    return found;
  };
  return new Map(ids.flatMap((id) => (meant(id) === undefined ? [] : [[id, meant(id) as Employer]])));
}

/** The ids under which things of an employer are kept: its own, and those of whatever was merged into it. */
export async function idsOfEmployer(tx: Tx, id: string): Promise<string[]> {
  const ids = [id];
  for (let from = 0; from < ids.length && ids.length < 1_000; ) {
    const open = ids.slice(from);
    from = ids.length;
    const rows = await tx
      .tables<EmployerTables>()
      .selectFrom('employer')
      .select('id')
      .where('merged_into', 'in', open)
      .execute();
    ids.push(...rows.map((row) => row.id).filter((each) => !ids.includes(each)));
  }
  return ids;
}

/** What was merged into an employer by itself, to be taken out again. */
export const mergedInto = (tx: Tx, id: string): Promise<Employer[]> =>
  employerRows(tx).where('merged_into', '=', id).orderBy('merged_at').orderBy('id').execute();

/** Others of the list with the same name at the same place: probably the same one. */
export async function doublesOf(tx: Tx, id: string): Promise<Employer[]> {
  return employerRows(tx)
    .where('merged_into', 'is', null)
    .where('id', '<>', id)
    .where('alike', '=', (eb) => eb.selectFrom('employer as own').select('own.alike').where('own.id', '=', id))
    .orderBy('id')
    .limit(20)
    .execute();
}

/** Another text after every change of the list, or of some of it, or of the people there, so that an open page knows whether it missed one. */
export async function employersStamp(tx: Tx, ids?: readonly string[]): Promise<string> {
  const db = tx.tables<EmployerTables>();
  const list = await db
    .selectFrom('employer')
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .select(({ fn }) => [
      fn.countAll<string>().as('rows'),
      fn.count<string>('merged_into').as('merged'),
      fn.max('changed_at').as('changed'),
      fn.max('merged_at').as('mergedAt'),
    ])
    .executeTakeFirstOrThrow();
  const people = await db
    .selectFrom('employer_contact')
    .$if(ids !== undefined, (query) => query.where('employer_id', 'in', [...(ids ?? [])]))
    .select(({ fn }) => [
      fn.countAll<string>().as('rows'),
      fn.max('made_at').as('made'),
      fn.max('confirmed_on').as('confirmed'),
    ])
    .executeTakeFirstOrThrow();
  return [
    list.rows,
    list.merged,
    list.changed?.getTime() ?? '',
    list.mergedAt?.getTime() ?? '',
    people.rows,
    people.made?.getTime() ?? '',
    people.confirmed ?? '',
  ].join('-');
}
