import type { Tx } from '../../platform/database/index.ts';

/** What a message was: a submission, a mail server's note about an answer of ours, or an answer of ours that came back. */
export type MailKind = 'submission' | 'bounce' | 'own';

/**
 * What became of the answer to a message. `none`: nobody is answered. `sending`: the relay is being told; after a crash nobody
 * knows, so it becomes `unsure` and is not sent again: one answer at most.
 */
export type AnswerState = 'none' | 'due' | 'sending' | 'sent' | 'failed' | 'unsure';

export type MailMessage = {
  readonly id: string;
  readonly mailboxId: string;
  readonly contentHash: Buffer;
  readonly submissionId: string | null;
  readonly answer: AnswerState;
};

export type NewMailMessage = {
  readonly mailboxId: string;
  /** Hash of its Message-ID, or of its bytes. */
  readonly messageKey: Buffer;
  /** Hash of what it says and carries: the same message by another way has the same. */
  readonly contentHash: Buffer;
  readonly rawSha256: Buffer;
  readonly bytes: number;
  readonly uidValidity: number;
  readonly uid: number;
  /** Keyed hash of the sender's address. */
  readonly senderKey: Buffer | null;
  readonly kind: MailKind;
  readonly submissionId: string | null;
  readonly answer: 'none' | 'due';
};

type MailTables = {
  mail_message: {
    id: string;
    mailbox_id: string;
    message_key: Buffer;
    content_hash: Buffer;
    raw_sha256: Buffer;
    bytes: number;
    uid_validity: number;
    uid: number;
    sender_key: Buffer | null;
    kind: MailKind;
    submission_id: string | null;
    answer: AnswerState;
    answer_key: Buffer | null;
    answer_since: Date;
    at: Date;
  };
};

const columns = [
  'id',
  'mailbox_id as mailboxId',
  'content_hash as contentHash',
  'submission_id as submissionId',
  'answer',
] as const;
const rows = (tx: Tx) => tx.tables<MailTables>().selectFrom('mail_message').select(columns);

export const findMail = (tx: Tx, id: string): Promise<MailMessage | undefined> =>
  rows(tx).where('id', '=', id).executeTakeFirst();

export const mailByKey = (tx: Tx, messageKey: Buffer): Promise<MailMessage | undefined> =>
  rows(tx).where('message_key', '=', messageKey).executeTakeFirst();

/** The message that was taken in from this place of a mailbox. */
export const mailAt = (
  tx: Tx,
  place: { readonly mailboxId: string; readonly uidValidity: number; readonly uid: number },
): Promise<MailMessage | undefined> =>
  rows(tx)
    .where('mailbox_id', '=', place.mailboxId)
    .where('uid_validity', '=', place.uidValidity)
    .where('uid', '=', place.uid)
    .limit(1)
    .executeTakeFirst();

/**
 * Messages among the given ids (as hashes): ones that came in, and ones that our answers answered. `by`: only what this sender
 * (keyed hash) wrote.
 */
export async function mailsOfThread(tx: Tx, keys: readonly Buffer[], by?: Buffer): Promise<MailMessage[]> {
  if (keys.length === 0) return [];
  let found = rows(tx)
    .where((eb) => eb.or([eb('message_key', 'in', [...keys]), eb('answer_key', 'in', [...keys])]))
    .orderBy('id')
    .limit(200);
  if (by !== undefined) found = found.where('sender_key', '=', by);
  return found.execute();
}

/** Messages that our answers with these ids (as hashes) answered. */
export const mailsAnsweredBy = async (tx: Tx, keys: readonly Buffer[]): Promise<MailMessage[]> =>
  keys.length === 0
    ? []
    : rows(tx)
        .where('answer_key', 'in', [...keys])
        .limit(20)
        .execute();

/** Notes a message with what it became, in the transaction of the submission; `answerKey` is told the id of the row. */
export async function recordMail(tx: Tx, mail: NewMailMessage, answerKey: (id: string) => Buffer): Promise<string> {
  const id = tx.newId();
  const row = {
    id,
    mailbox_id: mail.mailboxId,
    message_key: mail.messageKey,
    content_hash: mail.contentHash,
    raw_sha256: mail.rawSha256,
    bytes: mail.bytes,
    uid_validity: mail.uidValidity,
    uid: mail.uid,
    sender_key: mail.senderKey,
    kind: mail.kind,
    submission_id: mail.submissionId,
    answer: mail.answer,
    answer_key: mail.answer === 'due' ? answerKey(id) : null,
    answer_since: tx.now,
    at: tx.now,
  };
  await tx.tables<MailTables>().insertInto('mail_message').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Changes the state of an answer, if it stands where the caller believes; false when somebody else was faster. */
export async function moveAnswer(tx: Tx, id: string, from: AnswerState, to: AnswerState): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<MailTables>()
    .updateTable('mail_message')
    .set({ answer: to, answer_since: tx.now })
    .where('id', '=', id)
    .where('answer', '=', from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Answers that have stood in a state since before an instant: jobs that were lost. */
export async function staleAnswers(tx: Tx, state: 'due' | 'sending', before: Date): Promise<string[]> {
  const found = await tx
    .tables<MailTables>()
    .selectFrom('mail_message')
    .select('id')
    .where('answer', '=', state)
    .where('answer_since', '<', before)
    .limit(500)
    .execute();
  return found.map((row) => row.id);
}

/**
 * Forgets what is known of messages whose submissions are deleted: from whom, what, and what was answered. Its key and a digest
 * of it stay: a message that still lies in its mailbox must not come in again.
 */
export async function forgetMailsOf(tx: Tx, submissionIds: readonly string[]): Promise<void> {
  await tx
    .tables<MailTables>()
    .updateTable('mail_message')
    .set({
      submission_id: null,
      sender_key: null,
      answer_key: null,
      answer: 'none',
      raw_sha256: Buffer.of(),
      bytes: 0,
    })
    .where('submission_id', 'in', [...submissionIds])
    .execute();
}
