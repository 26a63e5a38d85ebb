import { recordAudit } from '../../../modules/audit/index.ts';
import { type DuePromise, duePromises } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { EmptyState, Table } from '../../../ui/index.ts';
import { Done } from '../case/page.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';
import { concernTitles, nameOnCase } from '../words.tsx';
import { KeepForm, PromiseWords } from './promise-words.tsx';

/** So many are shown at once; whoever has more open promises keeps the first ones first. */
const most = 200;

/** Whom we promised what until when, the most urgent first: call backs above all. */
async function promisesPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const rows = await duePromises(tx, visit.reader, most);
  await recordAudit(tx, visit.actor, {
    action: 'inbox.read',
    subjectType: 'inbox',
    subjectId: 'promises',
    detail: { rows: rows.length },
  });
  const concern = await concernTitles(visit);
  return show(
    visit,
    { title: t('workspace:promise.title'), active: 'promises', scripts: ['js/rows.js'] },
    <>
      <Done visit={visit} />
      <h1>{t('workspace:promise.title')}</h1>
      <p class="td-muted">{t('workspace:promise.text')}</p>
      {rows.length === 0 ? (
        <EmptyState title={t('workspace:promise.empty')} />
      ) : (
        <Table
          caption={t('workspace:promise.title')}
          rows={rows}
          columns={[
            {
              header: t('workspace:inbox.column.person'),
              head: true,
              cell: (row: DuePromise) => (
                <>
                  <a href={paths.case(row.caseId)} data-row>
                    {nameOnCase(visit, row.personName)}
                  </a>
                  <span class="tw-sub">
                    {row.number} · {concern(row.concern)}
                  </span>
                </>
              ),
            },
            { header: t('workspace:counter.promise'), cell: (row) => <PromiseWords visit={visit} promise={row} /> },
            {
              header: t('workspace:promise.done'),
              cell: (row) => <KeepForm visit={visit} promise={row} from="zusagen" />,
            },
          ]}
        />
      )}
    </>,
  );
}

export const promiseRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.promises),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: promisesPage },
  },
];
