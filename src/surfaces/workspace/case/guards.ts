import { isId } from '../../../kernel/ids.ts';
import { type CaseDetail, type CaseField, decisionResults, timeline } from '../../../modules/cases/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { emailOf, peopleByIds } from '../../../modules/people/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import { lockField } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import type { Guarded } from '../together/conflict.tsx';
import type { StaffVisit } from '../visit.ts';
import type { Verb } from './view.ts';

/** The field that a verb overwrites. Verbs that only add (a note, a message, a promise) overwrite none: all of them stay. */
export const fieldOfVerb: Readonly<Partial<Record<Verb, CaseField | 'email'>>> = {
  zuweisung: 'assignee',
  team: 'team',
  person: 'person',
  email: 'email',
  entscheidung: 'state',
  abschluss: 'state',
  wiederaufnahme: 'state',
};

/** Whose field it is: the e-mail address is the person's, whichever case it is written from. */
export const subjectOf = (found: Pick<CaseDetail, 'id' | 'personId'>, field: CaseField | 'email'): string | null =>
  field === 'email' ? found.personId : found.id;

type Guard = (tx: Tx, visit: StaffVisit, found: CaseDetail) => Promise<Omit<Guarded, 'subjectId' | 'field' | 'state'>>;

const none = (visit: StaffVisit, text: string): string => (text === '' ? visit.t('together:conflict.nothing') : text);

const assignee: Guard = async (tx, visit, found) => {
  const staff = await allStaff(tx);
  const name = (id: string): string => none(visit, staff.find((each) => each.id === id)?.name ?? '');
  const [theirs, mine] = [found.assigneeId ?? '', one(visit.input, 'staff')];
  return { theirs, mine, theirWords: name(theirs), myWords: name(mine) };
};

const team: Guard = async (tx, visit, found) => {
  const teams = await allTeams(tx);
  const name = (id: string): string => none(visit, teams.find((each) => each.id === id)?.name ?? '');
  const [theirs, mine] = [found.teamId ?? '', one(visit.input, 'team')];
  return { theirs, mine, theirWords: name(theirs), myWords: name(mine) };
};

const person: Guard = async (tx, visit, found) => {
  const chosen = one(visit.input, 'person');
  const mine = chosen === 'niemand' ? '' : chosen;
  const theirs = found.personId ?? '';
  const known = await peopleByIds(tx, [theirs, mine].filter(isId));
  const name = (id: string): string => {
    if (id === 'neu') return visit.t('together:conflict.newPerson');
    const named = known.find((each) => each.id === id);
    return none(visit, named === undefined ? '' : `${named.familyName}, ${named.givenName}`);
  };
  return { theirs, mine, theirWords: name(theirs), myWords: name(mine) };
};

const email: Guard = async (tx, visit, found) => {
  const theirs = (found.personId === null ? null : await emailOf(tx, found.personId)) ?? '';
  const mine = one(visit.input, 'email').toLowerCase();
  return { theirs, mine, theirWords: none(visit, theirs), myWords: none(visit, mine) };
};

/** Where the case stands, with the decision when there is one. */
const standing: Guard = async (tx, visit, found) => {
  const { t } = visit;
  const last = (await timeline(tx, found.id)).findLast((event) => event.kind === 'decided');
  const decided = found.state === 'decided' && last?.kind === 'decided' ? last.detail : undefined;
  const words = (result: string, reasons: string): string => `${t(`workspace:result.${result}`)}\n${reasons}`;
  const verb = visit.c.req.path.split('/').at(-1);
  const theirWords =
    decided === undefined ? t(`workspace:state.${found.state}`) : words(decided.result, decided.reasons);
  if (verb !== 'entscheidung') {
    const ended = found.state === 'decided' || found.state === 'closed';
    const wanted = verb === 'abschluss' ? 'closed' : 'open';
    const theirs = wanted === 'open' && !ended ? 'open' : found.state;
    return { theirs, mine: wanted, theirWords, myWords: t(`workspace:verb.${verb}.title`) };
  }
  const [result, reasons] = [one(visit.input, 'result'), one(visit.input, 'reasons')];
  const known = decisionResults.some((each) => each === result);
  const same = decided?.result === result;
  return {
    theirs: decided === undefined ? found.state : `${decided.result} ${decided.reasons}`,
    mine: `${result} ${reasons}`,
    theirWords,
    myWords: known ? words(result, reasons) : reasons,
    ...(decided !== undefined && same ? { joinable: { reasons: decided.reasons } } : {}),
  };
};

const guards: Readonly<Record<CaseField | 'email', Guard>> = { assignee, team, person, email, state: standing };

/** What a verb would overwrite, locked for the rest of the transaction, with what stands there now; undefined for verbs that only add. */
export async function guardOf(
  tx: Tx,
  visit: StaffVisit,
  verb: Verb | undefined,
  found: CaseDetail,
): Promise<Guarded | undefined> {
  const field = verb === undefined ? undefined : fieldOfVerb[verb];
  const subjectId = field === undefined ? null : subjectOf(found, field);
  if (field === undefined || subjectId === null) return undefined;
  const state = await lockField(tx, subjectId, field);
  return { subjectId, field, state, ...(await guards[field](tx, visit, found)) };
}
