import { canonicalJson } from '../../../kernel/canonical.ts';
import { isId } from '../../../kernel/ids.ts';
import { takeAppointmentsAlong } from '../../../modules/appointments/index.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { claimCommand } from '../../../modules/intake/index.ts';
import {
  type DecideOutcome,
  decidePair,
  findPair,
  mergeCases,
  openPairs,
  type SeenPair,
} from '../../../modules/twice/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { EmptyState, Pagination, Table } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { dropNamed } from '../together/keep-unsent.ts';
import { inTenant, queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { concernTitles, nameOnCase } from '../words.tsx';
import { loadPair } from './load-pair.ts';
import { overviewPage } from './overview-page.tsx';
import { pairPage } from './pair-page.tsx';
import { wayWords } from './twice-words.tsx';

const size = 25;
const pairId = (visit: StaffVisit): string => visit.c.req.param('pair') ?? '';

type Row = { readonly pair: SeenPair; readonly personName: string; readonly number: string; readonly concern: string };

async function withCases(tx: Tx, visit: StaffVisit, pairs: readonly SeenPair[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pair of pairs) {
    const found = await findCase(tx, visit.reader, pair.laterCase);
    if (found !== undefined)
      rows.push({ pair, personName: found.personName, number: found.number, concern: found.concern });
  }
  return rows;
}

/** What may be here twice and nobody has decided, the newest first. */
async function listPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const after = readCursor(queryText(visit, 'nach'));
  const page = await openPairs(tx, visit.reader, after, size);
  const rows = await withCases(tx, visit, page.rows);
  await recordAudit(tx, visit.actor, {
    action: 'clearing.read',
    subjectType: 'clearing',
    subjectId: 'twice',
    detail: { rows: rows.length },
  });
  const concern = await concernTitles(visit);
  return show(
    visit,
    { title: t('twice:list.title'), active: 'clarify', scripts: ['js/rows.js'] },
    <>
      <WithHelp visit={visit} of="twice">
        <h1>{t('twice:list.title')}</h1>
      </WithHelp>
      <p class="td-muted">{t('twice:list.text')}</p>
      {visit.staff.role === 'lead' ? (
        <p>
          <a href={paths.twiceOverview}>{t('twice:overview.link')}</a>
        </p>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={t('twice:list.empty')} />
      ) : (
        <Table
          caption={t('twice:list.title')}
          rows={rows}
          columns={[
            {
              header: t('workspace:inbox.column.person'),
              head: true,
              cell: (row: Row) => (
                <>
                  <a href={paths.twicePair(row.pair.id)} data-row>
                    {nameOnCase(visit, row.personName)}
                  </a>
                  <span class="tw-sub">
                    {row.number} · {concern(row.concern)}
                  </span>
                </>
              ),
            },
            {
              header: t('twice:list.why'),
              cell: ({ pair }: Row) => (
                <>
                  {t(`twice:level.${pair.level}`)}
                  <span class="tw-sub">{t(`twice:reason.${pair.reason}`)}</span>
                </>
              ),
            },
            { header: t('twice:pair.earlier'), cell: ({ pair }: Row) => wayWords(visit, pair.earlier, [pair.later]) },
            { header: t('twice:pair.later'), cell: ({ pair }: Row) => wayWords(visit, pair.later, [pair.earlier]) },
          ]}
        />
      )}
      <Pagination
        t={t}
        previous={after === undefined ? undefined : paths.twice}
        next={
          page.next === undefined
            ? undefined
            : withQuery(paths.twice, { nach: `${page.next.foundAt.getTime()}_${page.next.id}` })
        }
      />
    </>,
  );
}

function readCursor(text: string): { foundAt: Date; id: string } | undefined {
  const [at, id] = text.split('_');
  return /^\d{12,14}$/.test(at ?? '') && isId(id) ? { foundAt: new Date(Number(at)), id } : undefined;
}

async function showPair(visit: StaffVisit, tx: Tx): Promise<Response> {
  const view = isId(pairId(visit)) ? await loadPair(tx, visit, pairId(visit)) : undefined;
  return view === undefined ? notFound(visit) : pairPage(visit, view);
}

const decisions = ['same', 'different', 'newer', 'undone'] as const;

/** One decision, once: sent twice by the same form it counts once. */
const decideAct =
  (done: (visit: StaffVisit) => string | undefined, verb: (tx: Tx, visit: StaffVisit) => Promise<DecideOutcome>) =>
  async (visit: StaffVisit): Promise<Response> => {
    const id = pairId(visit);
    const word = done(visit);
    const from = one(visit.input, 'von');
    if (!isId(id) || word === undefined) return notFound(visit);
    const found = await inTenant(visit, async (tx) => {
      const { csrf: _, command, ...said } = visit.input;
      const hash = sha256(canonicalJson({ path: visit.c.req.path, said }));
      if (isId(command) && (await claimCommand(tx, visit.actor, command, hash)) !== 'claimed') return true;
      const before = await findPair(tx, visit.reader, id);
      const outcome = await verb(tx, visit);
      if (outcome.kind === 'done') await appointmentsFollow(tx, visit, before, await findPair(tx, visit.reader, id));
      if (outcome.kind === 'not-found') return false;
      await dropNamed(tx, visit);
      return true;
    });
    return found
      ? visit.c.redirect(withQuery(paths.twicePair(id), { ok: word, von: isId(from) ? from : undefined }), 303)
      : notFound(visit);
  };

/** Appointments go where what came later went: into the case that is left of two, and back when two are two again. */
async function appointmentsFollow(tx: Tx, visit: StaffVisit, before?: SeenPair, now?: SeenPair): Promise<void> {
  if (before === undefined || now === undefined || before.laterCase === now.laterCase) return;
  await takeAppointmentsAlong(tx, visit.actor, { fromCaseId: before.laterCase, toCaseId: now.laterCase });
}

const asked = (visit: StaffVisit) => decisions.find((each) => each === one(visit.input, 'entscheidung'));

export const twiceRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.twice),
    access: 'staff',
    audit: { records: 'clearing.read' },
    handle: { page: listPage },
  },
  {
    method: 'GET',
    path: below(paths.twiceOverview),
    access: 'staff',
    audit: { records: 'twice.overview-read' },
    handle: { page: overviewPage },
  },
  {
    method: 'GET',
    path: below(paths.twicePair(':pair')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: showPair },
  },
  {
    method: 'POST',
    path: below(paths.twiceDecision(':pair')),
    access: 'staff',
    audit: { records: 'twice.decided, twice.undone' },
    handle: {
      act: decideAct(asked, (tx, visit) => decidePair(tx, visit, pairId(visit), asked(visit) ?? 'undone')),
    },
  },
  {
    method: 'POST',
    path: below(paths.twiceMerge(':pair')),
    access: 'staff',
    audit: { records: 'twice.decided, case.submission-left, case.submission-joined' },
    handle: {
      act: decideAct(
        () => 'merged',
        (tx, visit) => mergeCases(tx, visit, pairId(visit)),
      ),
    },
  },
];
