import { type Document, eraseDocument, keysOf, type PreparedDocument } from '../../../modules/documents/index.ts';
import { freeze, markSubmitted, prune, reachable, removeDraftDocument } from '../../../modules/forms/index.ts';
import { type Received, receive, type SubmissionInput } from '../../../modules/intake/index.ts';
import type { StatedPerson } from '../../../modules/people/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { ButtonGroup, ButtonLink } from '../../../ui/index.ts';
import { openReceipt } from '../cookies.ts';
import { show } from '../shell.tsx';
import { type DraftVisit, present, type Visit } from '../visit.ts';
import { checkView, toMend } from './check.tsx';
import { type DraftFile, inDraft, type OpenDraft } from './open-draft.ts';
import { personOf } from './stated-person.ts';

/** Somebody who sent this draft may open its receipt without the code for this long: the back button, a second click. */
const backButtonMinutes = 30;

/** Sends the draft. A second click, a reload or the back button gives the same receipt. */
export async function sendDraft(visit: DraftVisit): Promise<Response> {
  const parts = await sendingParts(visit);
  const outcome = await inDraft(visit, 'change', async (tx, open) => {
    if (open.draft.submittedAt === null && open.newer !== undefined) return { kind: 'newer' } as const;
    if (open.draft.submittedAt === null && toMend(visit, open).length > 0) return { kind: 'mend', open } as const;
    if (open.draft.submittedAt !== null && tooLate(visit, open.draft.submittedAt)) return { kind: 'late' } as const;
    const person = personOf(open.answers);
    if (person === undefined) return { kind: 'mend', open } as const;
    return submit(tx, visit, parts, open, person);
  });
  if (outcome.kind === 'newer') return visit.c.redirect(`/entwurf/${visit.draftId}/neu`, 303);
  if (outcome.kind === 'mend') return checkView(visit, outcome.open, 422);
  if (outcome.kind === 'late') return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  if (outcome.kind === 'received') visit.services.metrics.submissions.inc({ channel: 'portal' });
  return toReceipt(visit, outcome);
}

const tooLate = (visit: Visit, sent: Date): boolean =>
  visit.now.getTime() - sent.getTime() > backButtonMinutes * 60_000;

/** What is needed beside the transaction to receive something. */
export async function sendingParts(
  visit: Visit,
): Promise<Pick<SubmissionInput, 'jobcenter' | 'keys' | 'language' | 'channel'>> {
  const keys = await visit.services.keyring.of(visit.jobcenter.id);
  return { jobcenter: visit.jobcenter, keys, language: visit.language, channel: 'portal' };
}

async function submit(
  tx: Tx,
  visit: DraftVisit,
  parts: Awaited<ReturnType<typeof sendingParts>>,
  open: OpenDraft,
  person: StatedPerson,
): Promise<Received> {
  const answers = prune(open.form, open.answers);
  const fields = new Set(
    reachable(open.form, answers).flatMap((question) => question.fields.map((field) => field.key)),
  );
  const files = open.files.filter((file) => fields.has(file.field));
  const names = new Map(files.map((file) => [file.id, file.name]));
  const received = await receive(tx, draftActor(visit.draftId), {
    ...parts,
    form: open.form,
    receivedAt: tx.now,
    person,
    answers,
    frozen: freeze(open.form, answers, visit.language, names),
    documents: await asReceived(tx, files),
    command: draftCommand(visit.draftId),
    teamId: await visit.services.teamFor(visit.jobcenter.id, open.form.team),
  });
  if (received.kind !== 'received') return received;
  await markSubmitted(tx, visit.draftId);
  await dropUnsent(
    tx,
    visit.draftId,
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
  const { blob, keyId, wrappedKey } = present(await keysOf(tx, file.id));
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

export function toReceipt(visit: Visit, received: Received): Response {
  if (received.kind !== 'received' && received.kind !== 'repeated')
    throw new Error(`A draft could not be received: ${received.kind}.`);
  const { number } = received.receipt;
  openReceipt(visit, visit.jobcenter.id, number);
  return visit.c.redirect(`/eingang/${number}/beleg`, 303);
}

/** A draft that was sent: the receipt while it is fresh, later the way in with the code. */
export async function sentPage(visit: DraftVisit): Promise<Response> {
  const { t } = visit;
  const sentAt = await inDraft(visit, 'read', async (_tx, open) => open.draft.submittedAt);
  if (sentAt === null) return visit.c.redirect(`/entwurf/${visit.draftId}`, 303);
  if (!tooLate(visit, sentAt)) return sendDraft(visit);
  return show(
    visit,
    { title: t('portal:sent.title') },
    <>
      <h1>{t('portal:sent.title')}</h1>
      <p class="td-lead">{t('portal:sent.text')}</p>
      <ButtonGroup>
        <ButtonLink href="/stand">{t('portal:start.status')}</ButtonLink>
        <ButtonLink href="/" variant="secondary">
          {t('portal:trouble.home')}
        </ButtonLink>
      </ButtonGroup>
    </>,
  );
}
