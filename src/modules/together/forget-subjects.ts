import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { TogetherTables } from './tables.ts';

/** Forgets who wrote the fields of things that are gone, what somebody has typed into a form about one of them and not sent, and who is there. */
export async function forgetSubjects(tx: Tx, caseId: string, ids: readonly string[]): Promise<void> {
  const db = tx.tables<TogetherTables>();
  await db.deleteFrom('presence').where('case_id', '=', caseId).execute();
  await db
    .deleteFrom('field_version')
    .where('subject_id', 'in', [caseId, ...ids])
    .execute();
  const inPlace = sql<string>`substring(place from '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}')`;
  await db
    .deleteFrom('staff_draft')
    .where(inPlace, 'in', [caseId, ...ids])
    .execute();
}
