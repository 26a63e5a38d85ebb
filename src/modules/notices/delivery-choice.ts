import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { noteDelivery, otherCasesOfPerson } from '../cases/index.ts';
import type { NoticeTables, Way } from './tables.ts';

/**
 * By which way a person wants the letters of a case. The portal needs consent and an address for the e-mail that says there is something to fetch
 * (§ 37 (2a) SGB X, § 9 OZG); without a choice everything comes by post. It can be taken back at any time, in all cases of the person at once.
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

type Chosen = (
  | { readonly way: 'portal'; readonly email: string }
  | { readonly way: 'post'; readonly email?: string }
) & {
  readonly reminders?: boolean;
  /** The portal is taken back in every case of the person, also where this one has none to take back. */
  readonly everywhere?: boolean;
};

/**
 * Keeps a choice; the same once more changes nothing, and what is not said of reminders stays: none, where nobody said that they want them. The address
 * of who gets letters by post is kept for reminders alone. Callers see to it that whoever chooses may see the case.
 *
 * The portal is chosen for the one case whose access proves who chose. Taken back it is for each case of the same confirmed person: consent can be
 * revoked at any time, as easily as it was given (§ 37 (2a) SGB X, § 9 OZG, Art. 7 (3) DSGVO), and post is the way that is always safe.
 */
export async function chooseDelivery(
  tx: Tx,
  actor: Actor,
  caseId: string,
  choice: Chosen,
): Promise<{ readonly kind: 'done' | 'unchanged' }> {
  const now = await deliveryChoice(tx, caseId);
  const takesBack = choice.way === 'post' && (now?.way === 'portal' || choice.everywhere === true);
  const elsewhere = takesBack ? await takeBackElsewhere(tx, actor, caseId) : 0;
  const wished = choice.reminders ?? now?.reminders ?? false;
  const email = choice.way === 'portal' ? choice.email : wished ? (choice.email ?? now?.email ?? null) : null;
  const reminders = wished && email !== null;
  const same = (now?.way ?? 'post') === choice.way && (now?.email ?? null) === email;
  if (same && (now?.reminders ?? false) === reminders) return { kind: elsewhere > 0 ? 'done' : 'unchanged' };
  await keep(tx, actor, caseId, { way: choice.way, email, reminders });
  return { kind: 'done' };
}

/**
 * Letters of the person's other cases come by post from now on, too; whether they are reminded there stays as it was. The history of each says so, without
 * the case in which it was said: who works on the one need not know of the other. Gives in how many.
 */
async function takeBackElsewhere(tx: Tx, actor: Actor, caseId: string): Promise<number> {
  const as: Actor = actor.kind === 'client' ? { kind: 'client' } : actor;
  let count = 0;
  for (const { id } of await otherCasesOfPerson(tx, caseId)) {
    const there = await deliveryChoice(tx, id);
    if (there?.way !== 'portal') continue;
    const { reminders } = there;
    await keep(tx, as, id, { way: 'post', email: reminders ? there.email : null, reminders, revoked: true });
    count += 1;
  }
  return count;
}

type Kept = { readonly way: Way; readonly email: string | null; readonly reminders: boolean; readonly revoked?: true };

async function keep(tx: Tx, actor: Actor, caseId: string, { email, ...said }: Kept): Promise<void> {
  const row: NoticeTables['delivery_choice'] = {
    id: tx.newId(),
    case_id: caseId,
    way: said.way,
    email,
    reminders: said.reminders,
    at: tx.now,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    actor_name: actorName(actor),
  };
  await tx.insertInto('delivery_choice', [row]);
  await noteDelivery(tx, actor, caseId, said);
}
