import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { takeAppointmentsAlong } from '../../../modules/appointments/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { findDocument, type LetterKind, letterKinds, type PreparedDocument } from '../../../modules/documents/index.ts';
import type { FormDefinition, FrozenAnswers } from '../../../modules/forms/index.ts';
import { findSubmission } from '../../../modules/intake/index.ts';
import { householdOf, peopleByIds, type StatedPerson } from '../../../modules/people/index.ts';
import {
  correctFiling,
  type Filed,
  fileLetter,
  findLetter,
  letterPdf,
  pagesOfLetter,
  type ScanBatch,
  type ScanLetter,
  type ScanPage,
} from '../../../modules/post/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import type { MediaType } from '../../../platform/media/index.ts';
import { type FieldProblem, fieldId, formatDate } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { parseDay } from '../parse.ts';
import { dropNamed } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { letterPage } from './letter.tsx';
import { placeAfter } from './verbs.ts';

/** Papers of the office are in German; the receipt of a letter goes to somebody who wrote in German. */
const language = 'de';

/** A letter of a stack with its pages, for whoever may see it. */
export type Found = { readonly letter: ScanLetter; readonly batch: ScanBatch; readonly pages: readonly ScanPage[] };

/** Enter: takes the letter as it stands on the page. Nothing is filed without it. */
export async function confirmLetter(visit: StaffVisit): Promise<Response> {
  const found = await foundLetter(visit);
  if (found === undefined) return notFound(visit);
  if (found.letter.state === 'filed' || found.letter.state === 'returned') return goOn(visit, found);
  return found.letter.submissionId === null ? fileNow(visit, found) : correct(visit, found);
}

/** The letter that the address names. */
export async function foundLetter(visit: StaffVisit): Promise<Found | undefined> {
  const id = visit.c.req.param('id');
  if (!isId(id)) return undefined;
  return inTenant(visit, async (tx) => {
    const seen = await findLetter(tx, visit.reader, id);
    return seen === undefined ? undefined : { ...seen, pages: await pagesOfLetter(tx, id) };
  });
}

/** Shows the next letter of the stack. */
export const goOn = async (visit: StaffVisit, { letter }: Found): Promise<Response> =>
  visit.c.redirect(await inTenant(visit, (tx) => placeAfter(tx, letter.batchId, letter.position, letter.id)), 303);

const problem = (name: string, text: string): FieldProblem => ({ id: fieldId(name), text });
const again = (visit: StaffVisit, problems: readonly FieldProblem[]): Promise<Response> =>
  inTenant(visit, (tx) => letterPage(visit, tx, problems));

async function fileNow(visit: StaffVisit, found: Found): Promise<Response> {
  const { t } = visit;
  const target = targetOf(visit);
  const form = await formOf(visit, target?.caseId);
  const receivedOn = dayOf(visit);
  const person = await personOf(visit);
  const document =
    form === undefined || receivedOn === undefined ? undefined : await cut(visit, found, kindName(visit, found));
  const problems = [
    ...(form === undefined ? [problem('concern', t('workspace:problem.concern'))] : []),
    ...(receivedOn === undefined ? [problem('receivedOn', t('post:upload.badDay'))] : []),
    ...person.problems,
    ...(document === 'failed' ? [problem('case', t('post:decide.cannotCut'))] : []),
  ];
  if (
    problems.length > 0 ||
    form === undefined ||
    receivedOn === undefined ||
    document === undefined ||
    document === 'failed'
  )
    return again(visit, problems);
  const { services, jobcenter } = visit;
  const kind = kindOf(visit);
  const filed = await inTenant(visit, async (tx) => {
    const act = { actor: visit.actor, reader: visit.reader, jobcenter, keys: await services.keyring.of(jobcenter.id) };
    const filing = await fileLetter(tx, act, {
      letterId: found.letter.id,
      version: Number(one(visit.input, 'version')),
      kind,
      form,
      teamId: await services.teamFor(jobcenter.id, form.team),
      person: person.stated,
      ...(person.identified === undefined ? {} : { identified: person.identified }),
      ...(target === undefined ? {} : { supplement: target }),
      receivedOn,
      document,
      frozen: frozenWords(form, found, kind, receivedOn),
      receiptByLetter: one(visit.input, 'receipt') === 'yes',
    });
    if (filing.kind === 'filed') await dropNamed(tx, visit);
    return filing;
  });
  return outcome(visit, found, filed);
}

async function correct(visit: StaffVisit, found: Found): Promise<Response> {
  const { services, jobcenter } = visit;
  const filed = await inTenant(visit, async (tx) => {
    const act = { actor: visit.actor, reader: visit.reader, jobcenter, keys: await services.keyring.of(jobcenter.id) };
    const version = Number(one(visit.input, 'version'));
    const { submissionId } = found.letter;
    const lay = submissionId === null ? undefined : (await findSubmission(tx, submissionId))?.caseId;
    const corrected = await correctFiling(tx, act, { letterId: found.letter.id, version, to: targetOf(visit) });
    if (corrected.kind === 'filed' && lay !== undefined && lay !== corrected.caseId)
      await takeAppointmentsAlong(tx, visit.actor, { fromCaseId: lay, toCaseId: corrected.caseId });
    if (corrected.kind === 'filed') await dropNamed(tx, visit);
    return corrected;
  });
  return outcome(visit, found, filed);
}

