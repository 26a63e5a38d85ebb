import { recordAudit } from '../../../modules/audit/index.ts';
import { startDraft } from '../../../modules/forms/index.ts';
import { beginAttempt, takeBack, unlockKiosk } from '../../../modules/identity/index.ts';
import { BackLink, Button, ErrorSummary, Form, fieldId, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { Paragraphs } from '../shell.tsx';
import { inTenant, type KioskVisit, present, type Visit } from '../visit.ts';
import { showKiosk } from './shell.tsx';
import { beginPapers, forgetPerson, keepTablet, papersHere, tabletOf } from './tablet.ts';

/** Papers are handed in with this form; it asks who, what about, and takes files. */
const concern = 'unterlagen';

/** The start of an unlocked tablet; on every other device only the question for a code. */
export async function kioskPage(visit: Visit): Promise<Response> {
  const kiosk = await tabletOf(visit);
  return kiosk === undefined ? unlockView(visit, undefined, 200) : startView(visit);
}

const startView = (visit: Visit): Response | Promise<Response> => {
  const { t } = visit;
  return showKiosk(
    visit,
    { title: t('kiosk:title'), start: true, path: '/kiosk' },
    <>
      <h1>{t('kiosk:title')}</h1>
      <p class="td-lead">{t('kiosk:lead')}</p>
      <Form action="/kiosk/beginn" csrf={visit.csrf}>
        <Button>{t('kiosk:begin')}</Button>
      </Form>
      <p>{t('kiosk:help')}</p>
      <p>
        <a class="tk-link" href="/kiosk/datenschutz">
          {t('portal:info.privacy')}
        </a>
      </p>
    </>,
  );
};

function unlockView(visit: Visit, error: string | undefined, status: 200 | 422 | 429): Response | Promise<Response> {
  const { t } = visit;
  return showKiosk(
    visit,
    {
      title: t('kiosk:unlock.title'),
      status,
      start: true,
      path: '/kiosk',
      alerts: <ErrorSummary t={t} problems={error === undefined ? [] : [{ id: fieldId('code'), text: error }]} />,
    },
    <>
      <h1>{t('kiosk:unlock.title')}</h1>
      <p class="td-lead">{t('kiosk:unlock.lead')}</p>
      <Form action="/kiosk/freischalten" csrf={visit.csrf}>
        <TextField
          t={t}
          name="code"
          label={t('kiosk:unlock.code')}
          hint={t('kiosk:unlock.hint')}
          error={error}
          autocomplete="off"
          maxLength={40}
          width="l"
        />
        <Button>{t('kiosk:unlock.send')}</Button>
      </Form>
    </>,
  );
}

/** Unlocks this tablet with a code that staff made; guessing is slowed by address (the code has 80 bits). */
export async function unlock(visit: Visit): Promise<Response> {
  const { t, services, jobcenter } = visit;
  const typed = one(visit.input, 'code').slice(0, 60);
  if (typed === '') return unlockView(visit, t('kiosk:unlock.empty'), 422);
  const { codes } = await services.keyring.of(jobcenter.id);
  const limit = { kind: 'kiosk-unlock', subject: visit.address, most: 10, minutes: 15 };
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, codes, [limit]));
  if (attempt === undefined) return unlockView(visit, t('kiosk:unlock.slow'), 429);
  const kiosk = await inTenant(visit, async (tx) => {
    const found = await unlockKiosk(tx, typed);
    if (found === undefined) return undefined;
    await takeBack(tx, attempt);
    const actor = { kind: 'program', id: found.id, name: found.name } as const;
    await recordAudit(tx, actor, { action: 'kiosk.unlocked', subjectType: 'kiosk', subjectId: found.id });
    return found;
  });
  if (kiosk === undefined) return unlockView(visit, t('kiosk:unlock.wrong'), 422);
  keepTablet(visit, kiosk.secret);
  return visit.c.redirect('/kiosk', 303);
}

/** Begins with fresh papers: whatever somebody left is gone first. */
export async function begin(visit: KioskVisit): Promise<Response> {
  await forgetPerson(visit, 'sprache');
  const form = present(await visit.services.catalogue.find(visit.jobcenter.id, concern));
  const draft = await inTenant(visit, (tx) =>
    startDraft(tx, { concern, version: form.version, language: visit.language }),
  );
  beginPapers(visit, draft);
  return visit.c.redirect(`/kiosk/abgabe/frage/${form.questions[0]?.key ?? ''}`, 303);
}

/** The privacy notice, inside the tablet: other pages know no reset. */
export async function kioskPrivacy(visit: KioskVisit): Promise<Response> {
  const { t, profile, language } = visit;
  return showKiosk(
    visit,
    {
      title: t('portal:info.privacy'),
      back: (
        <BackLink href={papersHere(visit) === undefined ? '/kiosk' : '/kiosk/abgabe/pruefen'}>
          {t('portal:form.back')}
        </BackLink>
      ),
    },
    <>
      <h1>{t('portal:info.privacy')}</h1>
      {profile === undefined ? null : <Paragraphs text={profile.privacy[language]} />}
    </>,
  );
}

/** The person is done, or nobody touched the tablet any more: it is as fresh as for the next one. */
export async function end(visit: Visit): Promise<Response> {
  await forgetPerson(visit);
  return visit.c.redirect('/kiosk', 303);
}
