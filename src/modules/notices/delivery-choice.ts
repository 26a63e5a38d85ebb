import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { noteDelivery } from '../cases/index.ts';
import type { NoticeTables, Way } from './tables.ts';

/**
 * By which way a person wants the letters of a case. The portal needs consent and an address for the e-mail that says there is something to fetch
 * (§ 37 (2a) SGB X, § 9 OZG); without a choice everything comes by post. It can be taken back at any time.
 */
export type DeliveryChoice = {
  readonly way: Way;
  readonly email: string | null;
  /** Whether they want to be reminded of appointments by e-mail; only where letters come through the portal. */
  readonly reminders: boolean;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorName: string;
};

/** What was chosen last; undefined where nobody chose: then by post. */
export const deliveryChoice = (tx: Tx, caseId: string): Promise<DeliveryChoice | undefined> =>
  tx
    .tables<NoticeTables>()
    .selectFrom('delivery_choice')
    .select(['way', 'email', 'reminders', 'at', 'actor_kind as actorKind', 'actor_name as actorName'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Keeps a choice; the same once more changes nothing, and what is not said of reminders stays. Callers see to it that whoever chooses may see the case. */
export async function chooseDelivery(
  tx: Tx,
  actor: Actor,
  caseId: string,
  choice: ({ readonly way: 'portal'; readonly email: string } | { readonly way: 'post' }) & {
    readonly reminders?: boolean;
  },
): Promise<{ readonly kind: 'done' | 'unchanged' }> {
  const email = choice.way === 'portal' ? choice.email : null;
  const now = await deliveryChoice(tx, caseId);
  const reminders = choice.reminders ?? now?.reminders ?? true;
  const same = (now?.way ?? 'post') === choice.way && (now?.email ?? null) === email;
  if (same && (now?.reminders ?? true) === reminders) return { kind: 'unchanged' };
  const row: NoticeTables['delivery_choice'] = {
    id: tx.newId(),
    case_id: caseId,
    way: choice.way,
    email,
    reminders,
    at: tx.now,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    actor_name: actorName(actor),
  };
  await tx.insertInto('delivery_choice', [row]);
  await noteDelivery(tx, actor, caseId, choice.way);
  return { kind: 'done' };
}