function outcome(visit: StaffVisit, found: Found, filed: Filed): Promise<Response> | Response {
  switch (filed.kind) {
    case 'filed':
    case 'already':
      return goOn(visit, found);
    case 'changed':
      return again(visit, [problem('case', visit.t('post:decide.changed'))]);
    case 'case-not-found':
      return again(visit, [problem('case', visit.t('post:decide.noCase'))]);
    case 'not-found':
      return notFound(visit);
  }
}

/** `neu` or nothing: a new case; otherwise the case, perhaps with the missing item it answers. */
function targetOf(visit: StaffVisit): { caseId: string; itemId?: string } | undefined {
  const [caseId, itemId] = one(visit.input, 'case').split(':');
  if (!isId(caseId)) return undefined;
  return isId(itemId) ? { caseId, itemId } : { caseId };
}

/** The form of the case it is added to, otherwise of the concern that was chosen. */
async function formOf(visit: StaffVisit, caseId: string | undefined): Promise<FormDefinition | undefined> {
  const found = caseId === undefined ? undefined : await inTenant(visit, (tx) => findCase(tx, visit.reader, caseId));
  return visit.services.catalogue.find(visit.jobcenter.id, found?.concern ?? one(visit.input, 'concern'));
}

/** An earlier day counts (§ 16 (2) SGB I); a day that has not come yet is a slip. */
function dayOf(visit: StaffVisit): string | undefined {
  const day = parseDay(one(visit.input, 'receivedOn'));
  return day !== undefined && day >= '2000-01-01' && day <= dayInGermany(visit.services.clock.now()) ? day : undefined;
}

const kindOf = (visit: StaffVisit): LetterKind =>
  letterKinds.find((kind) => kind === one(visit.input, 'kind')) ?? 'other';

type Who = {
  readonly stated: StatedPerson;
  readonly identified?: { readonly personId: string; readonly householdId: string | null };
  readonly problems: readonly FieldProblem[];
};

/** The person that was chosen; otherwise what the letter states of its sender, which may be nothing. */
async function personOf(visit: StaffVisit): Promise<Who> {
  const id = one(visit.input, 'person');
  if (isId(id)) {
    const known = await inTenant(visit, async (tx) => {
      const person = (await peopleByIds(tx, [id]))[0];
      return person === undefined ? undefined : { person, householdId: (await householdOf(tx, id)) ?? null };
    });
    if (known === undefined)
      return { stated: { familyName: '', givenName: '' }, problems: [problem('case', visit.t('post:who.none'))] };
    const { familyName, givenName, birthDate, fileNumber } = known.person;
    return {
      stated: { familyName, givenName, birthDate, ...(fileNumber === null ? {} : { fileNumber }) },
      identified: { personId: id, householdId: known.householdId },
      problems: [],
    };
  }
  const typed = one(visit.input, 'birthDate');
  const birthDate = typed === '' ? undefined : parseDay(typed);
  return {
    stated: {
      familyName: one(visit.input, 'familyName').slice(0, 100),
      givenName: one(visit.input, 'givenName').slice(0, 100),
      ...(birthDate === undefined ? {} : { birthDate }),
    },
    problems:
      typed !== '' && birthDate === undefined ? [problem('birthDate', visit.t('workspace:problem.birthDate'))] : [],
  };
}

const kindName = (visit: StaffVisit, { letter }: Found): string =>
  translate(language)('post:decide.fileName', {
    kind: translate(language)(`post:kind.${kindOf(visit)}`),
    page: letter.position,
  });

/** The letter's pages as a document of their own, sealed and durable. */
export async function cut(
  visit: StaffVisit,
  { batch, pages }: Found,
  name: string,
): Promise<PreparedDocument | 'failed'> {
  const { services, jobcenter } = visit;
  const source = await inTenant(visit, async (tx) => {
    const bytes = batch.documentId === null ? undefined : await services.vault.read(tx, batch.documentId);
    const document = batch.documentId === null ? undefined : await findDocument(tx, batch.documentId);
    return bytes === undefined || document === undefined
      ? undefined
      : { bytes, mediaType: document.mediaType as MediaType };
  });
  if (source === undefined || pages.length === 0) return 'failed';
  const pdf = await letterPdf(source.bytes, source.mediaType, pages);
  if ('failed' in pdf) return 'failed';
  return services.vault.prepare(jobcenter.id, {
    name: `${name}.pdf`,
    bytes: pdf,
    mediaType: 'application/pdf',
    pages: pages.length,
  });
}

/** What the receipt says of the letter, frozen: what it is, from whom, when it came. */
function frozenWords(
  form: FormDefinition,
  { letter, pages }: Found,
  kind: LetterKind,
  receivedOn: string,
): FrozenAnswers {
  const t = translate(language);
  const title = t('post:frozen.title');
  const item = (field: string, text: string) => ({
    question: 'post',
    questionTitle: title,
    field,
    label: t(`post:frozen.${field}`),
    text,
  });
  const sender = letter.suggestion.sender?.name;
  const items = [
    item('kind', t(`post:kind.${kind}`)),
    ...(sender === undefined ? [] : [item('sender', sender)]),
    item('receivedOn', formatDate(receivedOn, language)),
    item('pages', String(pages.length)),
  ];
  return {
    concern: form.key,
    version: form.version,
    language,
    title: form.title[language],
    sections: [{ key: 'post', title, items }],
  };
}
