import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { appointmentsToForget, forgetAppointments, hasAppointments } from '../../modules/appointments/index.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import {
  anotherCase,
  bankConfirmationsOf,
  type CasesOf,
  casesByIds,
  endOfCases,
  eventIds,
  type FiledCase,
  forgetCaseItself,
  forgetCaseWork,
  isAwaited,
  lockCase,
} from '../../modules/cases/index.ts';
import { circleNotesToForget, forgetCircleNotes, isInCircleNotes } from '../../modules/contacts/index.ts';
import { documentsByIds, eraseDocuments, forgetDocuments } from '../../modules/documents/index.ts';
import { forgetTalks } from '../../modules/employers/index.ts';
import { type FactHeirs, forgetFacts, forgetFactsRead, isInFacts } from '../../modules/facts/index.ts';
import {
  answerKey,
  forgetValues,
  listedFields,
  passValue,
  valuesOf,
  valuesThrough,
} from '../../modules/fields/index.ts';
import {
  copiesOf,
  type DueCase,
  dueOnOf,
  forgetDocument,
  forgetDocumentLines,
  forgetFile,
  forgetFilings,
  forgetPersonInExports,
  isCaseHeld,
  lockFile,
  retentionRules,
} from '../../modules/files/index.ts';
import { forgetDraftsWith } from '../../modules/forms/index.ts';
import { arrivalsOfCases, cameIn, forgetSubmissions, ownAnswersIn } from '../../modules/intake/index.ts';
import { forgetLetters, lettersToForget } from '../../modules/notices/index.ts';
import { belongsToHousehold, forgetHousehold, forgetPerson } from '../../modules/people/index.ts';
import { forgetPlan } from '../../modules/plans/index.ts';
import { forgetScanned, isInStack } from '../../modules/post/index.ts';
import { forgetFindablesOfCase } from '../../modules/search/index.ts';
import { forgetSubjects } from '../../modules/together/index.ts';
import { forgetPairs } from '../../modules/twice/index.ts';
import { forgetViews } from '../../modules/views/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { isAnyOpen, openInCase } from '../../surfaces/open-in-case.ts';

const actor = { kind: 'system', name: 'retention' } as const;
/** Papers of one case; more than this no case has. */
const mostPapers = 2_000;
/** What was typed and not sent, and what was put together, has days of its own, of which the longest are these; until then nothing of a case is due. */
const quietDays = 31;

/**
 * Whether a case is due now, by the rule that holds now. It is not as long as it is open, its file is held, one of its papers is still there, or one that
 * came with it and lies elsewhere, a letter waits for somebody, something is still to come in it,
 * the scan of a stack still shows a letter of it, or something in a field of its own is to be kept longer.
 */
export async function dueCaseNow(tx: Tx, caseId: string): Promise<(DueCase & { confirmedBy?: string }) | undefined> {
  const [place] = await casesByIds(tx, [caseId]);
  if (place === undefined || place.closedAt === null) return undefined;
  const rule = (await retentionRules(tx)).case;
  const closedOn = dayInGermany(place.closedAt);
  const today = dayInGermany(tx.now);
  const dueOn = dueOnOf(closedOn, rule.years);
  if (dueOn > today || addDays(closedOn, quietDays) > today || (await isKept(tx, place))) return undefined;
  const due = { caseId, number: place.number, closedOn, dueOn, years: rule.years, source: rule.source };
  // What nobody has ended is decided on by a person, also where the rule needs none.
  return rule.byItself && !isAnyOpen(await openInCase(tx, caseId)) ? { ...due, confirmedBy: rule.source } : due;
}

async function isKept(tx: Tx, place: FiledCase): Promise<boolean> {
  const today = dayInGermany(tx.now);
  if (await isCaseHeld(tx, place)) return true;
  const letters = await lettersToForget(tx, place.id);
  if (letters.waits || (await isAwaited(tx, place.id, today))) return true;
  if ((await appointmentsToForget(tx, place.id)).coming) return true;
  const came = await cameIn(tx, place.id);
  if (await isInStack(tx, place.id, { submissionIds: came.submissionIds, noticeIds: letters.noticeIds })) return true;
  const papers = await documentsByIds(tx, [
    ...(await arrivalsOfCases(tx, [place.id], mostPapers)).map((each) => each.documentId),
    ...came.documentIds,
    ...letters.sentDocumentIds,
  ]);
  return papers.some((paper) => paper.erasedAt === null) || (await fieldsKeep(tx, place));
}

