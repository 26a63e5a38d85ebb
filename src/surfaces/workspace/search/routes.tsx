import { recordAudit } from '../../../modules/audit/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { FoundPerson } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, EmptyState, formatDate, Table } from '../../../ui/index.ts';
import { topicTitles } from '../contacts/words.ts';
import { WithHelp } from '../help/help.tsx';
import { below, paths, withQuery } from '../paths.ts';
import { SearchField } from '../search-field.tsx';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';
import { ago, concernOptions, concernTitles, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { askedOf, isNarrowed, textQuery } from './asked.ts';
import { alikePeople, type Hits, peopleAndCases } from './people-and-cases.ts';
import { TextFilter, TextList } from './text-list.tsx';
import { loadTexts } from './texts.ts';

/** One field for everything: people and cases by name, day or number, and texts by the words in them. */
async function searchPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const asked = askedOf(visit);
  const short = asked.q !== '' && asked.q.length < 2;
  return show(
    visit,
    { title: t('workspace:search.title'), active: 'search', ownSearch: true, scripts: ['js/rows.js'] },
    <>
      <WithHelp visit={visit} of="search">
        <h1>{t('workspace:search.title')}</h1>
      </WithHelp>
      <search>
        <form action={paths.search} method="get" class="td-form td-form--inline">
          <SearchField
            name="q"
            label={t('search:label')}
            hint={t('search:hint')}
            value={asked.q}
            autofocus={asked.q === ''}
            width="l"
            shortcut="/"
          />
          <Button>{t('search:find')}</Button>
        </form>
      </search>
      {short ? <Alert tone="info" title={t('search:short')} /> : asked.q === '' ? null : await results(visit, tx)}
    </>,
  );
}

async function results(visit: StaffVisit, tx: Tx) {
  const { t } = visit;
  const asked = askedOf(visit);
  const query = textQuery(visit, asked);
  const onlyTexts = isNarrowed(asked) || query.before !== undefined;
  const named = onlyTexts ? { cases: [], people: [] } : await peopleAndCases(tx, visit, asked.q);
  const found = await loadTexts(tx, visit, query);
  const asTyped = onlyTexts || named.cases.length + named.people.length + found.texts.length > 0;
  const hits = asTyped ? named : await alikePeople(tx, visit, asked.q);
  await recordAudit(tx, visit.actor, {
    action: 'search.read',
    subjectType: 'search',
    subjectId: 'cases',
    detail: { cases: hits.cases.length, people: hits.people.length, texts: found.texts.length },
  });
  const concerns = await concernTitles(visit);
  const topics = await topicTitles(tx, visit);
  const concern = (key: string): string => topics.get(key) ?? concerns(key);
  const nothing = hits.cases.length + hits.people.length + found.texts.length === 0;
  if (nothing && !onlyTexts)
    return (
      <EmptyState title={t('search:none')}>
        <p>{t(query.terms.length === 0 ? 'search:common' : 'search:noneHint')}</p>
      </EmptyState>
    );
  const staff = (await allStaff(tx)).map(({ id, name }) => ({ value: id, label: name }));
  const choices = {
    topics: [...(await concernOptions(visit)), ...[...topics].map(([value, label]) => ({ value, label }))],
    staff: staff.filter(({ value }) => value !== visit.staff.id),
  };
  return (
    <>
      <Found visit={visit} hits={hits} concern={concern} />
      {found.texts.length === 0 && !onlyTexts ? null : (
        <>
          <TextFilter visit={visit} asked={asked} choices={choices} />
          <TextList visit={visit} asked={asked} found={found} asks={query.terms.length} concern={concern} />
        </>
      )}
    </>
  );
}

function Found({ visit, hits, concern }: { visit: StaffVisit; hits: Hits; concern: (key: string) => string }) {
  const { t, language } = visit;
  return (
    <>
      {hits.people.length === 0 ? null : (
        <Table
          caption={t(hits.alike ? 'search:alike' : 'search:people')}
          showCaption
          rows={hits.people}
          columns={[
            {
              header: t('workspace:inbox.column.person'),
              head: true,
              cell: (row) => `${row.familyName}, ${row.givenName}`,
            },
            { header: t('workspace:case.birthDate'), cell: (row) => formatDate(row.birthDate, language) },
            { header: t('workspace:person.fileNumber'), cell: (row) => row.fileNumber ?? '–' },
            {
              header: t('workspace:search.do'),
              cell: (row) => <a href={counterLink(row)}>{t('workspace:search.toCounter')}</a>,
            },
          ]}
        />
      )}
      {hits.cases.length === 0 ? null : (
        <Table
          caption={t('search:cases')}
          showCaption
          rows={hits.cases}
          columns={[
            {
              header: t('workspace:inbox.column.person'),
              head: true,
              cell: (row) => (
                <span>
                  <a href={paths.case(row.id)} data-row>
                    {nameOnCase(visit, row.personName)}
                  </a>
                  <span class="tw-sub">{row.number}</span>
                </span>
              ),
            },
            { header: t('workspace:inbox.column.concern'), cell: (row) => concern(row.concern) },
            {
              header: t('workspace:inbox.column.state'),
              cell: (row) => <StateBadge visit={visit} state={row.state} />,
            },
            { header: t('workspace:inbox.column.arrived'), cell: (row) => ago(visit, row.openedAt) },
            {
              header: t('workspace:inbox.column.due'),
              cell: (row) => <Deadline visit={visit} day={row.dueOn} ended={row.state === 'closed'} />,
            },
          ]}
        />
      )}
    </>
  );
}

/** To the counter with this person; nothing of them stands in the address. */
export const counterLink = (person: Pick<FoundPerson, 'id'>): string =>
  withQuery(paths.counterForm, { person: person.id });

export const searchRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.search),
    access: 'staff',
    audit: { records: 'search.read' },
    handle: { page: searchPage },
  },
];
