import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { findCase, raiseClearing } from '../cases/index.ts';
import { matchPerson } from '../people/index.ts';
import { findSubmission } from './queries.ts';

const sorter: Actor & { kind: 'system' } = { kind: 'system', name: 'sort-submission' };

/**
 * The job after every submission: whom may it be from, and does a team answer for it? Whatever is doubtful goes into the
 * clearing queue as a suggestion with reasons; nothing is merged by a machine. Repeatable: a doubt stands there once.
 */
export async function sortSubmission(tx: Tx, submissionId: string): Promise<void> {
  const submission = await findSubmission(tx, submissionId);
  if (submission === undefined) return;
  const found = await findCase(tx, { role: 'program', id: sorter.name, teamIds: [] }, submission.caseId);
  if (found === undefined) return;
  if (found.teamId === null) await raiseClearing(tx, found.id, 'no-team', { concern: submission.concern });
  if (found.personId !== null) return;
  const matches = await matchPerson(tx, submission.person);
  const reason =
    matches.length === 0 ? 'person-unknown' : matches.length === 1 ? 'person-suggested' : 'person-ambiguous';
  await raiseClearing(tx, found.id, reason, {
    suggestions: matches.map((m) => ({ personId: m.id, reasons: [...m.reasons] })),
  });
}
