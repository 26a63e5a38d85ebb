import { isId } from '../../../kernel/ids.ts';
import { accessLog, recordAudit } from '../../../modules/audit/index.ts';
import { findCase, resolveClearing } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, formatDateTime, Table } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { actorWords } from './history.tsx';
import { loadCase } from './load.ts';
import { casePage } from './page.tsx';
import { type Try, tries, withdraw } from './verbs.ts';
import { readView, type Verb, verbs } from './view.ts';

const caseId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

async function showCase(visit: StaffVisit, tx: Tx): Promise<Response> {
  const view = readView(visit);
  const data = isId(caseId(visit)) ? await loadCase(tx, visit, caseId(visit), view.search) : undefined;
  return data === undefined ? notFound(visit) : casePage(visit, data, view);
}

/** Back to where the verb was used: the case, or the queue. Chosen from two of our own pages, never taken from the request. */
function back(visit: StaffVisit, done: string): Response {
  const document = one(visit.input, 'dok');
  const seite = one(visit.input, 'seite');
  const to =
    one(visit.input, 'von') === 'klaerung'
      ? withQuery(paths.clearing, { ok: done })
      : withQuery(paths.case(caseId(visit)), {
          ok: done,
          dok: isId(document) ? document : undefined,
          seite: /^[1-9]\d{0,3}$/.test(seite) && seite !== '1' ? seite : undefined,
        });
  return visit.c.redirect(to, 303);
}

/** Tries a verb. What is wrong is said in the case itself, with the typed text kept. */
const verbAct =
  (attempt: Try, done: (visit: StaffVisit) => string, verb?: Verb) =>
  (visit: StaffVisit): Promise<Response> =>
    inTenant(visit, async (tx) => {
      if (!isId(caseId(visit))) return notFound(visit);
      const mayWork = await findCase(tx, visit.reader, caseId(visit));
      const outcome =
        mayWork === undefined ? ({ kind: 'not-found' } as const) : await attempt(tx, visit, caseId(visit));
      if (outcome.kind === 'not-found') return notFound(visit);
      if (outcome.kind !== 'wrong') {
        const said = outcome.kind === 'done' ? done(visit) : 'unveraendert';
        const stillMine = (await findCase(tx, visit.reader, caseId(visit))) !== undefined;
        return stillMine ? back(visit, said) : visit.c.redirect(withQuery(paths.home, { ok: said }), 303);
      }
      const search = one(visit.input, 'suche');
      const document = one(visit.input, 'dok');
      const data = await loadCase(tx, visit, caseId(visit), search);
      if (data === undefined) return notFound(visit);
      const view = readView(visit, {
        verb,
        search,
        input: visit.input,
        problems: outcome.problems,
        document: isId(document) ? document : undefined,
      });
      return casePage(visit, data, view);
    });

/** Somebody looked at a paper that we cannot show, and settled it. */
const readable: Try = async (tx, visit, id) => {
  await resolveClearing(tx, visit.actor, id, ['unreadable'], 'looked at');
  return { kind: 'done' };
};

async function showAccess(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const found = isId(caseId(visit)) ? await findCase(tx, visit.reader, caseId(visit)) : undefined;
  if (found === undefined) return notFound(visit);
  await recordAudit(tx, visit.actor, {
    action: 'case.access-read',
    subjectType: 'case',
    subjectId: found.id,
    caseId: found.id,
    reason: t('workspace:access.title'),
  });
  const entries = await accessLog(tx, found.id);
  return show(
    visit,
    { title: t('workspace:access.title'), active: 'inbox' },
    <>
      <BackLink href={paths.case(found.id)}>{`${found.personName}, ${found.number}`}</BackLink>
      <h1>{t('workspace:access.title')}</h1>
      <p>{t('workspace:access.text')}</p>
      <Table
        caption={t('workspace:access.title')}
        rows={entries}
        columns={[
          { header: t('workspace:access.at'), cell: (row) => formatDateTime(row.at, language, t) },
          {
            header: t('workspace:access.who'),
            head: true,
            cell: (row) => actorWords(visit, row.actorKind, row.actorName),
          },
          { header: t('workspace:access.what'), cell: (row) => actionWords(visit, row.action) },
          { header: t('workspace:access.why'), cell: (row) => row.reason ?? '' },
        ]}
      />
    </>,
  );
}

const knownActions = [
  'case.read',
  'document.read',
  'case.access-read',
  'receipt.read',
  'submission.received',
  'case.supplemented',
];

/** What an entry of the log was about, in words; verbs read as "worked on". */
const actionWords = (visit: StaffVisit, action: string): string =>
  visit.t(`workspace:access.action.${knownActions.includes(action) ? action.replace('.', '-') : 'other'}`);

const verbRoutes = verbs.map(
  (verb): WorkspaceRoute => ({
    method: 'POST',
    path: below(paths.caseVerb(':id', verb)),
    access: 'staff',
    audit: { records: 'case.<event>, case.read where the case is shown again' },
    handle: {
      act: verbAct(
        tries[verb],
        (visit) => (verb === 'zuweisung' && one(visit.input, 'staff') === '' ? 'frei' : verb),
        verb,
      ),
    },
  }),
);

export const caseRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.case(':id')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: showCase },
  },
  {
    method: 'GET',
    path: below(paths.accessLog(':id')),
    access: 'staff',
    audit: { records: 'case.access-read' },
    handle: { page: showAccess },
  },
  ...verbRoutes,
  {
    method: 'POST',
    path: below(paths.withdrawal(':id', ':item')),
    access: 'staff',
    audit: { records: 'case.item-withdrawn' },
    handle: { act: verbAct(withdraw, () => 'ruecknahme') },
  },
  {
    method: 'POST',
    path: below(paths.readable(':id')),
    access: 'staff',
    audit: { nothing: 'the clearing item itself names who settled it' },
    handle: { act: verbAct(readable, () => 'lesbarkeit') },
  },
];
