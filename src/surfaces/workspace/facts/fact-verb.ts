import { isId } from '../../../kernel/ids.ts';
import {
  type FactDetail,
  type FactKind,
  type FactProblem,
  factSources,
  helperScopes,
  type NewFact,
  reachWays,
  sayFact,
} from '../../../modules/facts/index.ts';
import { type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import type { Try } from '../case/verbs.ts';
import { parseDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';
import { asKind, factForm } from './fact-form.tsx';
import { factWords } from './words.ts';

/** Where the reason for a refusal is shown. */
const fieldOf: Readonly<Record<FactProblem, string>> = {
  'no-text': 'factText',
  whom: 'factWhom',
  days: 'factUntil',
  'no-day': 'factUntil',
  way: 'factWay',
  scope: 'factScopes',
  topic: 'factTopic',
  source: 'factSource',
  'source-day': 'factDay',
};

const problem = (visit: StaffVisit, name: string, key: string): FieldProblem => ({
  id: fieldId(name),
  text: visit.t(`facts:problem.${key}`),
});

/** A day that may be left out; undefined when it is none. */
const dayOrNothing = (visit: StaffVisit, name: string) =>
  one(visit.input, name).trim() === '' ? null : parseDay(one(visit.input, name));

function detailOf(visit: StaffVisit, kind: FactKind): FactDetail {
  const { input } = visit;
  const way = reachWays.find((each) => each === one(input, 'factWay'));
  const chosen = [input['factScopes'] ?? []].flat();
  switch (kind) {
    case 'reach':
      return way === undefined ? {} : { way };
    case 'language':
      return { interpreter: one(input, 'interpreter') === 'ja' };
    case 'helper':
      return { scopes: helperScopes.filter((each) => chosen.includes(each)) };
    case 'free':
      return { topic: one(input, 'factTopic') };
    default:
      return {};
  }
}

/** The fact of the form, or what of it cannot be read. */
function readFact(visit: StaffVisit, kind: FactKind): NewFact | readonly FieldProblem[] {
  const { input } = visit;
  const [from, until] = [dayOrNothing(visit, 'factFrom'), dayOrNothing(visit, 'factUntil')];
  const [named = '', id = ''] = one(input, 'factSource').split(':');
  const source = factSources.find((each) => each === named);
  const page = one(input, 'factPage').trim();
  const paged = source === 'document' && page !== '';
  const day = parseDay(one(input, 'factDay'));
  const problems = [
    ...(from === undefined ? [problem(visit, 'factFrom', 'day')] : []),
    ...(until === undefined ? [problem(visit, 'factUntil', 'day')] : []),
    ...(source === undefined || (id !== '' && !isId(id)) ? [problem(visit, 'factSource', 'source')] : []),
    ...(day === undefined ? [problem(visit, 'factDay', 'source-day')] : []),
    ...(paged && !/^[1-9]\d{0,3}$/.test(page) ? [problem(visit, 'factPage', 'page')] : []),
  ];
  if (problems.length > 0 || from === undefined || until === undefined || source === undefined || day === undefined)
    return problems;
  return {
    kind,
    whom: one(input, 'factWhom'),
    text: one(input, 'factText').slice(0, 300),
    detail: detailOf(visit, kind),
    validFrom: from,
    validUntil: until,
    source: { kind: source, id: id === '' ? null : id, page: paged ? Number(page) : null, day },
  };
}

const attempt: Try = async (tx, visit, caseId) => {
  const kind = asKind(one(visit.input, 'factKind'));
  const replaces = one(visit.input, 'replaces');
  if (kind === undefined) return { kind: 'wrong', problems: [{ id: 'verb', text: visit.t('facts:problem.kind') }] };
  const fact = readFact(visit, kind);
  if (!('kind' in fact)) return { kind: 'wrong', problems: fact };
  const act = { actor: visit.actor, reader: visit.reader, caseId };
  const outcome = await sayFact(tx, act, fact, isId(replaces) ? replaces : null);
  if (outcome.kind === 'refused')
    return { kind: 'wrong', problems: [problem(visit, fieldOf[outcome.why], outcome.why)] };
  if (outcome.kind !== 'overtaken') return outcome;
  const { now } = outcome;
  const text =
    now === undefined
      ? visit.t('facts:problem.closedMeanwhile')
      : visit.t('facts:problem.overtaken', { now: factWords(visit, now), name: now.saidByName });
  return { kind: 'wrong', problems: [{ id: fieldId('factText'), text }] };
};

/** The verb of the case that says a fact. The day of today is the day of the source unless somebody says otherwise. */
export const factVerb: VerbPart = { form: factForm, attempt };
