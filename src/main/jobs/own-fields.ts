import { z } from 'zod';
import { dayInGermany } from '../../kernel/dates.ts';
import { isId, lowestId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import { type CasesOf, casesByIds, endOfCases } from '../../modules/cases/index.ts';
import {
  answerKey,
  findableValue,
  forgetOwnValue,
  listedFields,
  type OwnDefinition,
  type OwnValue,
  ownValues,
  valuesAfter,
  valuesOfField,
} from '../../modules/fields/index.ts';
import { dueOnOf, isCaseHeld, lockFile } from '../../modules/files/index.ts';
import { forgetOwnAnswer, ownAnswersTo } from '../../modules/intake/index.ts';
import { forgetFindable, keepFindable } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { lockCaseAndFile } from './forget-case.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';
import { makeEventsFindable } from './make-findable.ts';

type Needed = Pick<Services, 'database' | 'keyring'>;
const portion = 200;

/** The definitions in force by the id of their field. */
async function definitions(tx: Tx): Promise<ReadonlyMap<string, OwnDefinition>> {
  const fields = await listedFields(tx);
  return new Map(
    fields.flatMap(({ id, current }) => (current === undefined ? [] : [[id, current.definition] as const])),
  );
}

/** Makes values findable by their words, those of a note with the note; those that must not be found are forgotten by the search. */
export async function makeValuesFindable(tx: Tx, { keyring }: Needed, ids: readonly string[]): Promise<void> {
  const keys = await keyring.of(tx.jobcenterId);
  const known = await definitions(tx);
  const values = await ownValues(tx, ids);
  const notes = new Set(values.flatMap((value) => (value.subjectType === 'note' ? [value.subjectId] : [])));
  await makeEventsFindable(tx, { keyring }, [...notes]);
  for (const value of values.filter((each) => each.subjectType !== 'note')) {
    const [place] = await casesByIds(tx, [value.caseId]);
    const definition = known.get(value.fieldId);
    const found =
      definition === undefined || place === undefined ? undefined : findableValue(value, definition, place.concern);
    if (found === undefined) await forgetFindable(tx, value.id);
    else await keepFindable(tx, keys, found);
  }
}

const id = z.string().refine(isId);
const payload = z.union([z.object({ jobcenterId: id, valueId: id }), z.object({ jobcenterId: id, fieldId: id })]);

/** A value was written, or a field became another one. */
export const makeFieldFindable =
  (services: Needed) =>
  async (raw: unknown): Promise<void> => {
    const about = payload.parse(raw);
    await services.database.tenant(about.jobcenterId, async (tx) =>
      makeValuesFindable(
        tx,
        services,
        'valueId' in about ? [about.valueId] : (await valuesOfField(tx, about.fieldId)).map((each) => each.id),
      ),
    );
  };

/** Every night: deletes values, and answers to own questions of online forms, whose time has come, by the rule of their field. What is under a hold stays. */
export const forgetOwnFields = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    let forgotten = 0;
    for (let after: string | undefined = lowestId(new Date(0)); after !== undefined; )
      after = await services.database.tenant(jobcenter.id, async (tx): Promise<string | undefined> => {
        const known = await definitions(tx);
        const values = await valuesAfter(tx, after ?? '', portion);
        for (const value of values) {
          const years = known.get(value.fieldId)?.years;
          if (years === undefined || !(await isDue(tx, value, years))) continue;
          await forgetOwnValue(tx, value);
          forgotten += 1;
        }
        return values.at(-1)?.id;
      });
    const answers = await forgetOwnAnswers(services, jobcenter.id);
    services.log.info({ jobcenter: jobcenter.key, forgotten, answers }, 'own fields forgotten');
  });

/** Answers in online forms count from the end of the case they lie in now; as long as that is open they stay. Gives how many were deleted. */
async function forgetOwnAnswers(services: JobServices, jobcenterId: string): Promise<number> {
  const keys = await services.keyring.of(jobcenterId);
  const fields = await services.database.tenant(jobcenterId, listedFields);
  let forgotten = 0;
  for (const { key, current } of fields) {
    if (current?.definition.target !== 'form') continue;
    const { years } = current.definition;
    for (let after: string | undefined = lowestId(new Date(0)); after !== undefined; )
      after = await services.database.tenant(jobcenterId, async (tx): Promise<string | undefined> => {
        const answers = await ownAnswersTo(tx, answerKey({ key }), after ?? '', portion);
        for (const answer of answers) {
          const { caseId, submissionId } = answer;
          const over = () => isOver(tx, { of: 'case', id: caseId }, years);
          if (!(await over())) continue;
          await lockCaseAndFile(tx, caseId); // who opens it again waits, or was first
          if (!(await over())) continue;
          await forgetOwnAnswer(tx, keys, answer);
          const entry = { action: 'field.answer-erased', subjectType: 'submission', subjectId: submissionId, caseId };
          await recordAudit(tx, { kind: 'system', name: 'retention' }, entry);
          tx.touch(caseId);
          forgotten += 1;
        }
        return answers.at(-1)?.submissionId;
      });
  }
  return forgotten;
}

/** Whole years after the year in which the last case of what it hangs on was closed; without any case, after it was written. */
function isDue(tx: Tx, value: OwnValue, years: number): Promise<boolean> {
  const of: CasesOf =
    value.subjectType === 'note' ? { of: 'case', id: value.caseId } : { of: value.subjectType, id: value.subjectId };
  return isOver(tx, of, years, value.writtenAt);
}

async function isOver(tx: Tx, of: CasesOf, years: number, writtenAt?: Date): Promise<boolean> {
  const { closedAt, cases } = await endOfCases(tx, of);
  const from = closedAt === undefined ? writtenAt : closedAt;
  if (from === null || from === undefined) return false;
  if (dueOnOf(dayInGermany(from), years) > dayInGermany(tx.now)) return false;
  for (const place of cases) {
    if (place.fileId !== null) await lockFile(tx, place.fileId); // who puts a hold on it waits, or was first
    if (await isCaseHeld(tx, place)) return false;
  }
  return true;
}
