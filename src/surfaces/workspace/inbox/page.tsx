import { caseStates, hasAnswer, type InboxPage, type InboxRow } from '../../../modules/cases/index.ts';
import { channels } from '../../../modules/intake/index.ts';
import type { Team } from '../../../modules/settings/index.ts';
import { Button, EmptyState, Icon, Pagination } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { ago, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { ages, dues, type InboxQuery, me, nobody } from './filter.ts';

export type InboxData = {
  readonly page: InboxPage;
  readonly query: InboxQuery;
  readonly teams: readonly Team[];
  readonly staff: readonly { id: string; name: string }[];
  readonly concerns: readonly { value: string; label: string }[];
  readonly concern: (key: string) => string;
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

/** Quick views that a clerk asks for all day, as links beside the filter. */
const views: readonly { readonly key: string; readonly query: Partial<InboxQuery> }[] = [
  { key: 'all', query: {} },
  { key: 'mine', query: { zustaendig: me } },
  { key: 'new', query: { stand: 'new' } },
  { key: 'overdue', query: { frist: 'ueberfaellig' } },
  { key: 'decided', query: { stand: 'decided' } },
];

const sameQuery = (a: InboxQuery, b: Partial<InboxQuery>): boolean =>
  Object.entries(a).every(([name, value]) => value === (b[name as keyof InboxQuery] ?? ''));

const Views = ({ visit, query }: { visit: StaffVisit; query: InboxQuery }) => (
  <nav class="tw-views" aria-label={visit.t('workspace:inbox.views.label')}>
    <ul>
      {views.map((view) => (
        <li>
          <a href={withQuery(paths.home, view.query)} aria-current={sameQuery(query, view.query) ? 'page' : undefined}>
            {visit.t(`workspace:inbox.views.${view.key}`)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

type ChoiceProps = {
  visit: StaffVisit;
  name: keyof InboxQuery;
  value: string;
  options: readonly { value: string; label: string }[];
  /** What is shown where nothing is chosen. */
  any?: string;
};

/** One choice of the filter; nothing chosen means everything. The first one takes the key "f". */
const Choice = ({ visit, name, value, options, any = visit.t('workspace:inbox.filter.any') }: ChoiceProps) => (
  <div class="kern-form-input">
    <label class="kern-label" for={`filter-${name}`}>
      {visit.t(`workspace:inbox.filter.${name}`)}
    </label>
    <select
      class="kern-form-input__input td-select"
      id={`filter-${name}`}
      name={name}
      data-shortcut={name === 'team' ? 'f' : undefined}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
);

function Filter({ visit, data }: { visit: StaffVisit; data: InboxData }) {
  const { t } = visit;
  const { query } = data;
  const option = (area: string) => (value: string) => ({ value, label: t(`workspace:${area}.${value}`) });
  const select = (name: keyof InboxQuery, options: readonly { value: string; label: string }[], any?: string) => (
    <Choice visit={visit} name={name} value={query[name]} options={options} {...(any && { any })} />
  );
  const people = [
    { value: me, label: t('workspace:inbox.filter.me') },
    { value: nobody, label: t('workspace:inbox.filter.nobody') },
    ...data.staff.map((each) => ({ value: each.id, label: each.name })),
  ];
  return (
    <form action={paths.home} method="get" class="tw-filter" aria-label={t('workspace:inbox.filter.label')}>
      {select(
        'team',
        data.teams.map((team) => ({ value: team.id, label: team.name })),
      )}
      {select('anliegen', data.concerns)}
      {select('zustaendig', people)}
      {select('frist', dues.map(option('inbox.due')))}
      {select('stand', caseStates.map(option('state')), t('workspace:inbox.filter.undecided'))}
      {select('weg', channels.map(option('channel')))}
      {select(
        'alter',
        ages.map((value) => ({ value, label: t('workspace:inbox.filter.older', { count: Number(value) }) })),
      )}
      <div class="tw-filter__act">
        <Button variant="secondary">{t('workspace:inbox.filter.apply')}</Button>
        {sameQuery(query, {}) ? null : <a href={paths.home}>{t('workspace:inbox.filter.reset')}</a>}
      </div>
    </form>
  );
}

function Row({ visit, row, data }: { visit: StaffVisit; row: InboxRow; data: InboxData }) {
  const { t } = visit;
  const team = data.teams.find((each) => each.id === row.teamId)?.name;
  const assignee = data.staff.find((each) => each.id === row.assigneeId)?.name;
  const isNew = row.state === 'new';
  const header = (name: string): string => t(`workspace:inbox.column.${name}`);
  return (
    <tr class={isNew ? 'tw-row tw-row--new' : 'tw-row'}>
      <td data-label={header('due')}>
        <Deadline visit={visit} day={row.dueOn} ended={hasAnswer(row.state)} />
      </td>
      <th scope="row" data-label={header('person')}>
        <a href={paths.case(row.id)} data-row>
          {nameOnCase(visit, row.personName)}
        </a>
        <span class="tw-sub">{row.number}</span>
      </th>
      <td data-label={header('concern')}>{data.concern(row.concern)}</td>
      <td data-label={header('state')}>
        <StateBadge visit={visit} state={row.state} />
      </td>
      <td data-label={header('arrived')}>
        <span>
          <span class="td-nowrap">{ago(visit, row.openedAt)}</span>
          <span class="tw-sub">{t(`workspace:channel.${row.channel}`)}</span>
        </span>
      </td>
      <td data-label={header('who')}>
        <span>
          {assignee ?? <span class="td-muted">{t('workspace:inbox.unassigned')}</span>}
          <span class="tw-sub">
            {team ?? (
              <span class="tw-warn">
                <Icon name="warning" small /> {t('workspace:inbox.noTeam')}
              </span>
            )}
          </span>
        </span>
      </td>
    </tr>
  );
}

/** The team inbox: quick views, filter, and the cases with the oldest deadline first. */
export function InboxView({ visit, data }: { visit: StaffVisit; data: InboxData }) {
  const { t } = visit;
  const columns = ['due', 'person', 'concern', 'state', 'arrived', 'who'] as const;
  const { rows } = data.page;
  return (
    <>
      <div class="td-title-row">
        <WithHelp visit={visit} of="inbox">
          <h1>{t('workspace:inbox.title')}</h1>
        </WithHelp>
        <Views visit={visit} query={data.query} />
      </div>
      <Filter visit={visit} data={data} />
      {rows.length === 0 ? (
        <EmptyState title={t('workspace:inbox.empty')}>
          <p>{t('workspace:inbox.emptyHint')}</p>
        </EmptyState>
      ) : (
        <table class="kern-table tw-inbox">
          <caption class="kern-sr-only">{t('workspace:inbox.caption')}</caption>
          <thead>
            <tr>
              {columns.map((name) => (
                <th scope="col">{t(`workspace:inbox.column.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row visit={visit} row={row} data={data} />
            ))}
          </tbody>
        </table>
      )}
      <Pagination
        t={t}
        previous={data.previous}
        next={data.next}
        summary={t('workspace:inbox.shown', { count: rows.length })}
      />
    </>
  );
}
