import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { CaseReader } from '../cases/index.ts';
import type { PostTables } from './batch.ts';

/**
 * Which batches a reader may see, as a condition of the query: until a letter is filed nobody knows whose it is, so a stack is
 * open to the team that scanned it and to whoever brought it in, and to leads; a stack without a team to leads alone (§ 35 SGB I).
 */
export function batchVisibleTo(reader: CaseReader) {
  return (eb: ExpressionBuilder<PostTables, 'scan_batch'>): Expression<SqlBool> => {
    if (reader.role === 'lead') return eb.lit(true);
    if (reader.role === 'program') return eb.lit(false);
    const own = reader.teamIds.length > 0 ? [eb('scan_batch.team_id', 'in', [...reader.teamIds])] : [];
    return eb.or([...own, eb('scan_batch.created_by', '=', reader.id)]);
  };
}
