import { isId } from '../../../kernel/ids.ts';
import { type EmployerPage, employerKinds, employersStamp, listEmployers } from '../../../modules/employers/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, EmptyState, Icon, type Option, Pagination } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { SearchField } from '../search-field.tsx';
import { show } from '../shell.tsx';
import { LiveList } from '../together/live-page.tsx';
import { employersList } from '../together/stream.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { closedLink } from '../words-in-addresses.ts';
import { kindOptions } from './words.ts';

const size = 50;
const names = ['text', 'art', 'wer', 'ab'] as const;
type Query = Readonly<Record<(typeof names)[number], string>>;

function readQuery(visit: StaffVisit): Query {
  const [who, from] = [queryText(visit, 'wer'), queryText(visit, 'ab')];
  return {
    text: queryText(visit, 'text').trim().slice(0, 100),
    art: employerKinds.find((each) => each === queryText(visit, 'art')) ?? '',
    wer: isId(who) ? who : '',
    ab: isId(from) ? from : '',
  };
}

/** The employers and partners of the Jobcenter: found by a name however it is written, by kind and by who looks after them. */
export async function employersPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const query = readQuery(visit);
  const kind = employerKinds.find((each) => each === query.art);
  const filter = {
    text: query.text,
    ...(kind === undefined ? {} : { kind }),
    ...(query.wer === '' ? {} : { carerId: query.wer }),
  };
  const stamp = await employersStamp(tx); // before the rows: a page too new looks once too often, and never too seldom
  const page = await listEmployers(tx, filter, query.ab === '' ? undefined : query.ab, size);
  const staff = (await allStaff(tx)).map((each) => ({ value: each.id, label: each.name }));
  const narrowed = query.text !== '' || query.art !== '' || query.wer !== '';
  return show(
    visit,
    {
      title: t('employers:title'),
      active: 'employers',
      scripts: ['js/rows.js'],
      shortcuts: [{ key: 'n', text: t('employers:new') }],
    },
    <>
      <div class="td-title-row">
        <WithHelp visit={visit} of="employers">
          <h1>{t('employers:title')}</h1>
        </WithHelp>
        <a href={paths.employerNew} data-shortcut="n" aria-keyshortcuts="n">
          {t('employers:new')} <kbd class="td-kbd">n</kbd>
        </a>
      </div>
      <form action={paths.employers} method="get" class="tw-filter" aria-label={t('employers:filter')}>
        <SearchField name="text" label={t('employers:search')} value={query.text} shortcut="f" />
        <Choice
          name="art"
          label={t('employers:field.kind')}
          value={query.art}
          any={t('search:filter.any')}
          options={kindOptions(visit)}
        />
        <Choice
          name="wer"
          label={t('employers:field.carerId')}
          value={query.wer}
          any={t('search:filter.any')}
          options={staff}
        />
        <div class="tw-filter__act">
          <Button variant="secondary">{t('search:filter.apply')}</Button>
          {narrowed ? <a href={paths.employers}>{t('search:filter.reset')}</a> : null}
        </div>
      </form>
      {page.rows.length === 0 ? (
        <EmptyState title={t(narrowed ? 'employers:noneFound' : 'employers:none')}>
          <p>{t('employers:noneHint')}</p>
        </EmptyState>
      ) : (
        <Rows visit={visit} page={page} staff={staff} />
      )}
      <Pagination
        t={t}
        next={page.next === undefined ? undefined : closedLink(visit, paths.employers, { ...query, ab: page.next })}
        summary={t('employers:shown', { count: page.rows.length })}
      />
      <LiveList list={employersList} stamp={stamp} refresh />
    </>,
  );
}

type ChoiceProps = { name: string; label: string; value: string; any: string; options: readonly Option[] };

const Choice = ({ name, label, value, any, options }: ChoiceProps) => (
  <div class="kern-form-input">
    <label class="kern-label" for={`filter-${name}`}>
      {label}
    </label>
    <select class="kern-form-input__input td-select" id={`filter-${name}`} name={name}>
      <option value="">{any}</option>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
);

const columns = ['name', 'place', 'kind', 'sector', 'carerId'] as const;

function Rows({ visit, page, staff }: { visit: StaffVisit; page: EmployerPage; staff: readonly Option[] }) {
  const { t } = visit;
  const header = (name: (typeof columns)[number]): string => t(`employers:column.${name}`);
  return (
    <table class="kern-table tw-inbox">
      <caption class="kern-sr-only">{t('employers:title')}</caption>
      <thead>
        <tr>
          {columns.map((name) => (
            <th scope="col">{header(name)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => (
          <tr class="tw-row">
            <th scope="row" data-label={header('name')}>
              <a href={paths.employer(row.id)} data-row>
                {row.name}
              </a>
              {row.double ? (
                <span class="tw-sub">
                  <span class="tw-warn">
                    <Icon name="info" small /> {t('employers:double')}
                  </span>
                </span>
              ) : null}
            </th>
            <td data-label={header('place')}>{row.place}</td>
            <td data-label={header('kind')}>{t(`employers:kind.${row.kind}`)}</td>
            <td data-label={header('sector')}>{row.sector === '' ? '–' : t(`employers:sector.${row.sector}`)}</td>
            <td data-label={header('carerId')}>
              {staff.find((each) => each.value === row.carerId)?.label ?? (
                <span class="td-muted">{t('employers:nobody')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
