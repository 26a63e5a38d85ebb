import type { Tx } from '../../platform/database/index.ts';
import type { CheckResult } from './office-case.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** What somebody checked: the matter, its result, and what it rests on. The office finds out the facts itself (§ 20 SGB X). */
export type CaseCheck = {
  readonly id: string;
  readonly what: string;
  readonly result: CheckResult;
  /** What the result rests on, in words: a paper, an answer, a register, a paragraph. */
  readonly source: string;
  /** The paper of the case that shows it, if it is one. */
  readonly documentId: string | null;
  /** The earlier check of the same matter whose place it takes. */
  readonly replaces: string | null;
  readonly madeAt: Date;
  readonly madeByName: string;
};

/** Every check of a case, in the order in which they were made; the caller has asked whether its reader may see the case. */
export const caseChecks = (tx: Tx, caseId: string): Promise<CaseCheck[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('case_check')
    .select([
      'id',
      'what',
      'result',
      'source',
      'document_id as documentId',
      'replaces',
      'made_at as madeAt',
      'made_by_name as madeByName',
    ])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();

/** Those that hold: no later check has taken their place. */
export const standingChecks = (checks: readonly CaseCheck[]): CaseCheck[] =>
  checks.filter(({ id }) => !checks.some((later) => later.replaces === id));

export type NewCheck = Pick<CaseCheck, 'what' | 'result' | 'source' | 'documentId' | 'replaces'>;

/**
 * Keeps what was checked. It is never changed: a later check of the same matter takes its place, and the earlier one stays readable.
 * `ended`: somebody else has already put one in that place.
 */
export async function addCheck(
  tx: Tx,
  act: Act & { readonly staffId: string; readonly staffName: string },
  check: NewCheck,
): Promise<VerbOutcome | { readonly kind: 'ended' }> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const known = await caseChecks(tx, act.caseId);
  if (check.replaces !== null) {
    if (!known.some(({ id }) => id === check.replaces)) return { kind: 'not-found' };
    if (known.some(({ replaces }) => replaces === check.replaces)) return { kind: 'ended' };
  }
  await tx
    .tables<CaseTables>()
    .insertInto('case_check')
    .values({
      id: tx.newId(),
      case_id: act.caseId,
      what: check.what,
      result: check.result,
      source: check.source,
      document_id: check.documentId,
      replaces: check.replaces,
      made_at: tx.now,
      made_by: act.staffId,
      made_by_name: act.staffName,
    })
    .execute();
  const { what, result, source } = check;
  return change(tx, act, { kind: 'checked', detail: { what, result, source } }, {});
}
