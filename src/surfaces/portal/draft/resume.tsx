import { dayInGermany } from '../../../kernel/dates.ts';
import { type Draft, draftDays, findDraft, giveResumeCode, resumeDraft } from '../../../modules/forms/index.ts';
import { beginAttempt, takeBack } from '../../../modules/identity/index.ts';
import {
  Alert,
  BackLink,
  Button,
  ButtonGroup,
  ButtonLink,
  CodeBox,
  ErrorSummary,
  Form,
  fieldId,
  formatDate,
  formatDateTime,
  TaskList,
  TextField,
} from '../../../ui/index.ts';
import { portalAddress } from '../../portal-address.ts';
import { inDraft, type OpenDraft, placeToGoOn } from '../../questions/open-draft.ts';
import { keepTyped } from '../../questions/question.ts';
import { one } from '../../request.ts';
import { forgetDraft, heldDrafts, holdDraft } from '../cookies.ts';
import { show } from '../shell.tsx';
import { type DraftVisit, inTenant, type Visit } from '../visit.ts';

/** Explains saving; the code itself is made by the button, because it is shown only once. */
export async function keepPage(visit: DraftVisit): Promise<Response> {
  const { t } = visit;
  const open = await inDraft(visit, 'read', async (_tx, found) => found);
  if (open.draft.submittedAt !== null) return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  return show(
    visit,
    {
      title: t('portal:keep.title'),
      back: <BackLink href={placeToGoOn(open, visit)}>{t('portal:keep.goOn')}</BackLink>,
    },
    <>
      <h1>{t('portal:keep.title')}</h1>
      <p class="td-lead">{t('portal:keep.saved', { date: keptUntil(visit, open) })}</p>
      <p>{t(open.draft.hasResumeCode ? 'portal:keep.newCode' : 'portal:keep.makeCode')}</p>
      <Form action={`/entwurf/${visit.draftId}/merken`} csrf={visit.csrf}>
        <Button>{t('portal:keep.showCode')}</Button>
      </Form>
      <DeleteLink visit={visit} />
    </>,
  );
}

const keptUntil = (visit: Visit, open: OpenDraft): string => {
  const last = new Date(Math.max(open.draft.updatedAt.getTime(), visit.now.getTime()) + draftDays * 86_400_000);
  return formatDate(dayInGermany(last), visit.language);
};

/** Saves what was typed and gives the code to go on with, from any device. */
export async function keep(visit: DraftVisit): Promise<Response> {
  const { t } = visit;
  const question = one(visit.input, 'frage');
  const again = question === '' ? undefined : await keepTyped(visit, question);
  if (again !== undefined) return again;
  const { keys, open } = await withKeys(visit);
  if (open.draft.submittedAt !== null) return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  const code = await inTenant(visit, (tx) => giveResumeCode(tx, keys, visit.draftId));
  const address = `${portalAddress(visit.services, visit.jobcenter)}/fortsetzen`;
  const mail = `mailto:?subject=${encodeURIComponent(t('portal:keep.mailSubject'))}&body=${encodeURIComponent(t('portal:keep.mailBody', { code, address }))}`;
  return show(
    visit,
    { title: t('portal:keep.savedTitle'), path: `/entwurf/${visit.draftId}/merken` },
    <>
      <h1>{t('portal:keep.savedTitle')}</h1>
      <p class="td-lead">{t('portal:keep.saved', { date: keptUntil(visit, open) })}</p>
      <CodeBox label={t('portal:keep.code')} code={code} />
      <p>
        {t('portal:keep.howTo')} <strong>{address}</strong>
      </p>
      <Alert tone="info" title={t('portal:keep.onceTitle')}>
        <p>{t('portal:keep.once')}</p>
      </Alert>
      <ButtonGroup>
        <ButtonLink href={mail} icon="mail">
          {t('portal:keep.mail')}
        </ButtonLink>
        <ButtonLink href={placeToGoOn(open, visit)} variant="secondary">
          {t('portal:keep.goOn')}
        </ButtonLink>
      </ButtonGroup>
      <Form action={`/entwurf/${visit.draftId}/vergessen`} csrf={visit.csrf}>
        <p class="td-muted">{t('portal:keep.sharedText')}</p>
        <Button variant="secondary">{t('portal:keep.forget')}</Button>
      </Form>
      <DeleteLink visit={visit} />
    </>,
  );
}

