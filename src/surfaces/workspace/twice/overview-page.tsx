import { recordAudit } from '../../../modules/audit/index.ts';
import { type Channel, channels } from '../../../modules/intake/index.ts';
import { causes, type TwiceCount, twiceOverview } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, EmptyState, Table, Tabs } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';

const spans = [30, 90] as const;
/** Fewer than this are not told apart: a handful is chance, and nobody should look for who it was. */
const few = 5;

const sum = (rows: readonly TwiceCount[], of: (row: TwiceCount) => boolean = () => true): number =>
  rows.filter(of).reduce((total, row) => total + row.count, 0);

const words = (visit: StaffVisit, count: number): string =>
  count === 0 ? '0' : count < few ? visit.t('twice:overview.few', { count: few }) : String(count);

/** For the lead: what came twice, by which ways and why, and what helps. No names, no ranking. */
export async function overviewPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  if (visit.staff.role !== 'lead') return notFound(visit);
  const days = spans.find((each) => String(each) === queryText(visit, 'tage')) ?? spans[0];
  const rows = await twiceOverview(tx, days);
  await recordAudit(tx, visit.actor, {
    action: 'twice.overview-read',
    subjectType: 'overview',
    subjectId: 'twice',
    detail: { days },
  });
  return show(
    visit,
    { title: t('twice:overview.title'), active: 'clarify' },
    <>
      <BackLink href={paths.twice}>{t('twice:list.title')}</BackLink>
      <h1>{t('twice:overview.title')}</h1>
      <p class="td-muted">{t('twice:overview.text')}</p>
      <Tabs
        label={t('twice:overview.span')}
        items={spans.map((each) => ({
          text: t('twice:overview.days', { count: each }),
          href: withQuery(paths.twiceOverview, { tage: String(each) }),
          current: each === days,
        }))}
      />
      {rows.length === 0 ? (
        <EmptyState title={t('twice:overview.empty')} />
      ) : (
        <>
          <p>
            {t('twice:overview.total', {
              total: words(visit, sum(rows)),
              decided: words(
                visit,
                rows.reduce((total, row) => total + row.decided, 0),
              ),
            })}
          </p>
          <h2>{t('twice:overview.why')}</h2>
          <Causes visit={visit} rows={rows} />
          <h2>{t('twice:overview.ways')}</h2>
          <Ways visit={visit} rows={rows} />
        </>
      )}
    </>,
  );
}

const Causes = ({ visit, rows }: { visit: StaffVisit; rows: readonly TwiceCount[] }) => {
  const { t } = visit;
  const found = causes
    .map((cause) => ({ cause, count: sum(rows, (row) => row.cause === cause) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return (
    <Table
      caption={t('twice:overview.why')}
      rows={found}
      columns={[
        { header: t('twice:overview.cause'), head: true, cell: ({ cause }) => t(`twice:cause.${cause}.what`) },
        { header: t('twice:overview.count'), cell: ({ count }) => words(visit, count) },
        { header: t('twice:overview.cure'), cell: ({ cause }) => t(`twice:cause.${cause}.cure`) },
      ]}
    />
  );
};

/** First way by second way. */
const Ways = ({ visit, rows }: { visit: StaffVisit; rows: readonly TwiceCount[] }) => {
  const { t } = visit;
  const used = (side: 'earlier' | 'later'): Channel[] =>
    channels.filter((channel) => rows.some((row) => row[side] === channel));
  return (
    <Table
      caption={t('twice:overview.ways')}
      rows={used('earlier')}
      columns={[
        { header: t('twice:overview.first'), head: true, cell: (first: Channel) => t(`twice:channel.${first}`) },
        ...used('later').map((then) => ({
          header: t('twice:overview.then', { channel: t(`twice:channel.${then}`) }),
          cell: (first: Channel) =>
            words(
              visit,
              sum(rows, (row) => row.earlier === first && row.later === then),
            ),
        })),
      ]}
    />
  );
};