/** Whether something in a field is to be kept longer, and would go with this case. */
async function fieldsKeep(tx: Tx, place: FiledCase): Promise<boolean> {
  const caseId = place.id;
  const values = await valuesThrough(tx, caseId);
  const answers = await ownAnswersIn(tx, caseId);
  if (values.length === 0 && answers.length === 0) return false;
  const fields = await listedFields(tx);
  const { closedAt: ended } = await endOfCases(tx, { of: 'case', id: caseId });
  for (const { field } of answers) {
    const definition = fields.find((each) => answerKey(each) === field)?.current?.definition;
    const until = dueOnOf(dayInGermany(ended ?? tx.now), definition?.years ?? 0);
    if (until > dayInGermany(tx.now)) return true;
  }
  const years = new Map(fields.map(({ id, current }) => [id, current?.definition.years ?? 0]));
  for (const value of values) {
    if ((await heirOf(tx, place, value, fields)) !== undefined) continue;
    const of: CasesOf = isOfCase(value.subjectType)
      ? { of: 'case', id: caseId }
      : { of: value.subjectType, id: value.subjectId };
    const { closedAt } = await endOfCases(tx, of);
    if (closedAt === null) return true;
    const until = dueOnOf(dayInGermany(closedAt ?? value.writtenAt), years.get(value.fieldId) ?? 0);
    if (until > dayInGermany(tx.now)) return true;
  }
  return false;
}

type Subject = {
  readonly fieldId: string;
  readonly subjectType: 'case' | 'note' | 'person' | 'household';
  readonly subjectId: string;
};
const isOfCase = (type: Subject['subjectType']): type is 'case' | 'note' => type === 'case' || type === 'note';

/** Another case through which somebody comes to what stands in a field of a person or a household; in a field of one team, one of that team. */
async function heirOf(
  tx: Tx,
  { id, teamId }: FiledCase,
  { fieldId, subjectType, subjectId }: Subject,
  fields: Awaited<ReturnType<typeof listedFields>>,
): Promise<string | undefined> {
  if (isOfCase(subjectType)) return undefined;
  const ofTeam = fields.find((each) => each.id === fieldId)?.current?.definition.team ?? null;
  return anotherCase(tx, id, { [subjectType]: subjectId, ...(ofTeam === null ? {} : { team: teamId }) });
}

/** Locks a case and its file: whoever opens it again or sets a hold at this moment comes before the deletion or after it, never in the middle. */
export async function lockCaseAndFile(tx: Tx, caseId: string): Promise<void> {
  const reader = { role: 'program', id: actor.name, teamIds: [] } as const;
  const found = await lockCase(tx, { actor, reader, caseId });
  if (found?.file_id) await lockFile(tx, found.file_id);
}

/**
 * Deletes a closed case whose deletion was confirmed, in one transaction: everything in it, the case itself, its file when it was the last one, and the
 * people of whom nothing else is left. Gives the names of bytes that are without a key now, to be removed after the commit. Callers have locked it and
 * asked `dueCaseNow`.
 */