const DeleteLink = ({ visit }: { visit: DraftVisit }) => (
  <p>
    <a href={`/entwurf/${visit.draftId}/loeschen`}>{visit.t('portal:delete.link')}</a>
  </p>
);

const withKeys = async (visit: DraftVisit) => ({
  keys: (await visit.services.keyring.of(visit.jobcenter.id)).codes,
  open: await inDraft(visit, 'read', async (_tx, found) => found),
});

/** For devices that others use too: the draft stays saved, but only the code opens it. */
export async function forget(visit: DraftVisit): Promise<Response> {
  forgetDraft(visit, visit.draftId);
  return visit.c.redirect('/fortsetzen', 303);
}

/** Enter a code, or go on with what this device holds. */
export const resumePage = (visit: Visit): Promise<Response> => resumeView(visit, undefined, '', 200);

/** Unsent drafts that this device holds, the newest first. */
const draftsHere = (visit: Visit): Promise<Draft[]> =>
  inTenant(visit, async (tx) => {
    const drafts = [];
    for (const { id, token } of heldDrafts(visit.c)) drafts.push(await findDraft(tx, id, token));
    return drafts.filter((draft) => draft !== undefined).filter((draft) => draft.submittedAt === null);
  });

async function resumeView(
  visit: Visit,
  error: string | undefined,
  typed: string,
  status: 200 | 422 | 429,
): Promise<Response> {
  const { t, language } = visit;
  const own = await draftsHere(visit);
  const forms = await visit.services.catalogue.all(visit.jobcenter.id);
  return show(
    visit,
    {
      title: t('portal:resume.title'),
      status,
      back: <BackLink href="/">{t('portal:allConcerns')}</BackLink>,
      alerts: <ErrorSummary t={t} problems={error === undefined ? [] : [{ id: fieldId('code'), text: error }]} />,
    },
    <>
      <h1>{t('portal:resume.title')}</h1>
      <p class="td-lead">{t('portal:resume.lead')}</p>
      <Form action="/fortsetzen" csrf={visit.csrf}>
        <TextField
          t={t}
          name="code"
          label={t('portal:keep.code')}
          hint={t('portal:resume.hint')}
          value={typed}
          error={error}
          autocomplete="off"
          maxLength={40}
          width="m"
        />
        <Button>{t('portal:resume.open')}</Button>
      </Form>
      {own.length === 0 ? null : (
        <>
          <h2>{t('portal:resume.hereTitle')}</h2>
          <TaskList
            items={own.map((draft) => ({
              title: forms.get(draft.concern)?.title[language] ?? draft.concern,
              href: `/entwurf/${draft.id}`,
              hint: t('portal:resume.lastChange', { at: formatDateTime(draft.updatedAt, language, t) }),
            }))}
          />
        </>
      )}
      <h2>{t('portal:resume.noCodeTitle')}</h2>
      <p>{t('portal:resume.noCode')}</p>
    </>,
  );
}

/** Opens a draft by its code; guessing is slowed by address (the code has 60 bits). */
export async function resume(visit: Visit): Promise<Response> {
  const { services, t } = visit;
  const typed = one(visit.input, 'code').slice(0, 60);
  const keys = (await services.keyring.of(visit.jobcenter.id)).codes;
  const limit = { kind: 'resume', subject: visit.address, most: 20, minutes: 15 };
  if (typed === '') return resumeView(visit, t('portal:resume.empty'), typed, 422);
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, keys, [limit]));
  if (attempt === undefined) return resumeView(visit, t('portal:resume.slow'), typed, 429);
  const found = await inTenant(visit, async (tx) => {
    const draft = await resumeDraft(tx, keys, typed);
    if (draft !== undefined) await takeBack(tx, attempt);
    return draft;
  });
  if (found === undefined) return resumeView(visit, t('portal:resume.wrong'), typed, 422);
  holdDraft(visit, found);
  return visit.c.redirect(`/entwurf/${found.id}`, 303);
}
