import type { Tx } from '../../platform/database/index.ts';
import type { AnswerValue } from '../forms/index.ts';
import type { ValueTarget } from './definition.ts';
import type { FieldTables } from './tables.ts';

/** What stands in a field of one thing. `value` is null where somebody emptied it. */
export type OwnValue = {
  readonly id: string;
  readonly fieldId: string;
  readonly subjectType: ValueTarget;
  readonly subjectId: string;
  readonly caseId: string;
  readonly value: AnswerValue | null;
  /** How often it was written. */
  readonly version: number;
  readonly definitionVersion: number;
  readonly writtenAt: Date;
  readonly writtenBy: string;
  readonly writtenName: string;
};

const columns = [
  'id',
  'field_id as fieldId',
  'subject_type as subjectType',
  'subject_id as subjectId',
  'case_id as caseId',
  'value',
  'version',
  'definition_version as definitionVersion',
  'written_at as writtenAt',
  'written_by as writtenBy',
  'written_name as writtenName',
] as const;

/** What stands in the fields of some things. Whether somebody may see the thing is for the caller to have asked. */
export async function valuesOf(tx: Tx, subjectIds: readonly string[]): Promise<OwnValue[]> {
  if (subjectIds.length === 0) return [];
  return tx
    .tables<FieldTables>()
    .selectFrom('own_field_value')
    .select(columns)
    .where('subject_id', 'in', [...subjectIds])
    .execute();
}

/** Values by their ids, and in the order of their ids for walks over all of them. */
export async function ownValues(tx: Tx, ids: readonly string[]): Promise<OwnValue[]> {
  if (ids.length === 0) return [];
  const query = tx.tables<FieldTables>().selectFrom('own_field_value').select(columns);
  return query.where('id', 'in', [...ids]).execute();
}

/** Everything that stands in one field. */
export const valuesOfField = (tx: Tx, fieldId: string): Promise<OwnValue[]> =>
  tx.tables<FieldTables>().selectFrom('own_field_value').select(columns).where('field_id', '=', fieldId).execute();

export const valuesAfter = (tx: Tx, after: string, size: number): Promise<OwnValue[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_value')
    .select(columns)
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .execute();

/** What stood in a field at one of its versions; undefined where that is not kept. */
export async function pastValue(
  tx: Tx,
  valueId: string,
  version: number,
): Promise<{ readonly value: AnswerValue | null } | undefined> {
  return tx
    .tables<FieldTables>()
    .selectFrom('own_field_past')
    .select('value')
    .where('value_id', '=', valueId)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** Everything that stood in some values, the newest first: for the person who asks, and for whoever asks why. */
export type PastValue = {
  readonly valueId: string;
  readonly version: number;
  readonly value: AnswerValue | null;
  readonly definitionVersion: number;
  readonly writtenAt: Date;
  readonly writtenName: string;
};

export async function pastValues(tx: Tx, valueIds: readonly string[]): Promise<PastValue[]> {
  if (valueIds.length === 0) return [];
  return tx
    .tables<FieldTables>()
    .selectFrom('own_field_past')
    .select([
      'value_id as valueId',
      'version',
      'value',
      'definition_version as definitionVersion',
      'written_at as writtenAt',
      'written_name as writtenName',
    ])
    .where('value_id', 'in', [...valueIds])
    .orderBy('version', 'desc')
    .execute();
}
