import { isId } from '../../../kernel/ids.ts';
import type { RequiredItem } from '../../../modules/cases/index.ts';
import { eraseDocument } from '../../../modules/documents/index.ts';
import {
  type FormDefinition,
  type FrozenAnswers,
  findDraft,
  markSubmitted,
  removeDraftDocument,
  startDraft,
} from '../../../modules/forms/index.ts';
import { receive } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  BackLink,
  Button,
  Checkbox,
  ErrorSummary,
  FileField,
  Form,
  fieldId,
  formatDate,
  TextArea,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { heldSupplement, holdSupplement } from '../cookies.ts';
import { FileList } from '../draft/file-list.tsx';
import { type DraftFile, draftFiles } from '../draft/open-draft.ts';
import { asReceived, draftActor, draftCommand, sendingParts, toReceipt } from '../draft/send.tsx';
import { addFiles, discard, hashesOf, storeFiles } from '../draft/uploads.ts';
import { show } from '../shell.tsx';
import { inTenant, present, type ReceiptVisit, WayOn } from '../visit.ts';
import { type ReceiptView, withReceipt } from './load.ts';

/** Papers for a case are collected in a draft of this concern, whatever the case is about. */
const concern = 'unterlagen';
const field = 'papers';
const most = 40;
const messageLength = 5_000;
const fileLimit = 25 * 1024 * 1024;

type Held = { readonly id: string; readonly token: string };
type Place = ReceiptView & {
  /** The draft that collects the files on this device. */
  readonly held: Held | undefined;
  readonly key: string;
  readonly item: RequiredItem | undefined;
  readonly files: readonly DraftFile[];
  readonly sent: boolean;
};

/** What is missing, or `mehr` for something that nobody asked for. */
async function placeOf(visit: ReceiptVisit, begun?: Held): Promise<Place> {
  const key = visit.c.req.param('item') ?? '';
  if (key !== 'mehr' && !isId(key)) throw new WayOn('notFound');
  const held = begun ?? heldSupplement(visit.c, key);
  return withReceipt(visit, 'case.read-by-client', async (tx, found) => {
    const item = key === 'mehr' ? undefined : present(found.client.items.find((each) => each.id === key));
    const draft = held === undefined ? undefined : await findDraft(tx, held.id, held.token);
    const files = draft === undefined || draft.submittedAt !== null ? [] : await draftFiles(tx, draft.id);
    return { ...found, key, item, files, held, sent: draft !== undefined && draft.submittedAt !== null };
  });
}

export async function supplementPage(visit: ReceiptVisit): Promise<Response> {
  const place = await placeOf(visit);
  if (place.item !== undefined && place.item.fulfilledAt !== null)
    return visit.c.redirect(`/eingang/${visit.number}`, 303);
  return view(visit, place, [], '');
}

function view(
  visit: ReceiptVisit,
  place: Place,
  problems: readonly string[],
  message: string,
): Response | Promise<Response> {
  const { t, language } = visit;
  const { item } = place;
  const address = addressOf(visit, place.key);
  return show(
    visit,
    {
      title: item?.what ?? t('portal:supplement.title'),
      status: problems.length > 0 ? 422 : 200,
      path: address,
      back: <BackLink href={`/eingang/${visit.number}`}>{t('portal:supplement.back')}</BackLink>,
      alerts: <ErrorSummary t={t} problems={problems.map((text) => ({ id: fieldId('datei'), text }))} />,
    },
    <>
      <h1>{item?.what ?? t('portal:supplement.title')}</h1>
      {item === undefined ? <p class="td-lead">{t('portal:supplement.lead')}</p> : <p class="td-lead">{item.why}</p>}
      {item === undefined ? null : <p>{t('portal:status.by', { date: formatDate(item.dueOn, language) })}</p>}
      <Form action={address} csrf={visit.csrf} multipart uploads={{ t, limitBytes: fileLimit }}>
        <FileList visit={visit} files={place.files} />
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
        <Button name="aktion" value="senden">
          {t('portal:supplement.send')}
        </Button>
      </Form>
    </>,
  );
}

const addressOf = (visit: ReceiptVisit, key: string): string => `/eingang/${visit.number}/fehlt/${key}`;

/** Takes files as they come, and sends them with a receipt of their own. */
export async function supplement(visit: ReceiptVisit): Promise<Response> {
  const { t } = visit;
  const place = await placeOf(visit);
  const message = one(visit.input, 'nachricht');
  const action = one(visit.input, 'aktion');
  const uploads = visit.files.filter((file) => file.field === 'datei');
  const { problems, held } =
    uploads.length === 0 ? { problems: [], held: place.held } : await takeFiles(visit, place, uploads);
  if (visit.wantsJson)
    return problems.length === 0
      ? visit.c.json({ name: uploads.map((file) => file.name).join(', ') })
      : visit.c.json({ error: problems.join(' ') }, 422);
  if (action.startsWith('entfernen ')) await removeFile(visit, held, action.slice(10));
  if (problems.length > 0) return view(visit, await placeOf(visit, held), problems, message);
  if (action !== 'senden')
    return message === ''
      ? visit.c.redirect(addressOf(visit, place.key), 303)
      : view(visit, await placeOf(visit, held), [], message);
  if (message.length > messageLength)
    return view(visit, await placeOf(visit, held), [t('portal:status.writeLong', { count: messageLength })], message);
  return send(visit, { ...place, held }, message);
}

