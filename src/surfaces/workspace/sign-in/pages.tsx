import { Alert, Button, ErrorSummary, Form, TextField } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { SessionVisit, Visit } from '../visit.ts';

/** Name and password. Which of the two was wrong is not said. */
export function signInPage(visit: Visit, problem?: 'refused' | 'throttled', login = ''): Response {
  const { t } = visit;
  const problems = problem === undefined ? [] : [{ id: 'f-login', text: t(`workspace:signIn.${problem}`) }];
  return show(
    visit,
    {
      title: t('workspace:signIn.title'),
      narrow: true,
      status: problem === undefined ? 200 : problem === 'refused' ? 422 : 429,
    },
    <>
      <ErrorSummary t={t} problems={problems} title={t('workspace:signIn.failed')} />
      {visit.c.req.query('ok') === 'abgemeldet' ? (
        <Alert tone="success" live title={t('workspace:signIn.signedOut')} />
      ) : null}
      <h1>{t('workspace:signIn.title')}</h1>
      <Form action={paths.signIn} csrf={visit.csrf}>
        <TextField
          t={t}
          name="login"
          label={t('workspace:signIn.login')}
          value={login}
          autocomplete="username"
          maxLength={200}
          autofocus={problem === undefined}
        />
        <TextField
          t={t}
          name="password"
          type="password"
          label={t('workspace:signIn.password')}
          autocomplete="current-password"
          maxLength={500}
        />
        <Button block>{t('workspace:signIn.next')}</Button>
      </Form>
    </>,
  );
}

/** The second factor: code of the authenticator app, or a passkey where there is one. */
export function codePage(
  visit: SessionVisit,
  input: { readonly hasPasskey: boolean; readonly problem?: 'refused' | 'throttled' | 'passkeyRefused' },
): Response {
  const { t } = visit;
  const { problem } = input;
  const problems = problem === undefined ? [] : [{ id: 'f-code', text: t(`workspace:signIn.code.${problem}`) }];
  const scripts = input.hasPasskey ? ['js/passkey.js'] : [];
  return show(
    visit,
    {
      title: t('workspace:signIn.code.title'),
      narrow: true,
      status: problem === undefined ? 200 : problem === 'throttled' ? 429 : 422,
      scripts,
    },
    <>
      <ErrorSummary t={t} problems={problems} title={t('workspace:signIn.failed')} />
      <h1>{t('workspace:signIn.code.title')}</h1>
      <Form action={paths.secondFactor} csrf={visit.csrf}>
        <TextField
          t={t}
          name="code"
          label={t('workspace:signIn.code.label')}
          hint={t('workspace:signIn.code.hint')}
          inputMode="numeric"
          autocomplete="one-time-code"
          width="s"
          maxLength={12}
          autofocus={problem === undefined}
        />
        <Button block>{t('workspace:signIn.finish')}</Button>
      </Form>
      {input.hasPasskey ? (
        <form action={paths.secondFactor} method="post" data-passkey="get" data-options={paths.passkeyChallenge} hidden>
          <input type="hidden" name="csrf" value={visit.csrf} />
          <input type="hidden" name="credential" value="" />
          <p>{t('workspace:signIn.passkey.or')}</p>
          <Button variant="secondary" block>
            {t('workspace:signIn.passkey.use')}
          </Button>
          <p class="kern-error" role="alert" hidden>
            {t('workspace:signIn.passkey.failed')}
          </p>
        </form>
      ) : null}
      <form action={paths.signOut} method="post">
        <input type="hidden" name="csrf" value={visit.csrf} />
        <button type="submit" class="td-link-button">
          {t('workspace:signIn.other')}
        </button>
      </form>
    </>,
  );
}