export async function forgetCase(tx: Tx, due: DueCase): Promise<string[]> {
  const { caseId } = due;
  const [place] = await casesByIds(tx, [caseId]);
  if (place === undefined) return [];
  const { submissionIds, documentIds: arrived } = await cameIn(tx, caseId);
  const { noticeIds, documentIds: written } = await lettersToForget(tx, caseId);
  const scanned = await forgetScanned(tx, caseId, { submissionIds, noticeIds });
  const own = [...new Set([...arrived, ...written, ...scanned.documentIds])];
  const papers = [...(await copiesOf(tx, own)).map((each) => each.documentId), ...own];

  const { appointmentIds, personIds: met } = await appointmentsToForget(tx, caseId);
  const { noteIds, personIds: noted } = await circleNotesToForget(tx, caseId);
  const bankConfirmationIds = await bankConfirmationsOf(tx, caseId, submissionIds);
  const events = await eventIds(tx, caseId);
  const ids = [...submissionIds, ...papers, ...scanned.letterIds, ...appointmentIds, ...noteIds, ...events];
  ids.push(...(await forgetFields(tx, place)));
  await forgetPairs(tx, caseId, [...submissionIds, ...papers, caseId]);
  await forgetTalks(tx, caseId);
  await forgetViews(tx, caseId);
  ids.push(...(await forgetLetters(tx, caseId, noticeIds, { appointmentIds, bankConfirmationIds })));
  ids.push(...(await forgetPlan(tx, caseId)));
  const { factIds, personIds: known } = await forgetFacts(tx, caseId, await heirsOfFacts(tx, place));
  ids.push(...factIds, ...(await forgetCaseWork(tx, caseId, submissionIds, papers)));
  await forgetAppointments(tx, caseId);
  await forgetCircleNotes(tx, caseId);
  await forgetFindablesOfCase(tx, caseId);

  const blobs = await eraseDocuments(tx, papers);
  for (const id of papers) await forgetDocument(tx, id);
  await forgetFactsRead(tx, papers);
  await forgetDraftsWith(tx, papers);
  await forgetFilings(tx, caseId, await forgetSubmissions(tx, caseId, submissionIds, dayInGermany(tx.now)));
  await forgetDocumentLines(tx, papers);
  await forgetDocuments(tx, papers);
  await forgetSubjects(tx, caseId, ids);
  await forgetCaseItself(tx, caseId);

  blobs.push(...(await forgetWhoseItWas(tx, place, [...met, ...noted, ...known])));
  const detail = { dueOn: due.dueOn, years: due.years, submissions: submissionIds.length, papers: papers.length };
  await recordAudit(tx, actor, { action: 'case.deleted', subjectType: 'case', subjectId: caseId, caseId, detail });
  tx.touch(caseId);
  return blobs;
}

async function heirsOfFacts(tx: Tx, { id, fileId, teamId }: FiledCase): Promise<FactHeirs> {
  if (fileId === null) return { ofFile: undefined, ofTeam: undefined };
  const ofFile = await anotherCase(tx, id, { file: fileId });
  return { ofFile, ofTeam: await anotherCase(tx, id, { file: fileId, team: teamId }) };
}

/** What was written in fields through the case: on it and its notes it goes, on people and households it goes over to another case of theirs. */
async function forgetFields(tx: Tx, place: FiledCase): Promise<string[]> {
  const gone: string[] = [];
  const fields = await listedFields(tx);
  for (const value of await valuesThrough(tx, place.id)) {
    const heir = await heirOf(tx, place, value, fields);
    if (heir === undefined) gone.push(value.id);
    else await passValue(tx, value.id, heir);
  }
  await forgetValues(tx, gone);
  return gone;
}

/** The file, the household and the people, as far as nothing of them is left; gives the names of bytes without a key. */
async function forgetWhoseItWas(tx: Tx, place: FiledCase, mentioned: readonly string[]): Promise<string[]> {
  const { fileId, householdId } = place;
  const blobs: string[] = [];
  if (fileId !== null && (await anotherCase(tx, place.id, { file: fileId })) === undefined) {
    const exported = await forgetFile(tx, fileId);
    blobs.push(...(await eraseDocuments(tx, exported)));
    await forgetDocuments(tx, exported);
  }
  const people = new Set([...mentioned, ...(place.personId === null ? [] : [place.personId])]);
  if (householdId !== null && (await anotherCase(tx, place.id, { household: householdId })) === undefined) {
    for (const id of await forgetHousehold(tx, householdId)) people.add(id);
    await forgetSubject(tx, place.id, householdId);
  }
  for (const id of people) {
    if (await isNeeded(tx, place.id, id)) continue;
    await forgetSubject(tx, place.id, id);
    await forgetPersonInExports(tx, id);
    await forgetPerson(tx, id);
  }
  return blobs;
}

export async function forgetSubject(tx: Tx, caseId: string, subjectId: string): Promise<void> {
  const values = (await valuesOf(tx, [subjectId])).map((value) => value.id);
  await forgetValues(tx, values);
  await forgetSubjects(tx, caseId, [subjectId, ...values]);
}

/** Whether something of a person is left: a case, a household, or a word about them in a case of somebody else. */
export const isNeeded = async (tx: Tx, caseId: string, personId: string): Promise<boolean> =>
  (await anotherCase(tx, caseId, { person: personId })) !== undefined ||
  (await belongsToHousehold(tx, personId)) ||
  (await isInFacts(tx, personId)) ||
  (await isInCircleNotes(tx, personId)) ||
  (await hasAppointments(tx, personId));
