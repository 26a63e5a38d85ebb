import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { recordAudit } from '../../audit/index.ts';
import {
  endSubstitution,
  type Named,
  type NewSubstitution,
  nameSubstitute,
  type Standing,
} from '../../identity/index.ts';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** Names who stands in for somebody, and records it: from then on cases are open to one person more. */
export async function nameStandIn(tx: Tx, actor: StaffActor, input: NewSubstitution): Promise<Named> {
  const named = await nameSubstitute(tx, actor.id, input);
  if (named.kind === 'named') await noted(tx, actor, 'staff.substitute-named', named.substitution);
  return named;
}

/** Ends a substitution before its last day, and records it. */
export async function endStandIn(tx: Tx, actor: StaffActor, id: string): Promise<'ended' | 'unchanged' | 'not-found'> {
  const outcome = await endSubstitution(tx, actor.id, id);
  if (outcome.kind === 'ended') await noted(tx, actor, 'staff.substitution-ended', outcome.substitution);
  return outcome.kind;
}

const noted = (tx: Tx, actor: StaffActor, action: string, standing: Standing): Promise<void> =>
  recordAudit(tx, actor, {
    action,
    subjectType: 'staff',
    subjectId: standing.absentId,
    detail: {
      substitution: standing.id,
      substitute: standing.substituteId,
      from: standing.fromDay,
      until: standing.untilDay,
      circles: standing.circles,
    },
  });
