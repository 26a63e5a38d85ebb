import type { Tx } from '../../platform/database/index.ts';
import type { EmployerTables } from './tables.ts';

/** Forgets which notes of a case that is deleted were about talks with employers. */
export async function forgetTalks(tx: Tx, caseId: string): Promise<void> {
  await tx.tables<EmployerTables>().deleteFrom('employer_note').where('case_id', '=', caseId).execute();
}
