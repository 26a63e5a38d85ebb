import { addDays, type Day, dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import {
  endFollowUp,
  type FollowUpTopic,
  followUpTopics,
  makeFollowUp,
  moveFollowUp,
  type WaitsFor,
  waitsFor,
} from '../../../modules/cases/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { freeDayQuestion } from '../free-day.tsx';
import { readDayNear } from '../near-day.ts';
import type { StaffVisit } from '../visit.ts';
import { forTeam } from './follow-up-fields.tsx';
import type { Tried, Try } from './verbs.ts';

const act = (visit: StaffVisit, caseId: string) => ({
  actor: visit.actor,
  reader: visit.reader,
  caseId,
  staffId: visit.staff.id,
});

type Problem = { readonly id: string; readonly text: string };
const problem = (visit: StaffVisit, name: string, key: string): Problem => ({
  id: fieldId(name),
  text: visit.t(`myday:problem.${key}`),
});
const wrong = (problems: readonly (Problem | undefined)[]): Tried | undefined => {
  const list = problems.filter((each) => each !== undefined);
  return list.length === 0 ? undefined : { kind: 'wrong', problems: list };
};

/** No follow-up lies further ahead: it would be forgotten by everybody but the machine. */
const furthestDays = 730;

/** The day of a follow-up: from today on, at most two years ahead. */
function readDay(visit: StaffVisit): Day | Problem {
  const day = readDayNear(visit, one(visit.input, 'followDay'));
  const today = dayInGermany(visit.services.clock.now());
  if (day === undefined) return problem(visit, 'followDay', 'day');
  return day < today || day > addDays(today, furthestDays) ? problem(visit, 'followDay', 'dayRange') : day;
}

const textOf = (visit: StaffVisit, name: string): string => one(visit.input, name).slice(0, 500).trim();

/** A case that somebody wants to see again. */
export const followUp: Try = async (tx, visit, caseId) => {
  const dueOn = readDay(visit);
  const reason = textOf(visit, 'followReason');
  const topic = followUpTopics.find((each): each is FollowUpTopic => each === one(visit.input, 'followTopic'));
  const waits = waitsFor.find((each): each is WaitsFor => each === one(visit.input, 'followWaits'));
  const who = one(visit.input, 'followFor');
  const problems = wrong([
    reason === '' ? problem(visit, 'followReason', 'reason') : undefined,
    typeof dueOn === 'string' ? undefined : dueOn,
    topic === undefined ? problem(visit, 'followTopic', 'choose') : undefined,
    waits === undefined ? problem(visit, 'followWaits', 'choose') : undefined,
    who === forTeam || isId(who) ? undefined : problem(visit, 'followFor', 'nobody'),
  ]);
  if (problems !== undefined || typeof dueOn !== 'string' || topic === undefined || waits === undefined)
    return problems as Tried;
  const question = await freeDayQuestion(visit, dueOn, 'followUp', 'followDay');
  if (question !== undefined) return { kind: 'asks', question };
  const forStaffId = who === forTeam ? null : who;
  const outcome = await makeFollowUp(tx, act(visit, caseId), { dueOn, reason, topic, waitsFor: waits, forStaffId });
  if (outcome.kind !== 'nobody') return outcome;
  return wrong([problem(visit, 'followFor', 'nobody')]) as Tried;
};

/** Another day for a follow-up, with a reason. */
export const postpone: Try = async (tx, visit, caseId) => {
  const id = one(visit.input, 'followUp');
  const dueOn = readDay(visit);
  const why = textOf(visit, 'followWhy');
  const problems = wrong([
    isId(id) ? undefined : problem(visit, 'followUp', 'choose'),
    typeof dueOn === 'string' ? undefined : dueOn,
    why === '' ? problem(visit, 'followWhy', 'why') : undefined,
  ]);
  if (problems !== undefined || typeof dueOn !== 'string') return problems as Tried;
  const question = await freeDayQuestion(visit, dueOn, 'followUp', 'followDay');
  if (question !== undefined) return { kind: 'asks', question };
  return moveFollowUp(tx, act(visit, caseId), id, { dueOn, why });
};

/** What it reminded of is done. */
export const finish: Try = async (tx, visit, caseId) => {
  const id = visit.c.req.param('followUp');
  return isId(id) ? endFollowUp(tx, act(visit, caseId), id) : { kind: 'not-found' };
};
