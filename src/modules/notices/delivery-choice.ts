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
  /** Whether they said that they want to be reminded of appointments by e-mail, by whichever way their letters come. */
  readonly reminders: boolean;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorName: string;
};

/** What was chosen last; undefined where nobody chose: then by post, and nobody is reminded. */
export async function deliveryChoice(tx: Tx, caseId: string): Promise<DeliveryChoice | undefined> {
  const found = await tx
    .tables<NoticeTables>()
    .selectFrom('delivery_choice')
    .select(['way', 'email', 'reminders', 'at', 'actor_kind as actorKind', 'actor_name as actorName'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found === undefined ? undefined : { ...found, reminders: found.reminders && found.email !== null };
}

/**
 * Keeps a choice; the same once more changes nothing, and what is not said of reminders stays: none, where nobody said that they want them. The address
 * of who gets letters by post is kept for reminders alone. Callers see to it that whoever chooses may see the case.
 */
export async function chooseDelivery(
  tx: Tx,
  actor: Actor,
  caseId: string,
  choice: ({ readonly way: 'portal'; readonly email: string } | { readonly way: 'post'; readonly email?: string }) & {
    readonly reminders?: boolean;
  },
): Promise<{ readonly kind: 'done' | 'unchanged' }> {
  const now = await deliveryChoice(tx, caseId);
  const wished = choice.reminders ?? now?.reminders ?? false;
  const email = choice.way === 'portal' ? choice.email : wished ? (choice.email ?? now?.email ?? null) : null;
  const reminders = wished && email !== null;
  const same = (now?.way ?? 'post') === choice.way && (now?.email ?? null) === email;
  if (same && (now?.reminders ?? false) === reminders) return { kind: 'unchanged' };
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
  await noteDelivery(tx, actor, caseId, { way: choice.way, reminders });
  return { kind: 'done' };
}
