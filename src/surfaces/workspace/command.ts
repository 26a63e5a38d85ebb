import { canonicalJson } from '../../kernel/canonical.ts';
import { isId } from '../../kernel/ids.ts';
import { claimCommand } from '../../modules/intake/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FieldProblem } from '../../ui/index.ts';
import { dropNamed, saidIn } from './together/keep-unsent.ts';
import { inTenant, type StaffVisit } from './visit.ts';

/** What a verb comes to. `wrong`: what must be put right, each problem with the id of its field. */
export type Outcome =
  | { readonly kind: 'done' | 'unchanged' | 'not-found' }
  | { readonly kind: 'wrong'; readonly problems: readonly FieldProblem[] };

/** A verb that was refused leaves nothing, not even its claimed command: the same form may be put right and sent again. */
class Refused extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(`The verb was refused: ${outcome.kind}.`);
    this.outcome = outcome;
  }
}

/**
 * Carries out a verb in one transaction, once for each form that was made, however often it is sent. What was typed into the form is no draft
 * any more with the same commit.
 */
export async function once(visit: StaffVisit, attempt: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await inTenant(visit, async (tx) => {
      const { command } = visit.input;
      if (isId(command)) {
        const hash = sha256(canonicalJson({ path: visit.c.req.path, said: saidIn(visit.input) }));
        const claimed = await claimCommand(tx, visit.actor, command, hash);
        if (claimed === 'repeated') {
          await dropNamed(tx, visit);
          return { kind: 'unchanged' };
        }
        const problem = { id: 'tun', text: visit.t('workspace:problem.sentOther') };
        if (claimed === 'key-reused') throw new Refused({ kind: 'wrong', problems: [problem] });
      }
      const outcome = await attempt(tx);
      if (outcome.kind === 'wrong' || outcome.kind === 'not-found') throw new Refused(outcome);
      await dropNamed(tx, visit);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}
