import type { Selectable } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { isSensitive, type OwnDefinition } from './definition.ts';
import type { FieldTables, OwnChange } from './tables.ts';

/** Who sets fields up: leads only (docs/adr/0013). Everybody else is told that there is nothing here. */
export type FieldAct = {
  readonly actor: Extract<Actor, { kind: 'staff' }>;
  readonly role: 'clerk' | 'lead';
};

export type FieldRow = FieldTables['own_field'];
export type VersionRow = Selectable<FieldTables['own_field_version']>;

/** A field, locked for the change. */
export const lockOwnField = (tx: Tx, id: string): Promise<FieldRow | undefined> =>
  tx.tables<FieldTables>().selectFrom('own_field').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** One version of a field. */
export const versionOf = (tx: Tx, fieldId: string, version: number): Promise<VersionRow | undefined> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_version')
    .selectAll()
    .where('field_id', '=', fieldId)
    .where('version', '=', version)
    .executeTakeFirst();

/** Every version after the one in force, whatever became of it: what was refused as sensitive is asked about again. */
export const versionsSince = (tx: Tx, fieldId: string, version: number): Promise<VersionRow[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_version')
    .selectAll()
    .where('field_id', '=', fieldId)
    .where('version', '>', version)
    .execute();

/** The version that waits for the officer; there is one at most. */
export const waitingVersion = (tx: Tx, fieldId: string): Promise<VersionRow | undefined> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_version')
    .selectAll()
    .where('field_id', '=', fieldId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();

/** Equal when every word is: an import of what is there already changes nothing. */
export const sameDefinition = (a: OwnDefinition, b: OwnDefinition): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * Whether a change waits for the data protection officer: what becomes sensitive, what is, and what was or was refused as such. The last
 * closes the way of calling a field harmless so that more can be asked.
 */
export const needsApproval = (before: readonly (OwnDefinition | undefined)[], after: OwnDefinition): boolean =>
  [...before, after].some((each) => each !== undefined && isSensitive(each.category));

type NewVersion = {
  readonly field: FieldRow;
  readonly change: OwnChange;
  readonly state: 'live' | 'waiting';
  readonly definition: OwnDefinition;
  readonly why: string;
  readonly set: Partial<Pick<FieldRow, 'position' | 'hidden'>>;
};

/** Writes a version, brings it into force unless it waits, and notes it. A version that waited before is replaced by one of content. */
export async function addVersion(tx: Tx, act: FieldAct, added: NewVersion): Promise<number> {
  const db = tx.tables<FieldTables>();
  const { field, change, state, definition } = added;
  const { position = field.position, hidden = field.hidden } = added.set;
  const version = field.last + 1;
  if (change === 'made' || change === 'changed' || change === 'imported')
    await db
      .updateTable('own_field_version')
      .set({ state: 'replaced' })
      .where('field_id', '=', field.id)
      .where('state', '=', 'waiting')
      .execute();
  await db
    .insertInto('own_field_version')
    .values({
      field_id: field.id,
      version,
      change,
      state,
      definition: JSON.stringify(definition),
      position,
      hidden,
      why: added.why,
      at: tx.now,
      staff_id: act.actor.id,
      staff_name: act.actor.name,
      decided_at: null,
      decided_by: null,
      decided_name: null,
      decided_why: null,
    })
    .execute();
  const live = state === 'live' ? { current: version, target: definition.target } : {};
  await db
    .updateTable('own_field')
    .set({ last: version, position, hidden, ...live })
    .where('id', '=', field.id)
    .execute();
  // Another name or kind of data: what is found by its words is found by others now, or not at all.
  if (state === 'live' && (change === 'changed' || change === 'imported') && field.current !== null)
    await tx.enqueue('make-field-findable', { jobcenterId: tx.jobcenterId, fieldId: field.id });
  await noteField(tx, act.actor, `field.${change}`, field.id, version);
  return version;
}

/** Notes a change of a field, and tells open pages. */
export async function noteField(tx: Tx, actor: Actor, action: string, id: string, version: number): Promise<void> {
  await recordAudit(tx, actor, { action, subjectType: 'field', subjectId: id, detail: { version } });
}
