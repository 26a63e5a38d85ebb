import type { Tx } from '../../platform/database/index.ts';
import { checkOwnDefinition, type DefinitionProblem, type Known, type OwnDefinition } from './definition.ts';
import {
  addVersion,
  type FieldAct,
  type FieldRow,
  lockOwnField,
  needsApproval,
  sameDefinition,
  type VersionRow,
  versionOf,
  versionsSince,
  waitingVersion,
} from './store.ts';
import type { FieldTables } from './tables.ts';

export type FieldSaved =
  /** `waits`: it is for the data protection officer first; until then nothing changes for anybody. */
  | { readonly kind: 'saved'; readonly id: string; readonly waits: boolean }
  | { readonly kind: 'unchanged'; readonly id: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong'; readonly problems: readonly DefinitionProblem[] }
  /** Somebody else changed it since the form was opened. */
  | { readonly kind: 'conflict'; readonly theirs: VersionRow };

/** A key from the label: stable from then on, whatever the field is called later. */
const keyOf = (label: string, taken: ReadonlySet<string>): string => {
  const plain = label
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  const stem = plain.length < 2 ? 'feld' : plain;
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(key)) return key;
  }
};

/** Where a new field stands: behind the others of what it hangs on. Both are read under a lock, so two new fields never get one place. */
async function placeFor(tx: Tx, target: string): Promise<{ keys: Set<string>; position: number }> {
  const rows = await tx
    .tables<FieldTables>()
    .selectFrom('own_field')
    .select(['key', 'target', 'position'])
    .forUpdate()
    .execute();
  const positions = rows.filter((row) => row.target === target).map((row) => row.position);
  return { keys: new Set(rows.map((row) => row.key)), position: Math.max(0, ...positions) + 1 };
}

/** Adds a field. `key` is given by an import. */
export async function addField(
  tx: Tx,
  act: FieldAct,
  input: { readonly definition: OwnDefinition; readonly why: string; readonly key?: string; readonly hidden?: boolean },
  known: Known,
): Promise<FieldSaved> {
  if (act.role !== 'lead') return { kind: 'not-found' };
  const problems = checkOwnDefinition(input.definition, known);
  if (problems.length > 0) return { kind: 'wrong', problems };
  const { keys, position } = await placeFor(tx, input.definition.target);
  const field: FieldRow = {
    id: tx.newId(),
    key: input.key ?? keyOf(input.definition.label.de, keys),
    target: input.definition.target,
    position,
    hidden: input.hidden ?? false,
    current: null,
    last: 1,
    made_at: tx.now,
  };
  const added = await tx
    .tables<FieldTables>()
    .insertInto('own_field')
    .values(field)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody else was adding one of the same name in the same moment, and was first.
  if (added === undefined) return { kind: 'wrong', problems: [{ at: 'label.de', why: 'sameNow' }] };
  const waits = needsApproval([], input.definition);
  const change = input.key === undefined ? 'made' : 'imported';
  const state = waits ? 'waiting' : 'live';
  await addVersion(tx, act, { field: { ...field, last: 0 }, change, state, ...input, set: {} });
  return { kind: 'saved', id: field.id, waits };
}

/**
 * Changes what a field is. `opened`: the last version when the form was opened. What it hangs on and its kind stay, because its values
 * are of that kind; choices are removed by marking them.
 */
export async function changeField(
  tx: Tx,
  act: FieldAct,
  input: {
    readonly id: string;
    readonly opened: number;
    readonly definition: OwnDefinition;
    readonly why: string;
    readonly imported?: boolean;
  },
  known: Known,
): Promise<FieldSaved> {
  const field = act.role === 'lead' ? await lockOwnField(tx, input.id) : undefined;
  if (field === undefined) return { kind: 'not-found' };
  const current = field.current === null ? undefined : await versionOf(tx, field.id, field.current);
  const waiting = await waitingVersion(tx, field.id);
  const newest = waiting ?? current ?? (await versionOf(tx, field.id, field.last));
  if (newest === undefined) throw new Error('A field has a version.');
  const definition = withOldChoices(input.definition, [current, waiting, newest]);
  const inForce =
    waiting === undefined && current === undefined ? false : sameDefinition(definition, newest.definition);
  if (inForce) return { kind: 'unchanged', id: field.id };
  const problems = checkOwnDefinition(definition, known);
  if (current !== undefined && definition.target !== current.definition.target)
    problems.push({ at: 'target', why: 'targetStays' });
  if (current !== undefined && definition.kind !== current.definition.kind)
    problems.push({ at: 'kind', why: 'kindStays' });
  if (problems.length > 0) return { kind: 'wrong', problems };
  if (input.opened !== field.last) {
    const theirs = await versionOf(tx, field.id, field.last);
    if (theirs !== undefined) return { kind: 'conflict', theirs };
  }
  const since = await versionsSince(tx, field.id, field.current ?? 0);
  const waits = needsApproval([current?.definition, ...since.map((each) => each.definition)], definition);
  const change = input.imported ? 'imported' : 'changed';
  await addVersion(tx, act, {
    field,
    change,
    state: waits ? 'waiting' : 'live',
    definition,
    why: input.why,
    set: {},
  });
  return { kind: 'saved', id: field.id, waits };
}

/** Choices that are left out are removed, never forgotten: values that hold one stay readable. */
function withOldChoices(definition: OwnDefinition, before: readonly (VersionRow | undefined)[]): OwnDefinition {
  const choices = [...definition.choices];
  for (const old of before.flatMap((each) => each?.definition.choices ?? []))
    if (!choices.some((choice) => choice.key === old.key)) choices.push({ ...old, removed: true });
  return { ...definition, choices };
}
