import { recordAudit } from '../../../modules/audit/index.ts';
import { type DuePromise, duePromises, type InboxRow, inbox } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { EmptyState, Table } from '../../../ui/index.ts';
import { Done } from '../case/done.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';
import { concernTitles, Deadline, nameOnCase } from '../words.tsx';
import { KeepForm, PromiseWords } from './promise-words.tsx';

/** So many are shown at once; whoever has more open promises keeps the first ones first. */
const most = 200;
/** The concern by which people ask to be called. */
const callBack = 'rueckruf';

/** Whom we promised what until when, the most urgent first: call backs above all. */
async function promisesPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const rows = await duePromises(tx, visit.reader, most);
  const wanted = (await inbox(tx, visit.reader, { concern: callBack }, undefined, most)).rows;
  await recordAudit(tx, visit.actor, {
    action: 'inbox.read',
    subjectType: 'inbox',
    subjectId: 'promises',
    detail: { rows: rows.length + wanted.length },
  });
  const concern = await concernTitles(visit);
  return show(
    visit,
    { title: t('workspace:promise.title'), active: 'promises', scripts: ['js/rows.js'] },
    <>
      <Done visit={visit} />
      <WithHelp visit={visit} of="promises">
        <h1>{t('workspace:promise.title')}</h1>
      </WithHelp>
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
      {wanted.length === 0 ? null : <WantedCalls visit={visit} rows={wanted} />}
    </>,
  );
}

/** Who asked to be called and by when we answer: nobody promised anything yet, and they wait all the same. */
const WantedCalls = ({ visit, rows }: { visit: StaffVisit; rows: readonly InboxRow[] }) => (
  <section class="td-flow" aria-labelledby="wanted-calls">
    <h2 id="wanted-calls">{visit.t('workspace:promise.wanted')}</h2>
    <Table
      caption={visit.t('workspace:promise.wanted')}
      rows={[...rows]}
      columns={[
        {
          header: visit.t('workspace:inbox.column.person'),
          head: true,
          cell: (row: InboxRow) => (
            <>
              <a href={paths.case(row.id)} data-row>
                {nameOnCase(visit, row.personName)}
              </a>
              <span class="tw-sub">{row.number}</span>
            </>
          ),
        },
        {
          header: visit.t('workspace:inbox.column.due'),
          cell: (row) => <Deadline visit={visit} day={row.dueOn} />,
        },
      ]}
    />
  </section>
);

export const promiseRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.promises),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: promisesPage },
  },
];
