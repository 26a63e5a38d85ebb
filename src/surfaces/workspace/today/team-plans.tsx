import { recordAudit } from '../../../modules/audit/index.ts';
import { type PlanLine, plansOfTeam } from '../../../modules/plans/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, EmptyState, Pagination, Table } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { concernTitles, Deadline, nameOnCase } from '../words.tsx';
import { asCursor, fromCursor, readWay, writeWay } from './cursor.ts';

const size = 40;

/** The plans that the board counts for a team, or for the cases that are of none, by their days. Who works on which case stands in the case and not here: nobody is compared. */
export async function plansOfTeamPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const asked = queryText(visit, 'team');
  const team = (await allTeams(tx)).find(({ id }) => id === asked);
  const mine = team === undefined ? asked === '' : visit.staff.teamIds.includes(team.id);
  if (!mine && (team === undefined || visit.staff.role !== 'lead')) return notFound(visit);
  const way = readWay(queryText(visit, 'nach'));
  const { lines, next } = await plansOfTeam(tx, visit.reader, team?.id ?? null, asCursor(way.at(-1)), size);
  const detail = { plans: lines.length, page: way.length + 1 };
  await recordAudit(tx, visit.actor, { action: 'inbox.read', subjectType: 'inbox', subjectId: 'team', detail });
  const concern = await concernTitles(visit);
  const title = team === undefined ? t('myday:team.plansOfNone') : t('myday:team.plansOf', { team: team.name });
  const turn = (to: readonly string[]): string => withQuery(paths.plansOfTeam, { team: asked, nach: writeWay(to) });
  return show(
    visit,
    { title, active: 'today', scripts: ['js/rows.js'] },
    <>
      <BackLink href={paths.team}>{t('myday:team.title')}</BackLink>
      <h1>{title}</h1>
      <p>{t('myday:team.plansText')}</p>
      {lines.length === 0 ? (
        <EmptyState title={t('myday:team.noPlans')} />
      ) : (
        <Table
          caption={title}
          rows={[...lines]}
          columns={[
            {
              header: t('myday:column.person'),
              head: true,
              cell: (row: PlanLine) => (
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
            { header: t('myday:team.plansBy'), cell: (row) => <Deadline visit={visit} day={row.nextOn} /> },
            {
              header: t('myday:column.act'),
              cell: (row) => (
                <a
                  href={`${withQuery(paths.case(row.caseId), { tun: 'durchsicht' })}#verb`}
                  aria-label={t('myday:due.planLookLabel', { name: nameOnCase(visit, row.personName) })}
                >
                  {t('myday:due.planLook')}
                </a>
              ),
            },
          ]}
        />
      )}
      <Pagination
        t={t}
        previous={way.length === 0 ? undefined : turn(way.slice(0, -1))}
        next={next === undefined ? undefined : turn([...way, fromCursor(next)])}
      />
    </>,
  );
}
