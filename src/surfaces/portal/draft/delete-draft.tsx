import { eraseDocument, keysOf } from '../../../modules/documents/index.ts';
import { deleteDraft } from '../../../modules/forms/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, BackLink, Button, ButtonGroup, ButtonLink, Form } from '../../../ui/index.ts';
import { inDraft, placeToGoOn } from '../../questions/open-draft.ts';
import { forgetDraft } from '../cookies.ts';
import { show } from '../shell.tsx';
import type { DraftVisit, Visit } from '../visit.ts';

/** Asks once more before everything of a draft is deleted. */
export async function deletePage(visit: DraftVisit): Promise<Response> {
  const { t, language } = visit;
  const open = await inDraft(visit, 'read', async (_tx, found) => found);
  if (open.draft.submittedAt !== null) return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  return show(
    visit,
    {
      title: t('portal:delete.title'),
      path: `/entwurf/${visit.draftId}/loeschen`,
      back: <BackLink href={placeToGoOn(open, visit)}>{t('portal:keep.goOn')}</BackLink>,
    },
    <>
      <p class="td-muted">{open.form.title[language]}</p>
      <h1>{t('portal:delete.title')}</h1>
      <p class="td-lead">{t('portal:delete.lead', { count: open.files.length })}</p>
      <p>{t('portal:delete.notSent')}</p>
      <Form action={`/entwurf/${visit.draftId}/loeschen`} csrf={visit.csrf}>
        <ButtonGroup>
          <Button variant="danger">{t('portal:delete.send')}</Button>
          <ButtonLink href={placeToGoOn(open, visit)} variant="secondary">
            {t('portal:delete.cancel')}
          </ButtonLink>
        </ButtonGroup>
      </Form>
    </>,
  );
}

/** Deletes the draft with the papers in it: first the keys, in one transaction with the rest, then the bytes. */
export async function deleteNow(visit: DraftVisit): Promise<Response> {
  const blobs = await inDraft(visit, 'change', (tx) => deleted(tx, visit.draftId));
  if (blobs === undefined) return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  await Promise.all(blobs.map((blob) => visit.services.blobs.remove(blob)));
  forgetDraft(visit, visit.draftId);
  return visit.c.redirect('/entwurf-geloescht', 303);
}

async function deleted(tx: Tx, draftId: string): Promise<string[] | undefined> {
  const documentIds = await deleteDraft(tx, draftId);
  if (documentIds === undefined) return undefined;
  const blobs: string[] = [];
  for (const id of documentIds) {
    const stored = await keysOf(tx, id);
    if (stored !== undefined) blobs.push(stored.blob);
    await eraseDocument(tx, id);
  }
  return blobs;
}

/** Says that it is done; an address of its own, because the draft's no longer exists. */
export const deletedPage = async (visit: Visit): Promise<Response> =>
  show(
    visit,
    { title: visit.t('portal:delete.doneTitle'), back: <BackLink href="/">{visit.t('portal:allConcerns')}</BackLink> },
    <>
      <h1>{visit.t('portal:delete.doneTitle')}</h1>
      <Alert tone="success" title={visit.t('portal:delete.done')} />
    </>,
  );
