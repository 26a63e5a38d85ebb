import type { Tx } from '../../platform/database/index.ts';
import { allTeams } from '../settings/index.ts';
import type { OwnDefinition, Target } from './definition.ts';
import { isOwnSpot, placeFields, spots } from './spots.ts';
import type { VersionRow } from './store.ts';
import type { FieldTables } from './tables.ts';

/** A field that is in force. */
export type OwnField = {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly definition: OwnDefinition;
  /** The team of the case hides it for itself; only who asks for everything is given it. */
  readonly hidden?: boolean;
};

/** A field as those see it who set it up: in force, waiting or refused. */
export type ListedField = {
  readonly id: string;
  readonly key: string;
  readonly hidden: boolean;
  readonly position: number;
  readonly last: number;
  readonly current: VersionRow | undefined;
  /** A change that waits for the officer, or was refused last. */
  readonly pending: VersionRow | undefined;
};

/** All fields of the Jobcenter with everything about them, by what they hang on and in their order. */
export async function listedFields(tx: Tx): Promise<ListedField[]> {
  const db = tx.tables<FieldTables>();
  const fields = await db.selectFrom('own_field').selectAll().orderBy('position').orderBy('id').execute();
  const versions = await db
    .selectFrom('own_field_version as v')
    .innerJoin('own_field as f', 'f.id', 'v.field_id')
    .selectAll('v')
    .where((eb) =>
      eb.or([
        eb('v.version', '=', eb.ref('f.current')),
        eb('v.version', '=', eb.ref('f.last')),
        eb('v.state', '=', 'waiting'),
      ]),
    )
    .execute();
  return fields.map((field) => {
    const own = versions.filter((version) => version.field_id === field.id);
    const waiting = own.find((version) => version.state === 'waiting');
    const last = own.find((version) => version.version === field.last);
    return {
      id: field.id,
      key: field.key,
      hidden: field.hidden,
      position: field.position,
      last: field.last,
      current: own.find((version) => version.version === field.current),
      pending: waiting ?? (last?.state === 'refused' ? last : undefined),
    };
  });
}

/** What is shown of a field at most; more nobody reads. */
const mostVersions = 500;

/** Every change of a field, the newest first. */
export const fieldHistory = (tx: Tx, id: string): Promise<VersionRow[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_version')
    .selectAll()
    .where('field_id', '=', id)
    .orderBy('version', 'desc')
    .limit(mostVersions)
    .execute();

/** Where fields are asked for: what they hang on, the concern and the team of the case. */
export type Place = {
  readonly targets: readonly Target[];
  /** The concern of the case; undefined where there is no single case: then only fields for all concerns. */
  readonly concern?: string | undefined;
  /** The key of the team of the case; undefined: only fields for all teams. */
  readonly team?: string | undefined;
  /** With those that the team hides for itself, for who wants to see everything. */
  readonly all?: boolean | undefined;
};

/** Whether a field is for a concern and team. */
export function isFor({ concerns, team }: OwnDefinition, place: Pick<Place, 'concern' | 'team'>): boolean {
  const ofConcern = concerns.length === 0 || (place.concern !== undefined && concerns.includes(place.concern));
  return ofConcern && (team === null || team === place.team);
}

/** The fields that exist at a place, in their order: in force, not hidden, for this concern and team. The order is the team's, else the house's. */
export async function fieldsAt(tx: Tx, place: Place): Promise<OwnField[]> {
  const fields = (await fieldsInForce(tx, place.targets)).filter(({ definition }) => isFor(definition, place));
  const orders = fields.length === 0 || place.team === undefined ? [] : await ordersOfTeam(tx, place.team);
  if (orders.length === 0) return fields;
  return place.targets.flatMap((target) => {
    const here = fields.filter(({ definition }) => definition.target === target);
    const order = orders.find(({ spot }) => spot === `own-${target}`)?.entries;
    const placed = placeFields(
      here.map(({ key }) => ({ key, required: false })),
      undefined,
      order,
    );
    return placed
      .filter(({ hidden }) => !hidden || place.all === true)
      .flatMap(({ key, hidden }) => {
        const field = here.find((each) => each.key === key);
        return field === undefined ? [] : [{ ...field, hidden }];
      });
  });
}

/** How a team, by its key, orders own fields for itself. */
const ordersOfTeam = async (tx: Tx, key: string) => {
  const team = (await allTeams(tx)).find((each) => each.key === key);
  if (team === undefined) return [];
  return tx
    .tables<FieldTables>()
    .selectFrom('field_order')
    .select(['spot', 'entries'])
    .distinctOn('spot')
    .where('team_id', '=', team.id)
    .where('spot', 'in', spots.filter(isOwnSpot))
    .orderBy('spot')
    .orderBy('version', 'desc')
    .execute();
};

/** All fields of some targets that exist, whatever concern and team they are for. */
export async function fieldsInForce(tx: Tx, targets: readonly Target[]): Promise<OwnField[]> {
  if (targets.length === 0) return [];
  return tx
    .tables<FieldTables>()
    .selectFrom('own_field as f')
    .innerJoin('own_field_version as v', (join) =>
      join.onRef('v.field_id', '=', 'f.id').onRef('v.version', '=', 'f.current'),
    )
    .select(['f.id', 'f.key', 'v.version', 'v.definition'])
    .where('f.hidden', '=', false)
    .where('f.target', 'in', [...targets])
    .orderBy('f.position')
    .orderBy('f.id')
    .execute();
}
