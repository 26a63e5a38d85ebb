import type { Actor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { allTeams } from '../settings/index.ts';
import { fieldsOfSpot, orderVersions } from './orders.ts';
import { type OrderEntry, placeFields, type Spot, shippedFields } from './spots.ts';
import type { FieldTables } from './tables.ts';

/** Who orders fields: a lead, for the house and for every team, as with what a view shows (docs/adr/0040). */
export type OrderAct = {
  readonly actor: Extract<Actor, { kind: 'staff' }>;
  readonly role: 'clerk' | 'lead';
  readonly teamIds: readonly string[];
};

export type OrderChange = {
  readonly spot: Spot;
  /** Null for the house. */
  readonly teamId: string | null;
  /** Every field of the place once, in the order wanted. */
  readonly entries: readonly OrderEntry[];
  readonly why: string;
  /** The newest version that its author had seen; 0 where there was none. */
  readonly seen: number;
};

export type Ordered =
  | { readonly kind: 'done' | 'unchanged' | 'not-found' | 'changed-meanwhile' }
  /** `field`: which one. `required`: it cannot be hidden; `unknown`: it is not of this place, or twice; `label`: a team renames nothing. */
  | { readonly kind: 'wrong'; readonly why: 'required' | 'unknown' | 'label' | 'reason'; readonly field: string };

/** Whether somebody may order and hide fields. */
export const mayOrder = (act: Pick<OrderAct, 'role'>): boolean => act.role === 'lead';

/** Whether somebody sees how fields are ordered, by whom and why: for the house (`null`) everybody, for a team who works in it, and leads. */
export const seesOrder = (act: Pick<OrderAct, 'role' | 'teamIds'>, teamId: string | null): boolean =>
  mayOrder(act) || teamId === null || act.teamIds.includes(teamId);

/**
 * Orders the fields of a place and hides some: a further version. It touches no value; for a team it changes the pages of its own cases alone.
 * For the house what comes with Tandem gets another name too.
 */
export async function orderFields(tx: Tx, act: OrderAct, change: OrderChange): Promise<Ordered> {
  const { spot, teamId, entries } = change;
  const there = teamId === null ? shippedFields[spot].length > 0 : (await allTeams(tx)).some((t) => t.id === teamId);
  if (!mayOrder(act) || !there) return { kind: 'not-found' };
  const versions = await orderVersions(tx, spot, teamId);
  const [newest] = versions;
  if ((newest?.version ?? 0) !== change.seen) return { kind: 'changed-meanwhile' };
  const problem = problemOf(change, await fieldsOfSpot(tx, spot, teamId));
  if (problem !== undefined) return problem;
  const before = newest?.entries ?? asEntries(await fieldsOfSpot(tx, spot, teamId));
  if (canonicalJson(before) === canonicalJson(entries)) return { kind: 'unchanged' };
  const id = tx.newId();
  const added = await tx
    .tables<FieldTables>()
    .insertInto('field_order')
    .values({
      id,
      spot,
      team_id: teamId,
      version: change.seen + 1,
      entries: JSON.stringify(entries),
      why: change.why,
      at: tx.now,
      staff_id: act.actor.id,
      staff_name: act.actor.name,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'changed-meanwhile' };
  await recordAudit(tx, act.actor, { action: 'field.ordered', subjectType: 'field-order', subjectId: id });
  return { kind: 'done' };
}

const asEntries = (fields: Parameters<typeof placeFields>[0]): OrderEntry[] =>
  placeFields(fields, undefined, undefined).map(({ key }) => ({ field: key, hidden: false }));

function problemOf(
  { entries, teamId, why }: OrderChange,
  fields: Parameters<typeof placeFields>[0],
): Extract<Ordered, { kind: 'wrong' }> | undefined {
  const of = (key: string) => fields.find((each) => each.key === key);
  const names = entries.map((each) => each.field);
  for (const { field, hidden, label } of entries) {
    if (of(field) === undefined || names.indexOf(field) !== names.lastIndexOf(field))
      return { kind: 'wrong', why: 'unknown', field };
    if (hidden && of(field)?.required) return { kind: 'wrong', why: 'required', field };
    if (label !== undefined && (teamId !== null || label.de === '')) return { kind: 'wrong', why: 'label', field };
  }
  return why === '' ? { kind: 'wrong', why: 'reason', field: '' } : undefined;
}
