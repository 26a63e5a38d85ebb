import { dayInGermany } from '../../../kernel/dates.ts';
import {
  beginReminding,
  dueReminders,
  endReminding,
  type Reminder,
  sweepReminders,
} from '../../../modules/notices/index.ts';
import {
  allMailboxes,
  findMailbox,
  type Jobcenter,
  mailboxServers,
  type Profile,
  placeOf,
} from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { languages, translate } from '../../../platform/i18n/index.ts';
import { type OutgoingMail, sendAnswer } from '../../../platform/mail/index.ts';
import { formatLongDate, formatTime } from '../../../ui/format.ts';
import { mailboxFor } from '../../letter-way.ts';
import { portalAddress } from '../../portal-address.ts';
import type { AnswerServices } from './answer.ts';
import { reminderId } from './mail-keys.ts';
import { language } from './words.ts';

const actor = { kind: 'system', name: 'reminders' } as const;

/**
 * Reminds people of their appointments on the working day before, by the e-mail address they gave for it, if they said that they want it (§ 14 SGB I: so that advice is not
 * missed). Each is taken in a transaction of its own before the relay is told anything, so that none goes out twice, whenever a worker dies. When the
 * relay takes nothing now, the rest waits for the next run.
 */
export async function remindOfAppointments(services: AnswerServices, jobcenter: Jobcenter): Promise<void> {
  const profile = await services.profile(jobcenter.id);
  const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  await inTenant((tx) => sweepReminders(tx, actor));
  for (const id of await inTenant((tx) => dueReminders(tx, placeOf(profile)))) {
    const keys = await services.keyring.of(jobcenter.id);
    const ready = await inTenant(async (tx) => {
      const reminder = await beginReminding(tx, actor, id);
      if (reminder === undefined) return undefined;
      const box = mailboxFor(await allMailboxes(tx), reminder.teamId)?.id;
      const mailbox = box === undefined ? undefined : await findMailbox(tx, box);
      const servers = mailbox === undefined ? undefined : await mailboxServers(tx, keys, mailbox.id);
      if (mailbox !== undefined && servers !== undefined)
        return { reminder, servers, mail: write(services, jobcenter, profile, mailbox.address, reminder) };
      await endReminding(tx, actor, reminder, 'failed');
      return undefined;
    });
    if (ready === undefined) continue;
    const outcome = await sendAnswer(ready.servers.smtp, ready.mail);
    const came = outcome === 'never' ? 'failed' : outcome;
    await inTenant((tx) => endReminding(tx, actor, ready.reminder, came));
    if (came === 'later') return;
  }
}

function write(
  services: AnswerServices,
  jobcenter: Jobcenter,
  profile: Profile | undefined,
  address: string,
  { id, email, appointment }: Reminder,
): OutgoingMail {
  const portal = portalAddress(services, jobcenter);
  return {
    from: { name: jobcenter.name, address },
    to: email,
    subject: translate(language)('email:reminder.subject'),
    text: languages.map((each) => textIn(each, { jobcenter, profile, portal, appointment })).join('\n\n----\n\n'),
    messageId: reminderId(id, address),
    answers: [],
    language,
  };
}

type About = Pick<Reminder, 'appointment'> & {
  readonly jobcenter: Jobcenter;
  readonly profile: Profile | undefined;
  readonly portal: string;
};

/** That there is an appointment, when, and where more stands: no name, no number, neither place nor reason. Mailboxes are read by others too. */
function textIn(each: (typeof languages)[number], { jobcenter, profile, portal, appointment }: About): string {
  const t = translate(each);
  return [
    t('email:reminder.when', {
      jobcenter: jobcenter.name,
      date: formatLongDate(dayInGermany(appointment.startsAt), each),
      time: formatTime(appointment.startsAt, each),
    }),
    t('email:reminder.more', { address: `${portal}/stand` }),
    '',
    t('email:reminder.cannot'),
    ...(profile === undefined ? [] : [t('email:letter.phone', { phone: profile.phone })]),
    '',
    t('email:reminder.stop'),
    t('email:letter.automatic'),
  ].join('\n');
}
