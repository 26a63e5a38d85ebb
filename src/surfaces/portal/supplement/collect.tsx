import { isId } from '../../../kernel/ids.ts';
import { clientWrites } from '../../../modules/cases/index.ts';
import { eraseDocument, hardToRead } from '../../../modules/documents/index.ts';
import { findDraft, removeDraftDocument, startDraft } from '../../../modules/forms/index.ts';
import { type Lookalike, type OwnHint, ownHints, ownLookalikes } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, Checkbox, ErrorSummary, FileField, Form, fieldId, formatDate, TextArea } from '../../../ui/index.ts';
import { FileList } from '../../questions/file-list.tsx';
import { type DraftFile, draftFiles } from '../../questions/open-draft.ts';
import { addFiles, discard, hashesOf, storeFiles } from '../../questions/uploads.ts';
import { one } from '../../request.ts';
import { heldSupplement, holdSupplement } from '../cookies.ts';
import { HardToRead } from '../draft/hard-to-read.tsx';
import { allHints, KnownFiles } from '../draft/known.tsx';
import { show } from '../shell.tsx';
import { inTenant, lastDay, type Visit } from '../visit.ts';
import type { Desk, Target } from './desk.ts';
import { field, formOf, sendPapers } from './send.ts';

const most = 40;
const messageLength = 5_000;
const fileLimit = 25 * 1024 * 1024;

export type Held = { readonly id: string; readonly token: string };
export type Place = Target & {
  /** The draft that collects the files on this device. */
  readonly held: Held | undefined;
  readonly files: readonly DraftFile[];
  /** Files that the office has already. */
  readonly hints: readonly OwnHint[];
  readonly lookalikes: readonly Lookalike[];
  /** Files that could hardly be read. */
  readonly hard: ReadonlySet<string>;
};

/** What is handed in for, and what lies on this device for it already. */
export async function placeOf(visit: Visit, desk: Desk, begun?: Held): Promise<Place> {
  const held = begun ?? heldSupplement(visit.c, desk.key);
  return desk.within(async (tx, target) => {
    const draft = held === undefined ? undefined : await findDraft(tx, held.id, held.token);
    const files = draft === undefined || draft.submittedAt !== null ? [] : await draftFiles(tx, draft.id);
    const hints = desk.tells ? await ownHints(tx, files, [target.caseId]) : [];
    const open = files.filter((file) => !hints.some((hint) => hint.documentId === file.id));
    const lookalikes = desk.tells ? await ownLookalikes(tx, visit.services.vault, open, [target.caseId]) : [];
    const hard = await hardToRead(
      tx,
      files.map(({ id }) => id),
    );
    return { ...target, files, held, hints, lookalikes, hard };
  });
}

/** The page that collects papers: what is asked for, files, a word with them. */
export async function collectPage(
  visit: Visit,
  desk: Desk,
  place: Place,
  problems: readonly string[] = [],
  message = '',
): Promise<Response> {
  const { t, language } = visit;
  const { item } = place;
  const hints = await allHints(place);
  return show(
    visit,
    {
      title: item?.what ?? t('portal:supplement.title'),
      status: problems.length > 0 ? 422 : 200,
      path: desk.address,
      back: desk.back,
      alerts: <ErrorSummary t={t} problems={problems.map((text) => ({ id: fieldId('datei'), text }))} />,
    },
    <>
      <h1>{item?.what ?? t('portal:supplement.title')}</h1>
      {item === undefined ? <p class="td-lead">{t('portal:supplement.lead')}</p> : <p class="td-lead">{item.why}</p>}
      {item === undefined || item.again === null ? null : <p>{t('portal:status.again', { why: item.again })}</p>}
      {item === undefined ? null : <p>{t('portal:status.by', { date: formatDate(lastDay(visit, item), language) })}</p>}
      <Form action={desk.address} csrf={visit.csrf} multipart uploads={{ t, limitBytes: fileLimit }}>
        <FileList visit={visit} files={place.files} />
        <HardToRead visit={visit} files={place.files.filter(({ id }) => place.hard.has(id))} />
        <KnownFiles visit={visit} hints={hints} action={undefined} />
        <FileField
          t={t}
          name="datei"
          label={
            place.files.length > 0
              ? t('portal:file.more', { label: t('portal:supplement.files') })
              : t('portal:supplement.files')
          }
          error={problems.length > 0 ? problems.join(' ') : undefined}
          multiple
        />
        <div class="td-flow" data-by-button>
          <Checkbox t={t} value="ja" optional name="zusammen" label={t('portal:file.together')} />
          <Button variant="secondary" name="aktion" value="hochladen">
            {t('portal:file.upload')}
          </Button>
        </div>
        <TextArea t={t} name="nachricht" label={t('portal:supplement.message')} value={message} optional rows={3} />
        {place.files.length === 0 ? null : <p>{t('portal:supplement.notYet', { count: place.files.length })}</p>}
        <Button name="aktion" value="senden">
          {t('portal:supplement.send')}
        </Button>
      </Form>
      {desk.below}
    </>,
  );
}

