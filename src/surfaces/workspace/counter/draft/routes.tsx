import { isId } from '../../../../kernel/ids.ts';
import { recordAudit } from '../../../../modules/audit/index.ts';
import { draftOfCode } from '../../../../modules/forms/index.ts';
import { beginAttempt, takeBack } from '../../../../modules/identity/index.ts';
import { Button, ErrorSummary, Form, fieldId, TextField } from '../../../../ui/index.ts';
import { checkPage } from '../../../questions/check.tsx';
import { acceptNewVersion, newVersionPage } from '../../../questions/new-version.tsx';
import { answer, questionPage } from '../../../questions/question.ts';
import type { DraftVisit } from '../../../questions/visit.ts';
import { one } from '../../../request.ts';
import { notFound } from '../../errors.tsx';
import { below, paths } from '../../paths.ts';
import { show } from '../../shell.tsx';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../../visit.ts';
import { counterDesk, NotHere } from './desk.tsx';
import { dropGrant, grantDraft, isGranted } from './grant.ts';
import { sendAtCounter, sentAtCounter } from './send.ts';

/** Asks for the code of a draft that was begun at home; giving it is the person's consent. */
export const DraftCode = (props: {
  readonly visit: StaffVisit;
  readonly typed: string;
  readonly problem: string | undefined;
}) => {
  const { t, csrf } = props.visit;
  return (
    <section class="td-flow" aria-labelledby="entwurf">
      <h2 id="entwurf">{t('workspace:counterDraft.title')}</h2>
      <Form action={paths.counterDraft} csrf={csrf}>
        <TextField
          t={t}
          name="code"
          label={t('workspace:counterDraft.code')}
          hint={t('workspace:counterDraft.codeHint')}
          value={props.typed}
          error={props.problem}
          autocomplete="off"
          maxLength={40}
          width="m"
        />
        <Button variant="secondary">{t('workspace:counterDraft.open')}</Button>
      </Form>
    </section>
  );
};

function codePage(visit: StaffVisit, typed: string, problem: string, status: 404 | 422 | 429): Response {
  const { t } = visit;
  return show(
    { ...visit, path: paths.counter },
    { title: t('workspace:counterDraft.title'), active: 'counter', narrow: true, status },
    <>
      <ErrorSummary t={t} problems={[{ id: fieldId('code'), text: problem }]} />
      <h1>{t('workspace:counter.title')}</h1>
      <DraftCode visit={visit} typed={typed} problem={problem} />
    </>,
  );
}

/** Opens the draft of a code at this desk. Guessing is slowed by member of staff (the code has 60 bits). */
async function openByCode(visit: StaffVisit): Promise<Response> {
  const { t, services, jobcenter } = visit;
  const typed = one(visit.input, 'code').slice(0, 60);
  if (typed === '') return codePage(visit, typed, t('workspace:counterDraft.empty'), 422);
  const { codes } = await services.keyring.of(jobcenter.id);
  const limit = { kind: 'resume-counter', subject: visit.staff.id, most: 20, minutes: 15 };
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, codes, [limit]));
  if (attempt === undefined) return codePage(visit, typed, t('workspace:counterDraft.slow'), 429);
  const id = await inTenant(visit, async (tx) => {
    const found = await draftOfCode(tx, codes, typed);
    if (found === undefined) return undefined;
    await takeBack(tx, attempt);
    const entry = { action: 'draft.opened', subjectType: 'draft', subjectId: found };
    await recordAudit(tx, visit.actor, { ...entry, reason: t('workspace:counterDraft.title') });
    return found;
  });
  if (id === undefined) return codePage(visit, typed, t('workspace:counterDraft.wrong'), 422);
  grantDraft(visit, id);
  return visit.c.redirect(`${paths.counterDraftAt(id)}/pruefen`, 303);
}

/** A page of a draft that is open at this desk; asks for the code again where it is not. */
const atDesk =
  (work: (visit: DraftVisit & StaffVisit) => Response | Promise<Response>) =>
  async (visit: StaffVisit): Promise<Response> => {
    const id = visit.c.req.param('id') ?? '';
    if (!isId(id)) return notFound(visit);
    const gone = (): Response => codePage(visit, '', visit.t('workspace:counterDraft.gone'), 404);
    if (!isGranted(visit, id)) return gone();
    try {
      return await work(counterDesk(visit, id));
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      return error.what === 'draft' ? gone() : notFound(visit);
    }
  };

async function close(visit: StaffVisit): Promise<Response> {
  dropGrant(visit);
  return visit.c.redirect(paths.counter, 303);
}

const path = (page: string): string => below(`${paths.counterDraftAt(':id')}${page}`);
const read = { records: 'draft.read' } as const;
const changed = { records: 'draft.read, draft.changed' } as const;

export const draftRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'POST',
    path: below(paths.counterDraft),
    access: 'staff',
    audit: { records: 'draft.opened' },
    handle: { act: openByCode },
  },
  {
    method: 'GET',
    path: path(''),
    access: 'staff',
    audit: { nothing: 'leads to the check page' },
    handle: { act: atDesk(async (visit) => visit.c.redirect(`${visit.desk.base}/pruefen`, 303)) },
  },
  { method: 'GET', path: path('/pruefen'), access: 'staff', audit: read, handle: { act: atDesk(checkPage) } },
  {
    method: 'GET',
    path: path('/frage/:question'),
    access: 'staff',
    audit: read,
    handle: { act: atDesk(questionPage) },
  },
  {
    method: 'POST',
    path: path('/frage/:question'),
    access: 'staff',
    audit: changed,
    handle: { act: atDesk(answer), files: true },
  },
  { method: 'GET', path: path('/neu'), access: 'staff', audit: read, handle: { act: atDesk(newVersionPage) } },
  { method: 'POST', path: path('/neu'), access: 'staff', audit: changed, handle: { act: atDesk(acceptNewVersion) } },
  {
    method: 'POST',
    path: path('/absenden'),
    access: 'staff',
    audit: { records: 'submission.received' },
    handle: { act: atDesk(sendAtCounter) },
  },
  { method: 'GET', path: path('/gesendet'), access: 'staff', audit: read, handle: { act: atDesk(sentAtCounter) } },
  {
    method: 'POST',
    path: path('/schliessen'),
    access: 'staff',
    audit: { nothing: 'closes the draft at this desk' },
    handle: { act: close },
  },
];
