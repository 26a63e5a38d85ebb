import { isId } from '../../../kernel/ids.ts';
import { takeAppointmentsAlong } from '../../../modules/appointments/index.ts';
import { findCase, resolveClearing } from '../../../modules/cases/index.ts';
import { findSubmission, moveSubmission } from '../../../modules/intake/index.ts';
import { one } from '../../request.ts';
import type { Try } from './verbs.ts';

/** Puts one submission of this case (`eingang`) into another one (`ziel`); whoever does it sees both. Taken back the same way. */
export const moveToCase: Try = async (tx, visit, caseId) => {
  const [submissionId, toCaseId] = [one(visit.input, 'eingang'), one(visit.input, 'ziel')];
  if (!isId(submissionId) || !isId(toCaseId)) return { kind: 'not-found' };
  if ((await findCase(tx, visit.reader, toCaseId)) === undefined) return { kind: 'not-found' };
  const submission = await findSubmission(tx, submissionId);
  if (submission?.caseId === toCaseId) return { kind: 'unchanged' };
  if (submission?.caseId !== caseId) return { kind: 'not-found' };
  const moved = await moveSubmission(tx, visit.actor, { submissionId, toCaseId });
  if (moved !== 'moved') return { kind: moved };
  await takeAppointmentsAlong(tx, visit.actor, { fromCaseId: caseId, toCaseId });
  await resolveClearing(tx, visit.actor, caseId, ['case-suggested'], 'moved');
  return { kind: 'done' };
};

/** What may have belonged to another case stays a case of its own. */
export const stayOwnCase: Try = async (tx, visit, caseId) => {
  const settled = await resolveClearing(tx, visit.actor, caseId, ['case-suggested'], 'a case of its own');
  return { kind: settled > 0 ? 'done' : 'unchanged' };
};
