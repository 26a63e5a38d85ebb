import { addDays, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import {
  type AppointmentLine,
  appointmentsOfAbsent,
  countAppointments,
  endsAt,
} from '../../../modules/appointments/index.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type CaseState,
  caseStates,
  casesOfAbsent,
  type FollowUpLine,
  followUpsOfAbsent,
  hasAnswer,
  type InboxRow,
  type Load,
  type Sum,
  teamLoad,
  unassignedLoad,
} from '../../../modules/cases/index.ts';
import { absentToday } from '../../../modules/identity/index.ts';
import { countPlansDue, type PlansDue } from '../../../modules/plans/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, EmptyState, Pagination, Table } from '../../../ui/index.ts';
import { AnswerWords } from '../appointments/lines.tsx';
import { WaysOn } from '../appointments/ways-on.tsx';
import { whenWords, whereWords } from '../appointments/words.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { asCursor as asDueCursor, fromCursor as fromDueCursor } from '../inbox/filter.ts';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { ago, concernTitles, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { asCursor, fromCursor } from './cursor.ts';
import { DayLinks } from './links.tsx';
import { plansOfTeamPage } from './team-plans.tsx';

type Block = {
  readonly id: string | null;
  readonly name: string;
  readonly load: readonly Load[];
  readonly free: Sum;
  /** Appointments of today, in all cases of the team together. */
  readonly meetings: number;
  /** Cooperation plans that have to be looked at again, in all cases of the team together. */
  readonly plans: PlansDue;
};

/** The board of the own teams (a lead: of all): how much, how old, how late, by kind of work; never by person. */
async function teamPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const today = dayInGermany(tx.now);
  const isLead = visit.staff.role === 'lead';
  const teams = (await allTeams(tx)).filter((team) => isLead || visit.staff.teamIds.includes(team.id));
  const span = { from: instantInGermany(today, '00:00'), until: instantInGermany(addDays(today, 1), '00:00') };
  const blocks: Block[] = [];
  for (const { id, name } of [...teams, { id: null, name: t('workspace:inbox.noTeam') }]) {
    const load = await teamLoad(tx, visit.reader, id, today);
    if (id !== null || load.length > 0)
      blocks.push({
        id,
        name,
        load,
        free: await unassignedLoad(tx, visit.reader, id, today),
        meetings: await countAppointments(tx, visit.reader, id, span),
        plans: await countPlansDue(tx, visit.reader, id),
      });
  }
  await recordAudit(tx, visit.actor, {
    action: 'team.board-read',
    subjectType: 'inbox',
    subjectId: 'team',
    detail: { teams: blocks.length },
  });
  const concern = await concernTitles(visit);
  return show(
    visit,
    { title: t('myday:team.title'), active: 'today' },
    <>
      <div class="td-title-row">
        <WithHelp visit={visit} of="team-board">
          <h1>{t('myday:team.title')}</h1>
        </WithHelp>
        <DayLinks visit={visit} active="team" />
      </div>
      <p>{t('myday:team.why')}</p>
      {isLead ? (
        <p>
          <a href={paths.absentWork}>{t('myday:team.absentLink')}</a>
        </p>
      ) : null}
      {blocks.map((block) => (
        <TeamBlock visit={visit} block={block} concern={concern} />
      ))}
    </>,
  );
}

const sum = (load: readonly Load[], of: 'open' | 'overdue'): number => load.reduce((all, each) => all + each[of], 0);

/** By kind of work, and in each from what nobody took yet to what is decided. */
const inOrder = (load: readonly Load[], concern: (key: string) => string, language: string): Load[] => {
  const step = (state: CaseState): number => caseStates.indexOf(state);
  return load.toSorted(
    (a, b) => concern(a.concern).localeCompare(concern(b.concern), language) || step(a.state) - step(b.state),
  );
};

