import { addNote } from '../../../modules/cases/index.ts';
import { findMail, findSubmission, moveAnswer, receiptOfSubmission } from '../../../modules/intake/index.ts';
import {
  findMailbox,
  type Jobcenter,
  type MailboxServers,
  mailboxServers,
  type Profile,
} from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { languages, translate } from '../../../platform/i18n/index.ts';
import { type OutgoingMail, sendAnswer } from '../../../platform/mail/index.ts';
import { portalAddress } from '../../portal-address.ts';
import type { Services } from '../../services.ts';
import { answerId } from './mail-keys.ts';
import { language } from './words.ts';

export type AnswerServices = Pick<Services, 'database' | 'keyring' | 'profile' | 'baseUrl' | 'log'>;

const actor = { kind: 'system', name: 'email' } as const;
const office = { role: 'program', id: 'email', teamIds: [] } as const;

/** The relay did not take an answer; the job is tried again later. */
export class AnswerDelayed extends Error {
  override readonly name = 'AnswerDelayed';
}

/**
 * Sends the receipt number for a message, once at most: before the relay is told anything, it is noted that it is being told.
 * Throws AnswerDelayed when the relay takes nothing now.
 */
export async function answerMail(services: AnswerServices, jobcenter: Jobcenter, mailId: string): Promise<void> {
  const profile = await services.profile(jobcenter.id);
  const keys = await services.keyring.of(jobcenter.id);
  const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const ready = await inTenant(async (tx) => {
    if (!(await moveAnswer(tx, mailId, 'due', 'sending'))) return undefined;
    const written = await writeAnswer(tx, { jobcenter, profile, portal: portalAddress(services, jobcenter), mailId });
    const servers = written === undefined ? undefined : await mailboxServers(tx, keys, written.mailboxId);
    if (written !== undefined && servers !== undefined) return { ...written, servers };
    await moveAnswer(tx, mailId, 'sending', 'failed');
    return undefined;
  });
  if (ready === undefined) return;
  const outcome = await deliver(ready.servers, ready.mail);
  await inTenant(async (tx) => {
    if (outcome === 'later') await moveAnswer(tx, mailId, 'sending', 'due');
    else if (outcome === 'sent') await moveAnswer(tx, mailId, 'sending', 'sent');
    else await giveUp(tx, mailId, outcome === 'never' ? 'failed' : 'unsure');
  });
  if (outcome === 'later') throw new AnswerDelayed('The relay takes no mail now.');
}

const deliver = (servers: MailboxServers, mail: OutgoingMail) => sendAnswer(servers.smtp, mail);

/** No answer went out, or nobody knows: the case says so, that somebody may write or call. */
export async function giveUp(tx: Tx, mailId: string, state: 'failed' | 'unsure'): Promise<void> {
  if (!(await moveAnswer(tx, mailId, 'sending', state))) return;
  const mail = await findMail(tx, mailId);
  const submission = mail?.submissionId ? await findSubmission(tx, mail.submissionId) : undefined;
  if (submission !== undefined)
    await addNote(tx, { actor, reader: office, caseId: submission.caseId }, translate(language)(`email:note.${state}`));
}

type Wanted = {
  readonly jobcenter: Jobcenter;
  readonly profile: Profile | undefined;
  readonly portal: string;
  readonly mailId: string;
};

async function writeAnswer(tx: Tx, wanted: Wanted): Promise<{ mailboxId: string; mail: OutgoingMail } | undefined> {
  const { jobcenter, mailId } = wanted;
  const found = await findMail(tx, mailId);
  const mailbox = found === undefined ? undefined : await findMailbox(tx, found.mailboxId);
  const submission = found?.submissionId ? await findSubmission(tx, found.submissionId) : undefined;
  const receipt = submission === undefined ? undefined : await receiptOfSubmission(tx, submission.id);
  const to = submission?.person.email;
  if (mailbox === undefined || mailbox.disabledAt !== null || receipt === undefined || to === undefined)
    return undefined;
  const { answers } = submission as { answers: { messageId?: unknown; references?: unknown; refused?: unknown } };
  const ids = [...(Array.isArray(answers.references) ? answers.references : []), answers.messageId];
  const facts = {
    number: receipt.number,
    papers: receipt.payload.documents.length,
    refused: answers.refused === true,
  };
  return {
    mailboxId: mailbox.id,
    mail: {
      from: { name: jobcenter.name, address: mailbox.address },
      to,
      subject: translate(language)('email:answer.subject', { number: receipt.number }),
      text: languages.map((each) => answerText(each, wanted, facts)).join('\n\n----\n\n'),
      messageId: answerId(mailId, mailbox.address),
      answers: ids.filter((id) => typeof id === 'string'),
      language,
    },
  };
}

/** A receipt number, how many papers came, what happens next and the other ways: nothing of what the mail was about. */
function answerText(
  each: (typeof languages)[number],
  { jobcenter, profile, portal }: Wanted,
  facts: { readonly number: string; readonly papers: number; readonly refused: boolean },
): string {
  const t = translate(each);
  const ways =
    profile === undefined
      ? []
      : [
          t('email:answer.ways', { phone: profile.phone }),
          `${jobcenter.name}, ${profile.street}, ${profile.postcode} ${profile.town}`,
        ];
  return [
    t('email:answer.arrived'),
    t('email:answer.number', { number: facts.number }),
    t('email:answer.papers', { count: facts.papers }),
    ...(facts.refused ? [t('email:answer.refused')] : []),
    '',
    t('email:answer.next'),
    t('email:answer.careful'),
    '',
    t('email:answer.online', { address: portal }),
    ...ways,
    '',
    t('email:answer.automatic'),
  ].join('\n');
}
