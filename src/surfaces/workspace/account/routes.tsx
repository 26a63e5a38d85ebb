import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { passkeysOf, removePasskey } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, ErrorSummary, formatDate, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { maySee } from '../fields/known.ts';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { registerPasskey, registrationOptions } from '../sign-in/passkey.ts';
import { dropNamed } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';

/** The own passkeys. */
async function accountPage(visit: StaffVisit, tx: Tx, failed = false): Promise<Response> {
  const { t } = visit;
  const passkeys = await passkeysOf(tx, visit.staff.id);
  const told = (['added', 'removed'] as const).find((word) => word === visit.c.req.query('ok'));
  const problems = failed ? [{ id: 'f-name', text: t('workspace:account.failed') }] : [];
  return show(
    visit,
    { title: t('workspace:account.title'), narrow: true, scripts: ['js/passkey.js'], status: failed ? 422 : 200 },
    <>
      <ErrorSummary t={t} problems={problems} />
      {told === undefined ? null : <Alert tone="success" live title={t(`workspace:account.${told}`)} />}
      <h1>{t('workspace:account.title')}</h1>
      <p>{t('workspace:account.who', { name: visit.staff.name, login: visit.staff.login })}</p>
      {(await maySee(visit, tx)) ? (
        <p>
          <a href={paths.fields}>{t('own:account')}</a>
        </p>
      ) : null}
      <WithHelp visit={visit} of="passkeys">
        <h2>{t('workspace:account.passkeys')}</h2>
      </WithHelp>
      <p>{t('workspace:account.text')}</p>
      {passkeys.length === 0 ? (
        <p>{t('workspace:account.none')}</p>
      ) : (
        <ul class="tw-open">
          {passkeys.map((each) => (
            <li>
              {t('workspace:account.since', {
                name: each.name,
                date: formatDate(dayInGermany(each.createdAt), visit.language),
              })}
              <form action={paths.accountPasskey(each.id)} method="post">
                <input type="hidden" name="csrf" value={visit.csrf} />
                <button
                  type="submit"
                  class="td-link-button"
                  aria-label={t('workspace:account.removeLabel', { name: each.name })}
                >
                  {t('workspace:account.remove')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form
        action={paths.accountPasskeys}
        method="post"
        class="td-form"
        data-passkey="create"
        data-options={paths.accountChallenge}
        hidden
      >
        <input type="hidden" name="csrf" value={visit.csrf} />
        <input type="hidden" name="credential" value="" />
        <TextField
          t={t}
          name="name"
          label={t('workspace:account.name')}
          hint={t('workspace:account.nameHint')}
          maxLength={60}
        />
        <Button>{t('workspace:account.add')}</Button>
        <p class="kern-error" role="alert" hidden>
          {t('workspace:account.failed')}
        </p>
      </form>
      <noscript>
        <p>{t('workspace:account.needsScript')}</p>
      </noscript>
    </>,
  );
}

async function addPasskey(visit: StaffVisit): Promise<Response> {
  return inTenant(visit, async (tx) => {
    const name = one(visit.input, 'name').slice(0, 60) || visit.t('workspace:account.unnamed');
    const credential = visit.input['credential'];
    const added = await registerPasskey(tx, visit, typeof credential === 'string' ? credential : '', name);
    if (!added) return accountPage(visit, tx, true);
    await recordAudit(tx, visit.actor, {
      action: 'staff.passkey-added',
      subjectType: 'staff',
      subjectId: visit.staff.id,
    });
    await dropNamed(tx, visit);
    return visit.c.redirect(`${paths.account}?ok=added`, 303);
  });
}

/** The code of the app stays as second factor, so nobody locks themselves out. */
const dropPasskey = (visit: StaffVisit): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const id = visit.c.req.param('id') ?? '';
    if (!isId(id) || !(await removePasskey(tx, visit.staff.id, id))) return notFound(visit);
    await recordAudit(tx, visit.actor, {
      action: 'staff.passkey-removed',
      subjectType: 'staff',
      subjectId: visit.staff.id,
    });
    return visit.c.redirect(`${paths.account}?ok=removed`, 303);
  });

export const accountRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.account),
    access: 'staff',
    audit: { nothing: 'only the own passkeys' },
    handle: { page: (visit, tx) => accountPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.accountChallenge),
    access: 'staff',
    audit: { nothing: 'a random challenge for the own session' },
    handle: { act: registrationOptions },
  },
  {
    method: 'POST',
    path: below(paths.accountPasskeys),
    access: 'staff',
    audit: { records: 'staff.passkey-added' },
    handle: { act: addPasskey },
  },
  {
    method: 'POST',
    path: below(paths.accountPasskey(':id')),
    access: 'staff',
    audit: { records: 'staff.passkey-removed' },
    handle: { act: dropPasskey },
  },
];