function TeamBlock(props: { visit: StaffVisit; block: Block; concern: (key: string) => string }) {
  const { visit, block, concern } = props;
  const { t } = visit;
  const id = `team-${block.id ?? 'none'}`;
  const rows = inOrder(block.load, concern, visit.language);
  const free = block.free;
  const decided = sum(
    rows.filter(({ state }) => hasAnswer(state)),
    'open',
  );
  const [open, late] = [sum(rows, 'open') - decided, sum(rows, 'overdue')];
  return (
    <section class="td-flow" aria-labelledby={id}>
      <h2 id={id}>{block.name}</h2>
      <p>
        {late === 0 ? t('myday:team.sum', { count: open }) : t('myday:team.sumLate', { count: open, late })}{' '}
        {decided === 0 ? null : block.id === null ? (
          t('myday:team.decided', { count: decided })
        ) : (
          <a href={withQuery(paths.home, { team: block.id, stand: 'decided' })}>
            {t('myday:team.decided', { count: decided })}
          </a>
        )}{' '}
        {block.meetings === 0 ? null : t('appointments:team', { count: block.meetings })}{' '}
        {block.plans.due === 0 ? null : (
          <a href={withQuery(paths.plansOfTeam, { team: block.id ?? undefined })}>
            {t(`myday:team.${block.plans.past === 0 ? 'plans' : 'plansPast'}`, {
              count: block.plans.due,
              past: block.plans.past,
            })}
          </a>
        )}{' '}
        {free.open === 0 || free.oldest === null ? null : (
          <a href={withQuery(paths.home, { team: block.id ?? undefined, zustaendig: 'niemand' })}>
            {t('myday:team.free', { count: free.open, age: ago(visit, free.oldest) })}
          </a>
        )}
      </p>
      {rows.length === 0 ? null : (
        <Table
          caption={t('myday:team.caption', { team: block.name })}
          rows={rows}
          columns={[
            {
              header: t('workspace:inbox.column.concern'),
              head: true,
              cell: (row: Load) => {
                const query = { team: block.id ?? undefined, anliegen: row.concern, stand: row.state };
                return <a href={withQuery(paths.home, query)}>{concern(row.concern)}</a>;
              },
            },
            {
              header: t('workspace:inbox.column.state'),
              cell: (row) => <StateBadge visit={visit} state={row.state} />,
            },
            { header: t('myday:team.column.open'), numeric: true, cell: (row) => String(row.open) },
            { header: t('myday:team.column.overdue'), numeric: true, cell: (row) => String(row.overdue) },
            { header: t('myday:team.column.oldest'), cell: (row) => ago(visit, row.oldest) },
          ]}
        />
      )}
    </section>
  );
}

const size = 40;

