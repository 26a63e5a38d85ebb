import { mailAt } from '../../../modules/intake/index.ts';
import {
  findMailbox,
  forgetTaken,
  type Jobcenter,
  leaveMail,
  type Mailbox,
  mailboxServers,
  noteMailboxRead,
  noteMailboxTrouble,
  noteMailsLeft,
  restingMails,
} from '../../../modules/settings/index.ts';
import { StorageFull } from '../../../platform/blobs/index.ts';
import { isDatabaseLost, type Tx } from '../../../platform/database/index.ts';
import { MailError, type OpenMailbox, openMailbox, type WaitingMail } from '../../../platform/mail/index.ts';
import { isTooLarge, type MailServices, takeMail } from './take-mail.ts';

export type MailboxReading = {
  /** Messages that became submissions (or notes) now, and those that had before. */
  readonly taken: number;
  readonly known: number;
  /** Messages that could not be taken in; they stay where they are. */
  readonly failed: number;
  /** True when more may be waiting than one reading takes. */
  readonly more: boolean;
};

/** Messages of one reading: the next one goes on, and other jobs have their turn between. */
const portion = 50;

/**
 * Takes in what lies in a mailbox, the oldest first. A message is put away only when it is safely a submission, so that one that
 * was interrupted is found again and known. Trouble with the mailbox is noted and ends the reading; a message that cannot be taken
 * in stays where it is and rests, longer each time, so that however many of them keep no other waiting; the team is told how many. Undefined: another worker is reading it, or it is out of use.
 */
export async function readMailbox(
  services: MailServices,
  jobcenter: Jobcenter,
  mailboxId: string,
): Promise<MailboxReading | undefined> {
  return services.database.alone(`read mailbox ${jobcenter.id} ${mailboxId}`, async () => {
    const keys = await services.keyring.of(jobcenter.id);
    const found = await services.database.tenant(jobcenter.id, async (tx) => {
      const mailbox = await findMailbox(tx, mailboxId);
      const servers = await mailboxServers(tx, keys, mailboxId);
      return mailbox === undefined || mailbox.disabledAt !== null || servers === undefined
        ? undefined
        : { mailbox, servers };
    });
    if (found === undefined) return undefined;
    const { mailbox, servers } = found;
    try {
      const opened = await openMailbox(servers.imap, { inbox: mailbox.folder, done: mailbox.doneFolder });
      try {
        return await takeAll({ services, jobcenter, mailbox, opened });
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      services.log.warn(
        { jobcenter: jobcenter.key, mailbox: mailboxId, trouble: error.failure },
        'a mailbox is not read',
      );
      await services.database.tenant(jobcenter.id, (tx) => noteMailboxTrouble(tx, mailboxId, error.failure));
      return { taken: 0, known: 0, failed: 0, more: false };
    }
  });
}

type Reading = {
  readonly services: MailServices;
  readonly jobcenter: Jobcenter;
  readonly mailbox: Mailbox;
  readonly opened: OpenMailbox;
};

async function takeAll(reading: Reading): Promise<MailboxReading> {
  const { services, jobcenter, mailbox, opened } = reading;
  const { uidValidity } = opened;
  const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const resting = await inTenant((tx) => restingMails(tx, mailbox.id, uidValidity));
  const { mails, lying } = await opened.waiting(portion, resting);
  const stay = new Set(lying);
  const count = { taken: 0, known: 0, failed: 0 };
  for (const each of mails) {
    try {
      const outcome = await takeOne(reading, each);
      stay.delete(each.uid);
      if (outcome !== 'gone') count[outcome] += 1;
    } catch (error) {
      if (error instanceof MailError || error instanceof StorageFull || isDatabaseLost(error)) throw error;
      count.failed += 1;
      services.log.error({ jobcenter: jobcenter.key, mailbox: mailbox.id, err: error }, 'a message was not taken in');
      await inTenant((tx) => leaveMail(tx, { mailboxId: mailbox.id, uidValidity, uid: each.uid }));
    }
  }
  await inTenant(async (tx) => {
    const left = await forgetTaken(tx, mailbox.id, uidValidity, stay);
    await (left > 0 ? noteMailsLeft(tx, mailbox.id) : noteMailboxRead(tx, mailbox.id));
  });
  return { ...count, more: mails.length === portion };
}

async function takeOne(reading: Reading, each: WaitingMail): Promise<'taken' | 'known' | 'gone'> {
  const { services, jobcenter, mailbox, opened } = reading;
  const { uidValidity } = opened;
  const place = { mailboxId: mailbox.id, uidValidity, uid: each.uid };
  const before = await services.database.tenant(jobcenter.id, (tx) => mailAt(tx, place));
  if (before !== undefined) {
    await opened.putAway(each.uid);
    return 'known';
  }
  const cut = isTooLarge(each.bytes);
  const raw = await opened.read(each.uid, cut ? 'head' : 'whole');
  if (raw === undefined) return 'gone';
  const { uid, bytes, arrivedAt } = each;
  const outcome = await takeMail(services, jobcenter, mailbox, { raw, cut, bytes, arrivedAt, uidValidity, uid });
  await opened.putAway(uid);
  return outcome;
}
