import type { Tx } from '../../platform/database/index.ts';
import { sharedKinds } from './fact.ts';
import type { FactTables } from './tables.ts';

/** Cases of the same file to which facts go over: of the same team, and of any. */
export type FactHeirs = { readonly ofTeam: string | undefined; readonly ofFile: string | undefined };

/**
 * Deletes the facts of a case whose deletion was confirmed. What still holds goes over to another case of the same file, as long as there is one: the
 * office works with it there. Kinds that serve everybody go to the newest, others to none that another team sees (§ 35 SGB I). Facts of other cases that gave way to one of these are over without it. Gives the ids of those that are gone
 * and the people they were about.
 */
export async function forgetFacts(
  tx: Tx,
  caseId: string,
  heirs: FactHeirs,
): Promise<{ readonly factIds: readonly string[]; readonly personIds: readonly string[] }> {
  const passed = new Set([heirs.ofFile, heirs.ofTeam].filter((heir) => heir !== undefined));
  for (const heir of passed) {
    await tx.raw('select app.pass_facts($1, $2, $3)', [caseId, heir, [...sharedKinds]]);
    tx.touch(heir); // boards that are open there
  }
  const db = tx.tables<FactTables>();
  const own = db.selectFrom('fact').select('id').where('case_id', '=', caseId);
  await db
    .updateTable('fact')
    .set({ closed_as: 'ended', replaced_by: null })
    .where('case_id', '!=', caseId)
    .where('replaced_by', 'in', own)
    .execute();
  const gone = await db.deleteFrom('fact').where('case_id', '=', caseId).returning(['id', 'person_id']).execute();
  return { factIds: gone.map((row) => row.id), personIds: gone.flatMap((row) => row.person_id ?? []) };
}

/** Whether something that the office knows is about a person. */
export const isInFacts = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx
    .tables<FactTables>()
    .selectFrom('fact')
    .select('id')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Papers that are no more were read for facts by no method. */
export async function forgetFactsRead(tx: Tx, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return;
  await tx
    .tables<FactTables>()
    .deleteFrom('facts_read')
    .where('document_id', 'in', [...documentIds])
    .execute();
}
