import { canonicalJson } from '../../../kernel/canonical.ts';
import { dayInGermany } from '../../../kernel/dates.ts';
import { isId, newId } from '../../../kernel/ids.ts';
import { findCase, makePromise } from '../../../modules/cases/index.ts';
import { writeNote } from '../../../modules/contacts/index.ts';
import type { PreparedDocument } from '../../../modules/documents/index.ts';
import type { FormDefinition, FrozenAnswers } from '../../../modules/forms/index.ts';
import { type Received, receive } from '../../../modules/intake/index.ts';
import type { StatedPerson } from '../../../modules/people/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isLanguage, type Language, translate } from '../../../platform/i18n/index.ts';
import { type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { freeDayQuestion, type Question } from '../free-day.tsx';
import { paths } from '../paths.ts';
import { isPromise, readPromise } from '../promise-fields.tsx';
import { dropTaken } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { concernOptions } from '../words.tsx';
import { counterForm, ways } from './form.tsx';
import { judgePapers, keptPapers } from './papers.ts';
import { freshMark } from './receipt.tsx';
import { openTopics } from './topics.ts';
import { visitPlace } from './visit-draft.ts';
import { findVisitor, isStated, statedVisitor, type Visitor } from './visitor.ts';

/** The case a paper belongs to, if any: `<case>` or `<case>:<required item>`. */
function supplementOf(visit: StaffVisit): { caseId: string; itemId?: string } | undefined {
  const [caseId, itemId] = one(visit.input, 'case').split(':');
  if (!isId(caseId)) return undefined;
  return isId(itemId) ? { caseId, itemId } : { caseId };
}

/** What was said, frozen as it stands on the receipt, in the language of the receipt. */
function frozenWords(
  form: FormDefinition,
  said: string,
  language: Language,
  way: (typeof ways)[number],
): FrozenAnswers {
  const t = translate(language);
  const title = t(`workspace:counter.frozen.${way}`);
  const item = {
    question: way,
    questionTitle: title,
    field: 'said',
    label: t('workspace:counter.frozen.said'),
    text: said,
  };
  const sections = said === '' ? [] : [{ key: way, title, items: [item] }];
  return { concern: form.key, version: form.version, language, title: form.title[language], sections };
}

/** The new case may be another team's: whoever took the call promises for it and notes in it all the same. */
const office = { role: 'program', id: 'counter', teamIds: [] } as const;

type Wanted = {
  readonly person: StatedPerson;
  readonly form: FormDefinition;
  readonly papers: readonly PreparedDocument[];
  readonly visitor: Visitor;
  readonly command: string;
  readonly promised: Parameters<typeof makePromise>[2] | undefined;
  /** What the note is about; there where there is a note. */
  readonly topic: string | undefined;
};

/** Takes a visit at the counter: judges the papers, receives everything at once, leads to the receipt. */
export async function receiveVisit(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter, t } = visit;
  const visitor = await inTenant(visit, (tx) => findVisitor(tx, visit));
  const person = statedVisitor(visit, visitor);
  const supplement = supplementOf(visit);
  const judged = await judgePapers(visit, one(visit.input, 'join') === 'yes');
  const papers = [...keptPapers(visit), ...judged.papers];
  const given = one(visit.input, 'command');
  const command = isId(given) ? given : newId(services.clock.now());
  const concern =
    supplement === undefined ? one(visit.input, 'concern') : await concernOfCase(visit, supplement.caseId);
  const form = concern === undefined ? undefined : await services.catalogue.find(jobcenter.id, concern);
  const promised = readPromise(visit);
  const topics = await inTenant(visit, (tx) => openTopics(tx, visit));
  const topic = topics.find(({ value }) => value === one(visit.input, 'noteTopic'))?.value;
  const problems = [
    ...(isStated(person) ? [] : Object.entries(person).map(([name, text]) => ({ id: fieldId(name), text }))),
    ...(form === undefined ? [problem('concern', t('workspace:problem.concern'))] : []),
    ...(promised === undefined || isPromise(promised) ? [] : promised),
    ...(noteOf(visit) !== '' && topic === undefined ? [problem('noteTopic', t('workspace:problem.noteTopic'))] : []),
    ...judged.problems.map((text) => problem('files', text)),
    ...(papers.length === 0 && judged.problems.length === 0 && one(visit.input, 'said') === ''
      ? [problem('said', t('workspace:problem.nothing'))]
      : []),
  ];
  const again = async (list: readonly FieldProblem[], question?: Question): Promise<Response> =>
    counterForm(visit, {
      visitor,
      concerns: await concernOptions(visit),
      topics,
      command,
      kept: papers,
      problems: list,
      question,
    });
  if (problems.length > 0 || form === undefined || !isStated(person)) return again(problems);
  const question = isPromise(promised)
    ? await freeDayQuestion(visit, dayInGermany(promised.dueAt), 'promise', 'promisedDay')
    : undefined;
  if (question !== undefined) return again([], question);
  const received = await store(visit, {
    person,
    form,
    papers,
    visitor,
    command,
    promised: isPromise(promised) ? promised : undefined,
    topic,
  });
  if (received.kind === 'case-not-found') return notFound(visit);
  if (received.kind === 'key-reused') return again([problem('said', t('workspace:problem.sentBefore'))]);
  const { number } = received.receipt;
  return visit.c.redirect(`${paths.receipt(number)}?neu=${freshMark(visit, number)}`, 303);
}

