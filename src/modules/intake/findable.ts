import type { Json } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { answerLines } from '../forms/index.ts';
import type { StatedPerson } from '../people/index.ts';
import type { Findable } from '../search/index.ts';
import type { IntakeTables } from './submission.ts';

type Said = {
  readonly id: string;
  readonly caseId: string;
  readonly concern: string;
  readonly receivedAt: Date;
  readonly person: StatedPerson;
  readonly answers: Json;
  readonly frozen: Json;
};

/** Of an e-mail that is not in German: its language, as it was told when it came. */
const languagesIn = (answers: Json): string[] => {
  const { mailLanguage } = (answers ?? {}) as { readonly mailLanguage?: Json };
  return typeof mailLanguage === 'string' ? [mailLanguage] : [];
};

/** The answers of a submission as the search finds them: what was said, not what was asked, and by whom. */
export const findableAnswers = ({ id, caseId, concern, receivedAt, person, answers, frozen }: Said): Findable => ({
  id,
  kind: 'answers',
  caseId,
  topic: concern,
  author: 'client',
  at: receivedAt,
  head: `${person.givenName} ${person.familyName}`,
  languages: languagesIn(answers),
  text: [person.birthDate ?? '', person.fileNumber ?? '', ...answerLines(frozen).map(({ text }) => text)].join('\n'),
});

/** Whose a paper is and what it came for, as the search knows it; undefined while it lies in a draft only. */
export async function originOfPaper(
  tx: Tx,
  documentId: string,
): Promise<Pick<Findable, 'caseId' | 'topic' | 'author' | 'at'> | undefined> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('submission_document as d')
    .innerJoin('submission as s', 's.id', 'd.submission_id')
    .select(({ fn }) => [
      fn.coalesce('d.filed_in', 's.case_id').as('caseId'),
      's.concern as topic',
      's.received_at as at',
    ])
    .where('d.document_id', '=', documentId)
    .orderBy('s.id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, author: 'client' };
}
