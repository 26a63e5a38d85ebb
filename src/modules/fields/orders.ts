import type { Selectable } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { allTeams } from '../settings/index.ts';
import { fieldsInForce, type OwnField } from './queries.ts';
import {
  isOwnSpot,
  type OrderEntry,
  ownTargets,
  type PlacedField,
  placeFields,
  type ShippedField,
  type Spot,
  shippedFields,
} from './spots.ts';
import type { FieldTables } from './tables.ts';

export type OrderVersion = Selectable<FieldTables['field_order']>;

/** More versions than this nobody reads. */
const mostVersions = 200;

/** Every version of the order of a place, for the house (`null`) or a team, the newest first. */
export const orderVersions = (tx: Tx, spot: Spot, teamId: string | null): Promise<OrderVersion[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('field_order')
    .selectAll()
    .where('spot', '=', spot)
    .where('team_id', 'is not distinct from', teamId)
    .orderBy('version', 'desc')
    .limit(mostVersions)
    .execute();

/** The orders in force: of the house and, where there is one, of the team. */
export const ordersFor = (tx: Tx, teamId: string | null): Promise<OrderVersion[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('field_order')
    .selectAll()
    .distinctOn(['team_id', 'spot'])
    .where((eb) =>
      teamId === null ? eb('team_id', 'is', null) : eb.or([eb('team_id', 'is', null), eb('team_id', '=', teamId)]),
    )
    .orderBy('team_id')
    .orderBy('spot')
    .orderBy('version', 'desc')
    .execute();

/** The orders in force for everybody, for a file of fields. */
export const allOrders = (tx: Tx): Promise<OrderVersion[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('field_order')
    .selectAll()
    .distinctOn(['team_id', 'spot'])
    .orderBy('team_id')
    .orderBy('spot')
    .orderBy('version', 'desc')
    .execute();

export const entriesOf = (
  orders: readonly OrderVersion[],
  spot: Spot,
  teamId: string | null,
): readonly OrderEntry[] | undefined => orders.find((each) => each.spot === spot && each.team_id === teamId)?.entries;

/** What stands at a place at all: what comes with Tandem, or the own fields that hang there, in the order of the house. */
export async function fieldsOfSpot(tx: Tx, spot: Spot, teamId: string | null): Promise<readonly ShippedField[]> {
  return isOwnSpot(spot)
    ? (await ownOfSpot(tx, spot, teamId)).map(({ key }) => ({ key, required: false }))
    : shippedFields[spot];
}

/** The own fields that cases of a team can have at a place; none elsewhere. */
export async function ownOfSpot(tx: Tx, spot: Spot, teamId: string | null): Promise<OwnField[]> {
  if (!isOwnSpot(spot)) return [];
  const team = (await allTeams(tx)).find((each) => each.id === teamId)?.key;
  const fields = await fieldsInForce(tx, [ownTargets[spot]]);
  return fields.filter(({ definition }) => definition.team === null || definition.team === team);
}

/** How the fields that come with Tandem stand on the pages of the cases of a team. */
export type Placement = (spot: Spot) => readonly PlacedField[];

export async function placementFor(tx: Tx, teamId: string | null): Promise<Placement> {
  const orders = await ordersFor(tx, teamId);
  return (spot) =>
    placeFields(
      shippedFields[spot],
      entriesOf(orders, spot, null),
      teamId === null ? undefined : entriesOf(orders, spot, teamId),
    );
}