/** Stores files in the draft of this item, which begins with the first of them. */
async function takeFiles(
  visit: ReceiptVisit,
  place: Place,
  uploads: ReceiptVisit['files'],
): Promise<{ problems: string[]; held: Held | undefined }> {
  const together = visit.wantsJson || one(visit.input, 'zusammen') !== '';
  const { prepared, problems } = await storeFiles(visit, uploads, { together, known: hashesOf(place.files) });
  if (prepared.length === 0) return { problems: [...problems], held: place.held };
  const form = await formOf(visit);
  const { held, left } = await inTenant(visit, async (tx) => {
    const open = place.held === undefined ? undefined : await openDraft(tx, place.held);
    const draft = open ?? (await startDraft(tx, { concern, version: form.version, language: visit.language }));
    return { held: draft, left: await addFiles(tx, draft.id, field, prepared, most - place.files.length) };
  });
  if (held.id !== place.held?.id) holdSupplement(visit, place.key, held);
  if (left.length === 0) return { problems: [...problems], held };
  await discard(visit, prepared.slice(prepared.length - left.length));
  return {
    problems: [...problems, visit.t('portal:file.tooMany', { count: most, names: left.join(', ').slice(0, 200) })],
    held,
  };
}

const formOf = async (visit: ReceiptVisit): Promise<FormDefinition> =>
  present(await visit.services.catalogue.find(visit.jobcenter.id, concern));

/** The draft by its token, locked, if it was not sent yet. */
async function openDraft(tx: Tx, held: Held): Promise<Held | undefined> {
  const draft = await findDraft(tx, held.id, held.token, true);
  return draft === undefined || draft.submittedAt !== null ? undefined : held;
}

async function removeFile(visit: ReceiptVisit, held: Held | undefined, documentId: string): Promise<void> {
  if (held === undefined || !isId(documentId)) return;
  await inTenant(visit, async (tx) => {
    if ((await openDraft(tx, held)) === undefined) return;
    if (await removeDraftDocument(tx, held.id, documentId)) await eraseDocument(tx, documentId);
  });
}

/** Sends what was collected; the item counts as answered. A second click gives the same receipt. */
async function send(visit: ReceiptVisit, place: Place, message: string): Promise<Response> {
  const form = await formOf(visit);
  const parts = await sendingParts(visit);
  const teamId = place.client.case.teamId;
  const { held } = place;
  if (held === undefined) return view(visit, place, [visit.t('portal:supplement.empty')], message);
  const received = await inTenant(visit, async (tx) => {
    const draft = await findDraft(tx, held.id, held.token, true);
    const files = draft === undefined ? [] : await draftFiles(tx, draft.id);
    if (files.length === 0) return undefined;
    const answers = {
      [field]: { documents: files.map((file) => file.id), later: false },
      ...(message === '' ? {} : { message }),
    };
    const outcome = await receive(tx, draftActor(held.id), {
      ...parts,
      form,
      receivedAt: tx.now,
      person: place.submission.person,
      answers,
      frozen: frozenSupplement(visit, form, place, files, message),
      documents: await asReceived(tx, files),
      command: draftCommand(held.id),
      supplement: { caseId: place.client.case.id, ...(place.item === undefined ? {} : { itemId: place.item.id }) },
      teamId,
    });
    await markSubmitted(tx, held.id);
    return outcome;
  });
  if (received === undefined) return view(visit, place, [visit.t('portal:supplement.empty')], message);
  if (received.kind === 'received') visit.services.metrics.submissions.inc({ channel: 'portal' });
  return toReceipt(visit, received);
}

/** What the person saw and said on this page. */
function frozenSupplement(
  visit: ReceiptVisit,
  form: FormDefinition,
  { item }: Place,
  files: readonly DraftFile[],
  message: string,
): FrozenAnswers {
  const { t, language } = visit;
  const entry = (key: string, label: string, text: string) => ({
    question: key,
    questionTitle: label,
    field: key,
    label,
    text,
  });
  return {
    concern: form.key,
    version: form.version,
    language,
    title: item?.what ?? t('portal:supplement.title'),
    sections: [
      {
        key: 'supplement',
        title: t('portal:supplement.title'),
        items: [
          ...(item === undefined ? [] : [entry('item', t('portal:supplement.asked'), item.what)]),
          entry(field, t('portal:supplement.files'), files.map((file) => file.name).join('\n')),
          ...(message === '' ? [] : [entry('message', t('portal:supplement.message'), message)]),
        ],
      },
    ],
  };
}
