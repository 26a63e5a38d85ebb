import { findCase } from '../../../modules/cases/index.ts';
import { beginTelling, deliveryChoice, endTelling, type Notice } from '../../../modules/notices/index.ts';
import {
  allMailboxes,
  findMailbox,
  type Jobcenter,
  type Mailbox,
  mailboxServers,
  type Profile,
} from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { languages, translate } from '../../../platform/i18n/index.ts';
import { type OutgoingMail, sendAnswer } from '../../../platform/mail/index.ts';
import { mailboxFor } from '../../letter-way.ts';
import { portalAddress } from '../../portal-address.ts';
import type { AnswerServices } from './answer.ts';
import { letterId } from './mail-keys.ts';
import { language } from './words.ts';

const actor = { kind: 'system', name: 'letters' } as const;
const office = { role: 'program', id: 'letters', teamIds: [] } as const;

/** The relay took nothing now; the job is tried again later. */
export class TellingDelayed extends Error {
  override readonly name = 'TellingDelayed';
}

/**
 * Says by e-mail that there is something to fetch, and nothing of what it is (§ 37 (2a) SGB X). It is noted before the relay is told anything that it is
 * being told: a letter of which nobody knows whether the e-mail went out goes by post. Throws TellingDelayed when the relay takes nothing now.
 */
export async function tellOfLetter(services: AnswerServices, jobcenter: Jobcenter, noticeId: string): Promise<void> {
  const profile = await services.profile(jobcenter.id);
  const keys = await services.keyring.of(jobcenter.id);
  const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const ready = await inTenant(async (tx) => {
    const notice = await beginTelling(tx, noticeId);
    if (notice === undefined) return undefined;
    const written = await write(tx, { jobcenter, profile, portal: portalAddress(services, jobcenter) }, notice);
    const servers = written === undefined ? undefined : await mailboxServers(tx, keys, written.mailbox.id);
    if (written !== undefined && servers !== undefined) return { mail: written.mail, servers };
    await endTelling(tx, actor, noticeId, 'failed');
    return undefined;
  });
  if (ready === undefined) return;
  const outcome = await sendAnswer(ready.servers.smtp, ready.mail);
  const came = outcome === 'sent' || outcome === 'later' ? outcome : 'failed';
  await inTenant((tx) => endTelling(tx, actor, noticeId, came));
  if (came === 'later') throw new TellingDelayed('The relay takes no mail now.');
}

type Sender = { readonly jobcenter: Jobcenter; readonly profile: Profile | undefined; readonly portal: string };

async function write(
  tx: Tx,
  sender: Sender,
  notice: Notice,
): Promise<{ readonly mailbox: Mailbox; readonly mail: OutgoingMail } | undefined> {
  const choice = await deliveryChoice(tx, notice.caseId);
  const found = await findCase(tx, office, notice.caseId);
  const id = found === undefined ? undefined : mailboxFor(await allMailboxes(tx), found.teamId)?.id;
  const mailbox = id === undefined ? undefined : await findMailbox(tx, id);
  // Taken back in between: then it goes by post.
  if (choice?.way !== 'portal' || choice.email === null || mailbox === undefined) return undefined;
  return {
    mailbox,
    mail: {
      from: { name: sender.jobcenter.name, address: mailbox.address },
      to: choice.email,
      subject: translate(language)('email:letter.subject'),
      text: languages.map((each) => textIn(each, sender)).join('\n\n----\n\n'),
      messageId: letterId(notice.id, mailbox.address),
      answers: [],
      language,
    },
  };
}

/** That something waits, where, and the other ways: no name, no number, nothing of what it says. */
function textIn(each: (typeof languages)[number], { jobcenter, profile, portal }: Sender): string {
  const t = translate(each);
  return [
    t('email:letter.waits', { jobcenter: jobcenter.name }),
    t('email:letter.fetch', { address: `${portal}/stand` }),
    t('email:letter.counts'),
    '',
    t('email:letter.stop'),
    ...(profile === undefined ? [] : [t('email:letter.phone', { phone: profile.phone })]),
    '',
    t('email:letter.automatic'),
  ].join('\n');
}
