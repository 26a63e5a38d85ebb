import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseEvent } from './case-event.ts';
import { change } from './verbs.ts';

/** Notes on a case that own fields were written through it, with their names and without what stands in them. The case is locked. */
export async function noteOwnFields(
  tx: Tx,
  act: { readonly actor: Actor; readonly caseId: string },
  detail: Extract<CaseEvent, { kind: 'own-fields' }>['detail'],
): Promise<void> {
  await change(tx, act, { kind: 'own-fields', detail }, {});
}
