import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { forgetFindable } from '../search/index.ts';
import type { FieldTables } from './tables.ts';
import type { OwnValue } from './values.ts';

/**
 * Deletes a value with everything that stood there before (Art. 17 (1) a DSGVO). What stays is the line that it was deleted, without
 * what it said.
 */
export async function forgetOwnValue(tx: Tx, value: OwnValue): Promise<void> {
  const db = tx.tables<FieldTables>();
  await db.deleteFrom('own_field_past').where('value_id', '=', value.id).execute();
  await db.deleteFrom('own_field_value').where('id', '=', value.id).execute();
  await forgetFindable(tx, value.id);
  const actor = { kind: 'system', name: 'retention' } as const;
  const erased = { action: 'field.value-erased', subjectType: 'field', subjectId: value.fieldId };
  if (value.subjectType === 'note') {
    // The note may be one of a circle, of which nothing of the case tells. What it was found by stands in the note's own entry.
    await recordAudit(tx, actor, erased);
    await tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, eventId: value.subjectId });
    return;
  }
  await recordAudit(tx, actor, { ...erased, caseId: value.caseId });
  tx.touch(value.caseId);
}