/** What belongs to people who are away or gone, for a lead: no line is counted for anybody, none is left lying. */
async function absentPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  if (visit.staff.role !== 'lead') return notFound(visit);
  const { t } = visit;
  const absent = await absentToday(tx);
  const ids = absent.map((each) => each.id);
  const name = (id: string | null): string => absent.find((each) => each.id === id)?.name ?? '';
  const cases = await casesOfAbsent(tx, visit.reader, ids, asDueCursor(queryText(visit, 'nach')), size);
  const followUps = await followUpsOfAbsent(tx, visit.reader, ids, asCursor(queryText(visit, 'folge')), size);
  const meetings = await appointmentsOfAbsent(
    tx,
    visit.reader,
    { staffIds: ids },
    asCursor(queryText(visit, 'termin')),
    size,
  );
  await recordAudit(tx, visit.actor, {
    action: 'inbox.read',
    subjectType: 'inbox',
    subjectId: 'absent',
    detail: { rows: cases.rows.length + followUps.lines.length + meetings.lines.length },
  });
  const concern = await concernTitles(visit);
  const person = (row: { id: string; personName: string; number: string; concern: string }) => (
    <>
      <a href={paths.case(row.id)} data-row>
        {nameOnCase(visit, row.personName)}
      </a>
      <span class="tw-sub">
        {row.number} · {concern(row.concern)}
      </span>
    </>
  );
  const next = cases.next && withQuery(paths.absentWork, { nach: fromDueCursor(cases.next) });
  const nextMeetings = meetings.next && withQuery(paths.absentWork, { termin: fromCursor(meetings.next) });
  const nextFollowUps = followUps.next && withQuery(paths.absentWork, { folge: fromCursor(followUps.next) });
  return show(
    visit,
    { title: t('myday:absent.title'), active: 'today', scripts: ['js/rows.js'] },
    <>
      <BackLink href={paths.team}>{t('myday:team.title')}</BackLink>
      <h1>{t('myday:absent.title')}</h1>
      <p>{t('myday:absent.text')}</p>
      <h2>{t('appointments:title')}</h2>
      {meetings.lines.length === 0 ? (
        <EmptyState title={t('myday:absent.none')} />
      ) : (
        <Table
          caption={t('appointments:title')}
          rows={[...meetings.lines]}
          columns={[
            {
              header: t('myday:column.person'),
              head: true,
              cell: (row: AppointmentLine) => person({ ...row, id: row.caseId }),
            },
            {
              header: t('together:outage.when'),
              cell: ({ appointment }) => (
                <>
                  {whenWords(visit, appointment)}
                  {endsAt(appointment) <= tx.now ? <span class="tw-sub">{t('appointments:open')}</span> : null}
                  <AnswerWords visit={visit} answer={appointment.answer} />
                </>
              ),
            },
            { header: t('together:outage.where'), cell: (row) => whereWords(visit, row.appointment) },
            { header: t('myday:absent.whose'), cell: (row) => name(row.appointment.staffId) },
            {
              header: t('myday:column.act'),
              cell: ({ appointment }) => (
                <span class="tw-acts">
                  <WaysOn
                    visit={visit}
                    appointment={appointment}
                    hrefOf={(verb) =>
                      `${withQuery(paths.case(appointment.caseId), { tun: verb, eintrag: appointment.id })}#verb`
                    }
                  />
                </span>
              ),
            },
          ]}
        />
      )}
      <Pagination t={t} next={nextMeetings} />
      <h2>{t('myday:absent.cases')}</h2>
      {cases.rows.length === 0 ? (
        <EmptyState title={t('myday:absent.none')} />
      ) : (
        <Table
          caption={t('myday:absent.cases')}
          rows={[...cases.rows]}
          columns={[
            { header: t('myday:column.person'), head: true, cell: (row: InboxRow) => person(row) },
            {
              header: t('workspace:inbox.column.due'),
              cell: (row) => <Deadline visit={visit} day={row.dueOn} ended={hasAnswer(row.state)} />,
            },
            { header: t('myday:absent.whose'), cell: (row) => name(row.assigneeId) },
          ]}
        />
      )}
      <Pagination t={t} next={next} />
      <h2>{t('myday:absent.followUps')}</h2>
      {followUps.lines.length === 0 ? (
        <EmptyState title={t('myday:absent.none')} />
      ) : (
        <Table
          caption={t('myday:absent.followUps')}
          rows={[...followUps.lines]}
          columns={[
            {
              header: t('myday:column.person'),
              head: true,
              cell: (row: FollowUpLine) => person({ ...row, id: row.caseId }),
            },
            { header: t('myday:column.why'), cell: (row) => row.text },
            {
              header: t('workspace:inbox.column.due'),
              cell: (row) => <Deadline visit={visit} day={dayInGermany(row.at)} />,
            },
            { header: t('myday:absent.whose'), cell: (row) => name(row.staffId) },
          ]}
        />
      )}
      <Pagination t={t} next={nextFollowUps} />
    </>,
  );
}

export const teamRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.team),
    access: 'staff',
    audit: { records: 'team.board-read' },
    handle: { page: teamPage },
  },
  {
    method: 'GET',
    path: below(paths.absentWork),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: absentPage },
  },
  {
    method: 'GET',
    path: below(paths.plansOfTeam),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: plansOfTeamPage },
  },
];