const noteOf = (visit: StaffVisit): string => one(visit.input, 'note').slice(0, 10_000).trim();

/** Into the case, whosever it is; a note that cannot be kept takes the whole visit back, so that the form comes again with it. */
async function keepNote(
  tx: Tx,
  visit: StaffVisit,
  caseId: string,
  text: string,
  topic: string,
  way: (typeof ways)[number],
): Promise<void> {
  const act = { actor: visit.actor, reader: office, caseId };
  const about = { topic, whom: 'stated', way: contactWay[way], day: null, circleId: null, corrects: null };
  const written = await writeNote(tx, act, { text, ...about });
  if (written.kind !== 'done') throw new Error(`the note of a visit was not kept: ${written.kind}`);
}
const contactWay = { counter: 'in-person', phone: 'phone' } as const;

const problem = (name: string, text: string): FieldProblem => ({ id: fieldId(name), text });

const concernOfCase = (visit: StaffVisit, caseId: string): Promise<string | undefined> =>
  inTenant(visit, async (tx) => (await findCase(tx, visit.reader, caseId))?.concern);

async function store(visit: StaffVisit, wanted: Wanted): Promise<Received | { readonly kind: 'case-not-found' }> {
  const { services, jobcenter } = visit;
  const { person, form, papers, visitor, command, promised, topic } = wanted;
  const way = ways.find((each) => each === one(visit.input, 'way')) ?? 'counter';
  const said = one(visit.input, 'said').slice(0, 10_000);
  const note = noteOf(visit);
  const chosen = one(visit.input, 'receiptLanguage');
  const language = isLanguage(chosen) ? chosen : visit.language;
  const supplement = supplementOf(visit);
  const keys = await services.keyring.of(jobcenter.id);
  const teamId = await services.teamFor(jobcenter.id, form.team);
  const hashes = papers.map((paper) => paper.sha256.toString('hex'));
  const requestHash = sha256(
    canonicalJson({
      person,
      concern: form.key,
      said,
      note,
      topic: topic ?? null,
      language,
      case: one(visit.input, 'case'),
      hashes,
      way,
      promised: promised?.what ?? null,
    }),
  );
  return inTenant(visit, async (tx: Tx) => {
    if (supplement !== undefined && (await findCase(tx, visit.reader, supplement.caseId)) === undefined)
      return { kind: 'case-not-found' };
    const received = await receive(tx, visit.actor, {
      jobcenter,
      keys,
      form,
      language,
      channel: way,
      receivedAt: tx.now,
      person,
      answers: {},
      frozen: frozenWords(form, said, language, way),
      documents: papers.map((document) => ({ document, field: 'counter', recorded: false })),
      command: { key: command, requestHash },
      ...(supplement === undefined ? {} : { supplement }),
      // On the telephone nobody shows a document: who it is stays a suggestion.
      ...(visitor.person === undefined || way === 'phone'
        ? {}
        : { identified: { personId: visitor.person.id, householdId: visitor.person.householdId } }),
      teamId,
    });
    if (received.kind === 'received' && note !== '') await keepNote(tx, visit, received.caseId, note, topic ?? '', way);
    if (received.kind === 'received' && promised !== undefined) {
      const act = { actor: visit.actor, reader: office, caseId: received.caseId, staffId: visit.staff.id };
      await makePromise(tx, act, promised);
    }
    if (received.kind === 'received' || received.kind === 'repeated')
      await dropTaken(tx, visit, visitPlace(visitor.person?.id ?? ''));
    return received;
  });
}
