import type { Actor } from '../../../kernel/actor.ts';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { addNote, raiseClearing, raiseNotAccepted } from '../../../modules/cases/index.ts';
import { beginAttempt } from '../../../modules/identity/index.ts';
import {
  findSubmission,
  type MailMessage,
  mailByKey,
  mailsAnsweredBy,
  mailsOfThread,
  type NewMailMessage,
  receive,
  recordMail,
} from '../../../modules/intake/index.ts';
import { allMailboxes, type Jobcenter, type Mailbox } from '../../../modules/settings/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { mailLimits, type ParsedMail, parseMail } from '../../../platform/mail/index.ts';
import type { Services } from '../../services.ts';
import { answerId, idHash, senderKey } from './mail-keys.ts';
import { judgeParts, type MailPapers, paperHashes } from './papers.ts';
import { suggestCases } from './suggest-case.ts';
import { frozenMail, language, languageOfMail, statedSender, type Trouble } from './words.ts';

export type MailServices = Pick<Services, 'database' | 'keyring' | 'catalogue' | 'vault' | 'clock' | 'log'>;

/** A message as it was fetched. `cut`: only its headers, because it is too large. */
export type FoundMail = {
  readonly raw: Buffer;
  readonly cut: boolean;
  readonly bytes: number;
  readonly arrivedAt: Date;
  readonly uidValidity: number;
  readonly uid: number;
};

const actor: Actor = { kind: 'system', name: 'email' };
const office = { role: 'program', id: 'email', teamIds: [] } as const;
const concern = 'unterlagen';
/** Answers to one address in a day: enough for a person, too few for two programs that write to each other. */
const answersADay = { kind: 'mail-answer', most: 5, minutes: 24 * 60 } as const;
/** Whoever writes to more people than this at once waits for no answer from us. */
const fewRecipients = 50;

type Taking = {
  readonly services: MailServices;
  readonly jobcenter: Jobcenter;
  readonly mailbox: Mailbox;
  readonly found: FoundMail;
  readonly mail: ParsedMail;
  readonly contentHash: Buffer;
  readonly codes: Uint8Array;
};

/**
 * Takes in one message: it becomes a submission with everything it carries, in one transaction with the note that it was taken.
 * `known`: it was taken in before, by whatever mailbox. Safe to be called again with the same message, also at the same time.
 */
export async function takeMail(
  services: MailServices,
  jobcenter: Jobcenter,
  mailbox: Mailbox,
  found: FoundMail,
): Promise<'taken' | 'known'> {
  const mail = await parseMail(found.raw);
  const { codes } = await services.keyring.of(jobcenter.id);
  const contentHash = hashOf(mail, found);
  const taking = { services, jobcenter, mailbox, found, mail, contentHash, codes };
  const known = await services.database.tenant(jobcenter.id, async (tx) => {
    const key = await freeKey(tx, taking);
    return key === undefined || (await settleWithoutSubmission(tx, taking, key));
  });
  return known ? 'known' : asSubmission(taking);
}

/** What a message says and carries, whatever servers wrote over it on its way. */
const hashOf = (mail: ParsedMail, found: FoundMail): Buffer =>
  sha256(
    canonicalJson({
      from: mail.from?.address ?? null,
      subject: mail.subject,
      text: mail.text,
      parts: mail.parts.map((part) => sha256(part.bytes).toString('hex')),
      ...(found.cut ? { bytes: found.bytes } : {}),
    }),
  );

/** The key for a message: its Message-ID, or its bytes where that is missing or another message has it. Undefined: taken before. */
async function freeKey(tx: Tx, { mail, found, contentHash }: Taking): Promise<Buffer | undefined> {
  const byBytes = sha256(found.raw);
  const keys = mail.messageId === undefined ? [byBytes] : [idHash(mail.messageId), byBytes];
  for (const key of keys) {
    const earlier = await mailByKey(tx, key);
    if (earlier === undefined) return key;
    if (earlier.contentHash.equals(contentHash)) return undefined;
  }
  return undefined;
}

const row = (taking: Taking, messageKey: Buffer): NewMailMessage => ({
  mailboxId: taking.mailbox.id,
  messageKey,
  contentHash: taking.contentHash,
  rawSha256: sha256(taking.found.raw),
  bytes: taking.found.bytes,
  uidValidity: taking.found.uidValidity,
  uid: taking.found.uid,
  senderKey: taking.mail.from === undefined ? null : senderKey(taking.codes, taking.mail.from.address),
  kind: 'submission',
  submissionId: null,
  answer: 'none',
});

/** An answer of ours that came back is put away; that one was not delivered is noted on its case. */
async function settleWithoutSubmission(tx: Tx, taking: Taking, key: Buffer): Promise<boolean> {
  const { mail, mailbox } = taking;
  const record = (kind: 'own' | 'bounce') =>
    recordMail(tx, { ...row(taking, key), kind }, (id) => idHash(answerId(id, mailbox.address)));
  if (mail.messageId !== undefined && (await mailsAnsweredBy(tx, [idHash(mail.messageId)])).length > 0) {
    await record('own');
    return true;
  }
  if (mail.machine !== 'bounce') return false;
  const answered = await mailsAnsweredBy(tx, [...mail.returned, ...mail.answers].map(idHash));
  if (answered.length === 0) return false;
  await record('bounce');
  for (const each of answered) await noteBounce(tx, each);
  return true;
}

