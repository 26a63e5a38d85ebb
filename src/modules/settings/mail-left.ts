import type { Tx } from '../../platform/database/index.ts';

/** Where a message lies: the mailbox, and its number there as long as `uidValidity` stays. */
export type MailPlace = { readonly mailboxId: string; readonly uidValidity: number; readonly uid: number };

type Tables = {
  mail_left: {
    mailbox_id: string;
    uid_validity: number;
    uid: number;
    tries: number;
    since: Date;
    next_try_at: Date;
  };
};

const minute = 60_000;
const longestRest = 24 * 60 * minute;

/**
 * How long a message rests that could not be taken in so often: not at all after the first time, then a minute, doubled each time, a day at most. A
 * release may mend what was wrong.
 */
export const restAfter = (tries: number): number =>
  tries < 2 ? 0 : Math.min(longestRest, minute * 2 ** Math.min(tries - 2, 20));

const at = (tx: Tx, { mailboxId, uidValidity, uid }: MailPlace) =>
  tx
    .tables<Tables>()
    .selectFrom('mail_left')
    .select('tries')
    .where('mailbox_id', '=', mailboxId)
    .where('uid_validity', '=', uidValidity)
    .where('uid', '=', uid);

/** Notes that a message could not be taken in: it lies where it lay, and is tried again when it has rested. */
export async function leaveMail(tx: Tx, place: MailPlace): Promise<void> {
  const tries = ((await at(tx, place).executeTakeFirst())?.tries ?? 0) + 1;
  const next = new Date(tx.now.getTime() + restAfter(tries));
  await tx
    .tables<Tables>()
    .insertInto('mail_left')
    .values({
      mailbox_id: place.mailboxId,
      uid_validity: place.uidValidity,
      uid: place.uid,
      tries,
      since: tx.now,
      next_try_at: next,
    })
    .onConflict((c) =>
      c
        .columns(['jobcenter_id', 'mailbox_id', 'uid_validity', 'uid'] as never)
        .doUpdateSet({ tries, next_try_at: next }),
    )
    .execute();
}

/** Numbers of the messages that still rest. */
export async function restingMails(tx: Tx, mailboxId: string, uidValidity: number): Promise<Set<number>> {
  const rows = await tx
    .tables<Tables>()
    .selectFrom('mail_left')
    .select('uid')
    .where('mailbox_id', '=', mailboxId)
    .where('uid_validity', '=', uidValidity)
    .where('next_try_at', '>', tx.now)
    .execute();
  return new Set(rows.map(({ uid }) => Number(uid)));
}

/**
 * Forgets the messages that were taken in since, or that somebody took out of the folder: those that are not among `lying`. Gives how many are
 * left.
 */
export async function forgetTaken(
  tx: Tx,
  mailboxId: string,
  uidValidity: number,
  lying: ReadonlySet<number>,
): Promise<number> {
  const rows = await tx
    .tables<Tables>()
    .selectFrom('mail_left')
    .select(['uid_validity', 'uid'])
    .where('mailbox_id', '=', mailboxId)
    .execute();
  const gone = rows.filter((row) => Number(row.uid_validity) !== uidValidity || !lying.has(Number(row.uid)));
  for (const row of gone)
    await tx
      .tables<Tables>()
      .deleteFrom('mail_left')
      .where('mailbox_id', '=', mailboxId)
      .where('uid_validity', '=', row.uid_validity)
      .where('uid', '=', row.uid)
      .execute();
  return rows.length - gone.length;
}
