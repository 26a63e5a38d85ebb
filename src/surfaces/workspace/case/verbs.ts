import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { closeCaseWithAppointments } from '../../../modules/appointments/index.ts';
import {
  assignCase,
  type ClearingReason,
  confirmBankAtCounter,
  type DecisionResult,
  decideCase,
  decisionResults,
  keepPromise,
  lockCase,
  makePromise,
  moveToTeam,
  reopenCase,
  requireItem,
  resolveClearing,
  setPersonEmail,
  undecidedIn,
  type VerbOutcome,
  withdrawItem,
  writeToClient,
} from '../../../modules/cases/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import { addPerson, isEmail, isNamed, matchPerson } from '../../../modules/people/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { confirmWithHolds } from '../../confirm-person.ts';
import { one } from '../../request.ts';
import { closingProblems, readAtClosing } from '../appointments/at-closing.tsx';
import { freeDayQuestion, type Question } from '../free-day.tsx';
import { settleLetters, undecidedLetters } from '../letters/at-closing.tsx';
import { readDayNear } from '../near-day.ts';
import { alikeToo, lookUpPeople, peopleQuery } from '../people/look-up.ts';
import { isPromise, readPromise } from '../promise-fields.tsx';
import type { StaffVisit } from '../visit.ts';
import { readChoices, undecided } from './at-closing.tsx';
import { followUp, postpone } from './follow-up-verbs.ts';
import type { CaseVerb } from './view.ts';

/** What a verb came to: done, or what must be put right, each problem with the name of its field. */
export type Tried =
  | VerbOutcome
  /** Done, and the work goes on at another of our pages. */
  | { readonly kind: 'next'; readonly path: string }
  | { readonly kind: 'wrong'; readonly problems: readonly { id: string; text: string }[] }
  /** Nothing is wrong; somebody is asked whether they mean it. */
  | { readonly kind: 'asks'; readonly question: Question };
export type Try = (tx: Tx, visit: StaffVisit, caseId: string) => Promise<Tried>;

const act = (visit: StaffVisit, caseId: string) => ({ actor: visit.actor, reader: visit.reader, caseId });

/** Problems as field and key of the sentence. */
const wrong = (visit: StaffVisit, problems: Readonly<Record<string, string | undefined>>): Tried | undefined => {
  const list = Object.entries(problems).flatMap(([name, key]) =>
    key === undefined ? [] : [{ id: fieldId(name), text: visit.t(`workspace:problem.${key}`) }],
  );
  return list.length === 0 ? undefined : { kind: 'wrong', problems: list };
};

const textOf = (visit: StaffVisit, name: string, most: number): string => one(visit.input, name).slice(0, most);

/** To a member of staff, or back to the team when nobody is chosen. */
const assign: Try = async (tx, visit, caseId) => {
  const wanted = one(visit.input, 'staff');
  if (wanted === '') return assignCase(tx, act(visit, caseId), null);
  const to = (await allStaff(tx)).find((each) => each.id === wanted);
  if (to === undefined) return wrong(visit, { staff: 'staff' }) as Tried;
  return assignCase(tx, act(visit, caseId), to);
};

const require_: Try = async (tx, visit, caseId) => {
  const what = textOf(visit, 'what', 200);
  const why = textOf(visit, 'why', 1_000);
  const dueOn = readDayNear(visit, one(visit.input, 'due'));
  const today = dayInGermany(visit.services.clock.now());
  const due = dueOn === undefined ? 'due' : dueOn <= today ? 'duePast' : undefined;
  const problems = wrong(visit, { what: what === '' ? 'what' : undefined, why: why === '' ? 'why' : undefined, due });
  if (problems !== undefined || dueOn === undefined) return problems as Tried;
  const question = await freeDayQuestion(visit, dueOn, 'item', 'due');
  if (question !== undefined) return { kind: 'asks', question };
  return requireItem(tx, { ...act(visit, caseId), staffId: visit.staff.id }, { what, why, dueOn });
};

const write: Try = async (tx, visit, caseId) => {
  const text = textOf(visit, 'text', 10_000);
  return wrong(visit, { text: text === '' ? 'message' : undefined }) ?? writeToClient(tx, act(visit, caseId), text);
};

const decide: Try = async (tx, visit, caseId) => {
  const chosen = one(visit.input, 'result');
  const result = decisionResults.find((each): each is DecisionResult => each === chosen);
  const reasons = textOf(visit, 'reasons', 10_000);
  const problems = wrong(visit, {
    result: result === undefined ? 'result' : undefined,
    reasons: reasons === '' ? 'reasons' : undefined,
  });
  if (problems !== undefined || result === undefined) return problems as Tried;
  const discretion = textOf(visit, 'discretion', 5_000).trim();
  return decideCase(tx, act(visit, caseId), { result, reasons, ...(discretion === '' ? {} : { discretion }) });
};

const close: Try = async (tx, visit, caseId) => {
  const choices = await readChoices(tx, visit, caseId);
  const appointments = await readAtClosing(tx, visit, caseId);
  const outcome = await closeCaseWithAppointments(
    tx,
    { ...act(visit, caseId), staffId: visit.staff.id },
    appointments,
    choices,
  );
  const letters = await undecidedLetters(tx, visit, caseId);
  const refused = 'ids' in outcome;
  if (!refused && outcome.kind !== 'still-open' && (outcome.kind !== 'done' || letters.length === 0)) {
    if (outcome.kind === 'done') await settleLetters(tx, visit, caseId);
    return outcome;
  }
  const open = await undecidedIn(tx, caseId, choices); // said at once, not one after the other
  const others = open === undefined ? undefined : undecided(visit, open);
  // In the order of the form.
  return {
    kind: 'wrong',
    problems: [
      ...(others?.before ?? []),
      ...(refused ? closingProblems(visit, outcome.kind, outcome.ids) : []),
      ...(others?.after ?? []),
      ...letters,
    ],
  };
};