async function noteBounce(tx: Tx, answered: MailMessage): Promise<void> {
  const submission = answered.submissionId === null ? undefined : await findSubmission(tx, answered.submissionId);
  if (submission !== undefined)
    await addNote(tx, { actor, reader: office, caseId: submission.caseId }, translate(language)('email:note.bounce'));
}

async function asSubmission(taking: Taking): Promise<'taken' | 'known'> {
  const { services, jobcenter, found, mail, codes } = taking;
  const form = await services.catalogue.find(jobcenter.id, concern);
  if (form === undefined) throw new Error('The form for papers is missing.');
  const keys = await services.keyring.of(jobcenter.id);
  const ids = mail.answers.map(idHash);
  const by = mail.from === undefined ? undefined : senderKey(codes, mail.from.address);
  const earlier = await services.database.tenant(jobcenter.id, async (tx) =>
    by === undefined ? new Set<string>() : paperHashes(tx, submissionsIn(await mailsOfThread(tx, ids, by))),
  );
  const papers = await judgeParts(services, jobcenter.id, mail.parts, earlier);
  const foreign = await languageOfMail(mail);
  const trouble: readonly Trouble[] = [...mail.trouble, ...(found.cut ? ['message-too-large' as const] : [])];
  return services.database.tenant(jobcenter.id, async (tx) => {
    const key = await freeKey(tx, taking);
    if (key === undefined) return 'known';
    const received = await receive(tx, actor, {
      jobcenter,
      keys,
      form,
      language,
      channel: 'email',
      receivedAt: arrival(found.arrivedAt, tx.now),
      person: statedSender(mail.from),
      // Not of a form: what an answer must name, whether it must say that something could not be opened, and the language if not German.
      answers: {
        ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
        references: mail.answers.slice(-10),
        refused: papers.refused.length > 0 || trouble.length > 0,
        ...(foreign === undefined ? {} : { mailLanguage: foreign }),
      },
      frozen: frozenMail(form, mail, papers, sha256(found.raw), trouble, foreign),
      documents: papers.kept.map((document) => ({ document, field: 'email', recorded: false })),
      command: { key: `mail ${key.toString('hex')}`, requestHash: taking.contentHash },
      teamId: taking.mailbox.teamId,
    });
    if (received.kind === 'repeated') return 'known';
    if (received.kind === 'key-reused') throw new Error('Two different messages with one id came at the same time.');
    const answer = (await mayAnswer(tx, taking)) ? 'due' : 'none';
    const { submissionId } = received.receipt;
    const mailId = await recordMail(tx, { ...row(taking, key), submissionId, answer }, (id) =>
      idHash(answerId(id, taking.mailbox.address)),
    );
    if (answer === 'due') await tx.enqueue('answer-mail', { jobcenterId: jobcenter.id, mailId });
    await raiseDoubts(tx, received.caseId, papers, trouble);
    const hints = await suggestCases(tx, `${mail.subject}\n${mail.text}`, await mailsOfThread(tx, ids));
    if (hints.length > 0)
      await raiseClearing(tx, received.caseId, 'case-suggested', {
        submissionId,
        suggestions: hints.map((hint) => ({ ...hint })),
      });
    return 'taken';
  });
}

const submissionsIn = (mails: readonly MailMessage[]): string[] => mails.flatMap((mail) => mail.submissionId ?? []);

/** When it reached the office: as the mail server says, but never later than now. */
const arrival = (at: Date, now: Date): Date => (at.getTime() > 0 && at < now ? at : now);

async function raiseDoubts(tx: Tx, caseId: string, papers: MailPapers, trouble: readonly Trouble[]): Promise<void> {
  if (papers.refused.length === 0 && trouble.length === 0) return;
  const refused = papers.refused.map(({ name, reason }) => ({ name, reason }));
  await raiseNotAccepted(tx, caseId, { refused, trouble });
}

/** A person may be waiting for a receipt. Machines, lists, forgeries that are known as such, and we ourselves are not answered. */
async function mayAnswer(tx: Tx, { mail, codes }: Taking): Promise<boolean> {
  if (mail.machine !== undefined || mail.from === undefined || mail.recipients > fewRecipients) return false;
  const { address } = mail.from;
  const verdicts = mail.headers.get('authentication-results') ?? [];
  if (verdicts.some((each) => /\bdmarc=fail\b/i.test(each))) return false;
  if ((await allMailboxes(tx)).some((mailbox) => mailbox.address === address)) return false;
  return (await beginAttempt(tx, codes, [{ ...answersADay, subject: address }])) !== undefined;
}

/** True for a message that is not fetched whole. */
export const isTooLarge = (bytes: number): boolean => bytes > mailLimits.bytes;