/** Takes files as they come, and sends them with a receipt of their own. */
export async function collect(visit: Visit, desk: Desk, place: Place): Promise<Response> {
  const { t } = visit;
  const message = one(visit.input, 'nachricht');
  const action = one(visit.input, 'aktion');
  const uploads = visit.files.filter((file) => file.field === 'datei');
  const { problems, held } =
    uploads.length === 0 ? { problems: [], held: place.held } : await takeFiles(visit, desk, place, uploads);
  if (visit.wantsJson)
    return problems.length === 0
      ? visit.c.json({ name: uploads.map((file) => file.name).join(', ') })
      : visit.c.json({ error: problems.join(' ') }, 422);
  if (action.startsWith('entfernen ')) await removeFile(visit, held, action.slice(10));
  if (action.startsWith('weglassen ')) return leaveOut(visit, desk, place, held, action.slice(10));
  if (problems.length > 0) return collectPage(visit, desk, await placeOf(visit, desk, held), problems, message);
  if (action !== 'senden')
    return message === ''
      ? visit.c.redirect(desk.address, 303)
      : collectPage(visit, desk, await placeOf(visit, desk, held), [], message);
  if (message.length > messageLength)
    return collectPage(
      visit,
      desk,
      await placeOf(visit, desk, held),
      [t('portal:status.writeLong', { count: messageLength })],
      message,
    );
  const received = held === undefined ? undefined : await sendPapers(visit, place, held, message);
  if (received === undefined) return collectPage(visit, desk, place, [t('portal:supplement.empty')], message);
  return desk.sent(received);
}

/**
 * Leaves out what the office has already. Where it was asked for all the same, the office is told where it is: it was asked for twice,
 * and nobody should wait for it.
 */
async function leaveOut(
  visit: Visit,
  desk: Desk,
  place: Place,
  held: Held | undefined,
  documentId: string,
): Promise<Response> {
  const hint = (await allHints(place)).find((each) => each.documentId === documentId);
  await removeFile(visit, held, documentId);
  if (hint === undefined || place.item === undefined) return visit.c.redirect(desk.address, 303);
  const { item, caseId } = place;
  const text = visit.t('twice:known.message', {
    what: item.what,
    name: hint.name,
    date: formatDate(hint.at, visit.language),
    channel: visit.t(`twice:channel.${hint.channel}`),
  });
  // Nobody read a message of the office for this: those that wait go on waiting.
  await desk.within((tx) => clientWrites(tx, desk.actor, caseId, text, ''));
  return visit.c.redirect(desk.told, 303);
}

/** Stores files in the draft of this item, which begins with the first of them. */
async function takeFiles(
  visit: Visit,
  desk: Desk,
  place: Place,
  uploads: Visit['files'],
): Promise<{ problems: string[]; held: Held | undefined }> {
  const together = visit.wantsJson || one(visit.input, 'zusammen') !== '';
  const { prepared, problems } = await storeFiles(visit, uploads, { together, known: hashesOf(place.files) });
  if (prepared.length === 0) return { problems: [...problems], held: place.held };
  const form = await formOf(visit);
  const { held, left } = await inTenant(visit, async (tx) => {
    const open = place.held === undefined ? undefined : await openDraft(tx, place.held);
    const draft =
      open ?? (await startDraft(tx, { concern: form.key, version: form.version, language: visit.language }));
    return { held: draft, left: await addFiles(tx, draft.id, field, prepared, most - place.files.length) };
  });
  if (held.id !== place.held?.id) holdSupplement(visit, desk.key, held, desk.cookiePath);
  if (left.length === 0) return { problems: [...problems], held };
  await discard(visit, prepared.slice(prepared.length - left.length));
  return {
    problems: [...problems, visit.t('portal:file.tooMany', { count: most, names: left.join(', ').slice(0, 200) })],
    held,
  };
}

/** The draft by its token, locked, if it was not sent yet. */
async function openDraft(tx: Tx, held: Held): Promise<Held | undefined> {
  const draft = await findDraft(tx, held.id, held.token, true);
  return draft === undefined || draft.submittedAt !== null ? undefined : held;
}

async function removeFile(visit: Visit, held: Held | undefined, documentId: string): Promise<void> {
  if (held === undefined || !isId(documentId)) return;
  await inTenant(visit, async (tx) => {
    if ((await openDraft(tx, held)) === undefined) return;
    if (await removeDraftDocument(tx, held.id, documentId)) await eraseDocument(tx, documentId);
  });
}
