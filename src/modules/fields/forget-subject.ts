import type { Tx } from '../../platform/database/index.ts';
import type { FieldTables } from './tables.ts';
import type { OwnValue } from './values.ts';

const columns = ['id', 'field_id as fieldId', 'subject_type as subjectType', 'subject_id as subjectId'] as const;

/** What was last written through a case, wherever it hangs: on the case, its notes, or on a person or a household. */
export const valuesThrough = (
  tx: Tx,
  caseId: string,
): Promise<(Pick<OwnValue, 'id' | 'fieldId' | 'subjectType' | 'subjectId'> & { readonly writtenAt: Date })[]> =>
  tx
    .tables<FieldTables>()
    .selectFrom('own_field_value')
    .select([...columns, 'written_at as writtenAt'])
    .where('case_id', '=', caseId)
    .execute();

/** A value stays, and is found through another case from now on. */
export async function passValue(tx: Tx, id: string, caseId: string): Promise<void> {
  await tx.tables<FieldTables>().updateTable('own_field_value').set({ case_id: caseId }).where('id', '=', id).execute();
  await tx.enqueue('make-field-findable', { jobcenterId: tx.jobcenterId, valueId: id });
}

/** Deletes values with everything that stood there before. */
export async function forgetValues(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const db = tx.tables<FieldTables>();
  await db
    .deleteFrom('own_field_past')
    .where('value_id', 'in', [...ids])
    .execute();
  await db
    .deleteFrom('own_field_value')
    .where('id', 'in', [...ids])
    .execute();
}