const reopen: Try = async (tx, visit, caseId) => {
  const reason = textOf(visit, 'reason', 2_000);
  return wrong(visit, { reason: reason === '' ? 'reopen' : undefined }) ?? reopenCase(tx, act(visit, caseId), reason);
};

const promise: Try = async (tx, visit, caseId) => {
  const read = readPromise(visit);
  if (read === undefined) return wrong(visit, { promised: 'promised' }) as Tried;
  if (!isPromise(read)) return { kind: 'wrong', problems: read };
  const question = await freeDayQuestion(visit, dayInGermany(read.dueAt), 'promise', 'promisedDay');
  if (question !== undefined) return { kind: 'asks', question };
  return makePromise(tx, { ...act(visit, caseId), staffId: visit.staff.id }, read);
};

/** What was promised is done. */
export const keep: Try = async (tx, visit, caseId) => {
  const id = visit.c.req.param('promise');
  if (!isId(id)) return { kind: 'not-found' };
  return keepPromise(tx, { ...act(visit, caseId), staffId: visit.staff.id }, id);
};

/** Moving to a team settles the doubt that none answers for it. */
const move: Try = async (tx, visit, caseId) => {
  const team = (await allTeams(tx)).find((each) => each.id === one(visit.input, 'team'));
  if (team === undefined) return wrong(visit, { team: 'team' }) as Tried;
  const outcome = await moveToTeam(tx, act(visit, caseId), team);
  return settled(tx, visit, caseId, outcome, ['no-team'], `team ${team.id}`);
};

const personDoubts: readonly ClearingReason[] = ['person-unknown', 'person-ambiguous', 'person-suggested'];

/** A person at the office says who this is; only people suggested or found with the words in the form can be chosen. */
const confirm: Try = async (tx, visit, caseId) => {
  const chosen = one(visit.input, 'person');
  if (chosen === 'niemand') return confirmWithHolds(tx, act(visit, caseId), null);
  const stated = (await submissionsOfCase(tx, caseId))[0]?.person;
  if (chosen === 'neu' && stated !== undefined && isNamed(stated)) {
    const found = await lockCase(tx, act(visit, caseId));
    if (found === undefined) return { kind: 'not-found' };
    if (found.person_id !== null) return { kind: 'unchanged' }; // two at once make one person
    const id = await addPerson(tx, stated);
    const name = `${stated.familyName}, ${stated.givenName}`;
    return settled(
      tx,
      visit,
      caseId,
      await confirmWithHolds(tx, act(visit, caseId), { id, householdId: null, name, birthDate: stated.birthDate }),
      personDoubts,
      'new person',
    );
  }
  const spelling = one(visit.input, 'namen') === alikeToo ? 'and-alike' : 'or-alike';
  const { people } = await lookUpPeople(tx, visit, peopleQuery(one(visit.input, 'suche').slice(0, 100)), spelling);
  const candidates = [...(stated === undefined ? [] : await matchPerson(tx, stated)), ...people];
  const person = isId(chosen) ? candidates.find((each) => each.id === chosen) : undefined;
  if (person === undefined) return wrong(visit, { person: 'person' }) as Tried;
  const name = `${person.familyName}, ${person.givenName}`;
  const outcome = await confirmWithHolds(tx, act(visit, caseId), {
    id: person.id,
    householdId: person.householdId,
    name,
    birthDate: person.birthDate,
  });
  return settled(tx, visit, caseId, outcome, personDoubts, `person ${person.id}`);
};

/** The address of the person, or none when the field is empty. */
const email: Try = async (tx, visit, caseId) => {
  const address = textOf(visit, 'email', 300).trim();
  return (
    wrong(visit, { email: address === '' || isEmail(address) ? undefined : 'email' }) ??
    setPersonEmail(tx, act(visit, caseId), address === '' ? null : address)
  );
};

async function settled(
  tx: Tx,
  visit: StaffVisit,
  caseId: string,
  outcome: VerbOutcome,
  reasons: readonly ClearingReason[],
  what: string,
): Promise<VerbOutcome> {
  if (outcome.kind !== 'not-found') await resolveClearing(tx, visit.actor, caseId, reasons, what);
  return outcome;
}

/** What each verb does with the form that was sent. */
export const tries: Readonly<Record<CaseVerb, Try>> = {
  zuweisung: assign,
  anforderungen: require_,
  nachrichten: write,
  entscheidung: decide,
  abschluss: close,
  wiederaufnahme: reopen,
  team: move,
  person: confirm,
  konto: (tx, visit, caseId) => confirmBankAtCounter(tx, act(visit, caseId)),
  zusage: promise,
  email,
  wiedervorlage: followUp,
  verschiebung: postpone,
};

/** Takes back what was asked for. */
export const withdraw: Try = async (tx, visit, caseId) => {
  const itemId = visit.c.req.param('item');
  return isId(itemId) ? withdrawItem(tx, act(visit, caseId), itemId) : { kind: 'not-found' };
};
