import type { Tx } from '../../platform/database/index.ts';
import { addVersion, type FieldAct, type FieldRow, lockOwnField, versionOf } from './store.ts';
import type { FieldTables } from './tables.ts';

export type Arranged = 'done' | 'unchanged' | 'not-found';

/** Takes a field out of every page, or brings it back. What was written in it stays; so does its place. */
export async function hideField(
  tx: Tx,
  act: FieldAct,
  input: { readonly id: string; readonly hidden: boolean; readonly why: string },
): Promise<Arranged> {
  const field = act.role === 'lead' ? await lockOwnField(tx, input.id) : undefined;
  if (field === undefined || field.current === null) return 'not-found';
  if (field.hidden === input.hidden) return 'unchanged';
  await arrange(tx, act, field, input.hidden ? 'hidden' : 'shown', input.why, { hidden: input.hidden });
  return 'done';
}

/** Moves a field one place up or down among those that hang on the same thing. `unchanged`: it is the first or last already. */
export async function moveField(
  tx: Tx,
  act: FieldAct,
  input: { readonly id: string; readonly to: 'up' | 'down'; readonly why: string },
): Promise<Arranged> {
  if (act.role !== 'lead') return 'not-found';
  const rows = (await tx
    .tables<FieldTables>()
    .selectFrom('own_field')
    .selectAll()
    .where('current', 'is not', null)
    .orderBy('position')
    .orderBy('id')
    .forUpdate()
    .execute()) as FieldRow[];
  const field = rows.find((row) => row.id === input.id);
  if (field === undefined) return 'not-found';
  const beside = rows.filter((row) => row.target === field.target);
  const other = beside[beside.indexOf(field) + (input.to === 'up' ? -1 : 1)];
  if (other === undefined) return 'unchanged';
  // Two fields never share a place for long: where they do, the one that moves takes the next free side of it.
  const [mine, theirs] =
    other.position === field.position
      ? [field.position + (input.to === 'up' ? -1 : 1), other.position]
      : [other.position, field.position];
  await arrange(tx, act, field, 'moved', input.why, { position: mine });
  if (theirs !== other.position) await arrange(tx, act, other, 'moved', input.why, { position: theirs });
  return 'done';
}

async function arrange(
  tx: Tx,
  act: FieldAct,
  field: FieldRow,
  change: 'hidden' | 'shown' | 'moved',
  why: string,
  set: Partial<Pick<FieldRow, 'position' | 'hidden'>>,
): Promise<void> {
  const current = await versionOf(tx, field.id, field.current ?? 0);
  if (current === undefined) throw new Error('A field in force has a version.');
  await addVersion(tx, act, { field, change, state: 'live', definition: current.definition, why, set });
}
