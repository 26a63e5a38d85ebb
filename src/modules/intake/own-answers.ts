import type { Tx } from '../../platform/database/index.ts';
import { isLanguage, translate } from '../../platform/i18n/index.ts';
import { keepFindable } from '../search/index.ts';
import type { JobcenterKeys } from '../settings/index.ts';
import { findableAnswers } from './findable.ts';
import { findSubmission } from './queries.ts';
import type { IntakeTables } from './submission.ts';

/** An answer to a question of the Jobcenter's own that is still there. `field`: its key among the answers. */
export type OwnAnswer = { readonly submissionId: string; readonly field: string; readonly caseId: string };

const answers = (tx: Tx) =>
  tx
    .tables<IntakeTables>()
    .selectFrom('own_answer as a')
    .innerJoin('submission as s', 's.id', 'a.submission_id')
    .select(['a.submission_id as submissionId', 'a.field', 's.case_id as caseId']);

/** Notes which answers of a submission have a time of their own. */
export const keepOwnAnswers = (tx: Tx, submissionId: string, fields: readonly string[]): Promise<void> =>
  tx.insertInto<IntakeTables['own_answer']>(
    'own_answer',
    fields.map((field) => ({ field, submission_id: submissionId })),
  );

/** Answers to one question, `size` after a submission. */
export const ownAnswersTo = (tx: Tx, field: string, after: string, size: number): Promise<OwnAnswer[]> =>
  answers(tx)
    .where('a.field', '=', field)
    .where('a.submission_id', '>', after)
    .orderBy('a.submission_id')
    .limit(size)
    .execute();

/** Answers to own questions that lie in a case. */
export const ownAnswersIn = (tx: Tx, caseId: string): Promise<OwnAnswer[]> =>
  answers(tx).where('s.case_id', '=', caseId).execute();

/**
 * Deletes one answer for good: from the answers, from what is frozen, and from what the search knows. What was asked stays, and a digest in the place of the
 * answer, so that the receipt stays true. The owner's function looks itself that the case is closed.
 */
export async function forgetOwnAnswer(tx: Tx, keys: Pick<JobcenterKeys, 'codes'>, answer: OwnAnswer): Promise<void> {
  const { submissionId, field } = answer;
  const language = (await findSubmission(tx, submissionId))?.language ?? 'de';
  const words = translate(isLanguage(language) ? language : 'de')('fields:forgotten');
  await tx.raw('select app.forget_answer($1, $2, $3)', [submissionId, field, words]);
  await tx
    .tables<IntakeTables>()
    .deleteFrom('own_answer')
    .where('submission_id', '=', submissionId)
    .where('field', '=', field)
    .execute();
  const left = await findSubmission(tx, submissionId);
  if (left !== undefined) await keepFindable(tx, keys, findableAnswers(left));
}
