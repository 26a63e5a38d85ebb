import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type IssuedToken, issuedTokens, makeKioskCode, revokeApiToken } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  BackLink,
  Button,
  CodeBox,
  EmptyState,
  ErrorSummary,
  Form,
  fieldId,
  formatDateTime,
  Table,
  TextField,
} from '../../../ui/index.ts';
import { hasPortal, portalAddress } from '../../portal-address.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { dropNamed } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';

/** Tablets and codes that still work. */
async function tabletsInUse(tx: Tx): Promise<IssuedToken[]> {
  const tokens = await issuedTokens(tx);
  return tokens.filter(
    (each) =>
      each.scopes.includes('kiosk') && each.revokedAt === null && (each.expiresAt === null || each.expiresAt > tx.now),
  );
}

type Shown = { readonly code?: string; readonly problem?: string };

function view(visit: StaffVisit, tablets: readonly IssuedToken[], shown: Shown = {}): Response {
  const { t, language } = visit;
  const problems = shown.problem === undefined ? [] : [{ id: fieldId('name'), text: shown.problem }];
  return show(
    { ...visit, path: paths.tablets },
    { title: t('workspace:tablets.title'), active: 'counter', narrow: true, status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.counter}>{t('workspace:counterDraft.back')}</BackLink>
      <ErrorSummary t={t} problems={problems} />
      <WithHelp visit={visit} of="tablets">
        <h1>{t('workspace:tablets.title')}</h1>
      </WithHelp>
      <p>
        {hasPortal(visit.jobcenter)
          ? t('workspace:tablets.text', { url: `${portalAddress(visit.services, visit.jobcenter)}/kiosk` })
          : t('help:practice.noPortal')}
      </p>
      {shown.code === undefined ? null : (
        <>
          <CodeBox label={t('workspace:tablets.code')} code={shown.code} />
          <p>{t('workspace:tablets.once')}</p>
        </>
      )}
      <Form action={paths.tablets} csrf={visit.csrf}>
        <TextField
          t={t}
          name="name"
          label={t('workspace:tablets.name')}
          hint={t('workspace:tablets.nameHint')}
          error={shown.problem}
          maxLength={80}
          width="l"
        />
        <Button>{t('workspace:tablets.make')}</Button>
      </Form>
      {tablets.length === 0 ? (
        <EmptyState title={t('workspace:tablets.none')} />
      ) : (
        <Table
          caption={t('workspace:tablets.title')}
          rows={tablets}
          columns={[
            { header: t('workspace:tablets.name'), head: true, cell: (row) => <span>{row.name}</span> },
            {
              header: t('workspace:tablets.until'),
              cell: (row) => (row.expiresAt === null ? '–' : formatDateTime(row.expiresAt, language, t)),
            },
            {
              header: t('workspace:tablets.revoke'),
              cell: (row) => (
                <Form action={paths.tabletLock(row.id)} csrf={visit.csrf}>
                  <Button variant="secondary" small>
                    {t('workspace:tablets.revoke')}
                    <span class="kern-sr-only"> {row.name}</span>
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </>,
  );
}

const isLead = (visit: StaffVisit): boolean => visit.reader.role === 'lead';

/** Which tablets take in papers, and a code for another one; for the lead. */
const tabletsPage = async (visit: StaffVisit, tx: Tx): Promise<Response> =>
  isLead(visit) ? view(visit, await tabletsInUse(tx)) : notFound(visit);

async function makeCode(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const name = one(visit.input, 'name').slice(0, 80);
  if (name === '') {
    const problem = visit.t('workspace:tablets.nameEmpty');
    return view(visit, await inTenant(visit, tabletsInUse), { problem });
  }
  const made = await inTenant(visit, async (tx) => {
    const code = await makeKioskCode(tx, name);
    const entry = { action: 'kiosk.code-made', subjectType: 'kiosk', subjectId: name };
    await recordAudit(tx, visit.actor, entry);
    await dropNamed(tx, visit);
    return { code, tablets: await tabletsInUse(tx) };
  });
  return view(visit, made.tablets, { code: made.code }); // shown once: no address leads to it again
}

async function lock(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id') ?? '';
  if (!isLead(visit) || !isId(id)) return notFound(visit);
  const done = await inTenant(visit, async (tx) => {
    if (!(await tabletsInUse(tx)).some((each) => each.id === id)) return false;
    await revokeApiToken(tx, id);
    await recordAudit(tx, visit.actor, { action: 'kiosk.locked', subjectType: 'kiosk', subjectId: id });
    return true;
  });
  return done ? visit.c.redirect(paths.tablets, 303) : notFound(visit);
}

export const tabletRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.tablets),
    access: 'staff',
    audit: { nothing: 'names of tablets, no personal data' },
    handle: { page: tabletsPage },
  },
  {
    method: 'POST',
    path: below(paths.tablets),
    access: 'staff',
    audit: { records: 'kiosk.code-made' },
    handle: { act: makeCode },
  },
  {
    method: 'POST',
    path: below(paths.tabletLock(':id')),
    access: 'staff',
    audit: { records: 'kiosk.locked' },
    handle: { act: lock },
  },
];
