import type { Tx } from '../../platform/database/index.ts';
import type { CaseEvent } from './case-event.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** That somebody said, confirmed, ended or corrected a fact stands in the timeline and the log of the case in which they did. */
export async function recordFact(
  tx: Tx,
  act: Act,
  event: Extract<CaseEvent, { kind: `fact-${string}` }>,
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  return change(tx, act, event, {});
}
