import type { Tx } from '../../platform/database/index.ts';
import { changeEmail } from '../people/index.ts';
import { fieldWritten } from '../together/index.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/**
 * Sets, corrects or (with null) removes the e-mail address of the person whose case it is. It helps to sort what comes by e-mail and
 * proves nothing about who writes. The history of the case keeps what stood there before, so it can be set back. A case whose
 * person nobody has confirmed has nobody to keep an address for: `not-found`.
 */
export async function setPersonEmail(tx: Tx, act: Act, email: string | null): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined || found.person_id === null) return { kind: 'not-found' };
  const changed = await changeEmail(tx, found.person_id, email);
  if (changed.kind !== 'changed') return { kind: changed.kind };
  await fieldWritten(tx, act.actor, found.person_id, 'email');
  for (const id of await casesOfPerson(tx, found.person_id)) tx.touch(id); // their open pages show the address too
  return change(tx, act, { kind: 'email-changed', detail: { before: changed.before, after: changed.after } }, {});
}

const casesOfPerson = async (tx: Tx, personId: string): Promise<string[]> =>
  (
    await tx.tables<CaseTables>().selectFrom('office_case').select('id').where('person_id', '=', personId).execute()
  ).map(({ id }) => id);
