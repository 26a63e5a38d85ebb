import type { Actor } from '../../kernel/actor.ts';
import { type Document, eraseDocument, keysOf, type PreparedDocument } from '../../modules/documents/index.ts';
import {
  type Answers,
  freeze,
  markSubmitted,
  prune,
  reachable,
  removeDraftDocument,
} from '../../modules/forms/index.ts';
import { type Received, receive, type SubmissionInput } from '../../modules/intake/index.ts';
import { type StatedPerson, statedPersonSchema } from '../../modules/people/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import type { DraftFile, OpenDraft } from './open-draft.ts';

/** What sending needs beside the draft: from where, in which language, and who was identified at the counter. */
export type SendingParts = Pick<SubmissionInput, 'jobcenter' | 'keys' | 'channel' | 'teamId' | 'identified'> & {
  readonly language: Language;
};

/**
 * Sends a draft whose answers are complete, in the transaction that locked it; whoever sends it, it is sent once. What was
 * uploaded for questions that are no longer asked is erased.
 */
export async function submitDraft(
  tx: Tx,
  actor: Actor,
  parts: SendingParts,
  open: OpenDraft,
  person: StatedPerson,
): Promise<Received> {
  const answers = prune(open.form, open.answers);
  const fields = new Set(
    reachable(open.form, answers).flatMap((question) => question.fields.map((field) => field.key)),
  );
  const files = open.files.filter((file) => fields.has(file.field));
  const names = new Map(files.map((file) => [file.id, file.name]));
  const received = await receive(tx, actor, {
    ...parts,
    form: open.form,
    receivedAt: tx.now,
    person,
    answers,
    frozen: freeze(open.form, answers, parts.language, names),
    documents: await asReceived(tx, files),
    command: { ...draftCommand(open.draft.id), of: draftActor(open.draft.id) },
  });
  if (received.kind !== 'received') return received;
  await markSubmitted(tx, open.draft.id);
  await dropUnsent(
    tx,
    open.draft.id,
    open.files.filter((file) => !fields.has(file.field)),
  );
  return received;
}

/** A draft is sent once, whoever asks again. */
export const draftActor = (draftId: string) => ({ kind: 'client', receiptId: `draft:${draftId}` }) as const;
export const draftCommand = (draftId: string) => ({ key: draftId, requestHash: sha256(`draft ${draftId}`) });

/** Files as `receive` takes them: they are stored and recorded already. */
export async function asReceived(
  tx: Tx,
  files: readonly DraftFile[],
): Promise<{ document: PreparedDocument; field: string; recorded: true }[]> {
  const result = [];
  for (const file of files)
    result.push({ document: await prepared(tx, file), field: file.field, recorded: true as const });
  return result;
}

async function prepared(tx: Tx, file: Document): Promise<PreparedDocument> {
  const keys = await keysOf(tx, file.id);
  if (keys === undefined) throw new Error('A document of a draft has no keys.');
  const { blob, keyId, wrappedKey } = keys;
  return {
    id: file.id,
    name: file.name,
    mediaType: file.mediaType,
    pages: file.pages,
    bytes: file.bytes,
    sha256: file.sha256,
    blob,
    keyId,
    wrappedKey,
  };
}

/** Files of questions that are no longer asked were not sent; they are deleted, because nobody needs them. */
async function dropUnsent(tx: Tx, draftId: string, files: readonly DraftFile[]): Promise<void> {
  for (const file of files) {
    await removeDraftDocument(tx, draftId, file.id);
    await eraseDocument(tx, file.id);
  }
}

/** Who the answers say it is from; a file number that cannot be one stays an answer only. */
export function personOf(answers: Answers): StatedPerson | undefined {
  const { familyName, givenName, birthDate, fileNumber } = answers;
  const name = { familyName, givenName, birthDate };
  const complete = statedPersonSchema.safeParse(fileNumber === undefined ? name : { ...name, fileNumber });
  return complete.success ? complete.data : statedPersonSchema.safeParse(name).data;
}
