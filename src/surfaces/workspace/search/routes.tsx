import { recordAudit } from '../../../modules/audit/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { TextQuery } from '../../../modules/search/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, EmptyState } from '../../../ui/index.ts';
import { topicTitles } from '../contacts/words.ts';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { alikeToo } from '../people/look-up.ts';
import { SearchField } from '../search-field.tsx';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';
import { concernOptions, concernTitles } from '../words.tsx';
import { type Asked, askedOf, isNarrowed, textQuery } from './asked.ts';
import { sayDeleted } from './deleted.tsx';
import { Found } from './found.tsx';
import { alikeNames, type Hits, nobody, peopleAndCases } from './people-and-cases.ts';
import { type Choices, TextFilter } from './text-filter.tsx';
import { TextList } from './text-list.tsx';
import { loadTexts, type ShownTexts } from './texts.ts';

/** One field for everything: people, cases and employers by name, day or number, and texts by the words in them; or the newest texts by the filters alone. */
async function searchPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const asked = askedOf(visit);
  const short = asked.q !== '' && asked.q.length < 2;
  const asks = asked.q !== '' || isNarrowed(asked);
  return show(
    visit,
    { title: t('workspace:search.title'), active: 'search', ownSearch: true, scripts: ['js/rows.js'] },
    <>
      <WithHelp visit={visit} of="search">
        <h1>{t('workspace:search.title')}</h1>
      </WithHelp>
      <search>
        <form action={paths.search} method="get" class="tw-search">
          <div class="td-form td-form--inline">
            <SearchField
              name="q"
              label={t('search:label')}
              hint={t('search:hint')}
              value={asked.q}
              autofocus={!asks}
              width="l"
              shortcut="/"
            />
            <Button>{t('search:find')}</Button>
          </div>
          <TextFilter visit={visit} asked={asked} choices={await choicesOf(tx, visit)} />
        </form>
      </search>
      {short ? <Alert tone="info" title={t('search:short')} /> : asks ? await results(visit, tx, asked) : null}
    </>,
  );
}

async function choicesOf(tx: Tx, visit: StaffVisit): Promise<Choices> {
  const topics = await topicTitles(tx, visit);
  const staff = (await allStaff(tx)).map(({ id, name }) => ({ value: id, label: name }));
  return {
    topics: [...(await concernOptions(visit)), ...[...topics].map(([value, label]) => ({ value, label }))],
    staff: staff.filter(({ value }) => value !== visit.staff.id),
  };
}

const countOf = (hits: Hits): number => hits.cases.length + hits.people.length + hits.employers.length;

async function results(visit: StaffVisit, tx: Tx, asked: Asked) {
  const query = textQuery(visit, asked);
  const onlyTexts = isNarrowed(asked) || query.before !== undefined;
  const named = onlyTexts ? nobody : await peopleAndCases(tx, visit, asked.q);
  const found = await textsOf(visit, tx, asked, query);
  const unknown = named.people.length + named.cases.length === 0;
  const alike = !onlyTexts && (unknown || asked.namen === alikeToo);
  const hits = alike ? await alikeNames(tx, visit, asked.q, named) : named;
  const { cases, people, employers } = hits;
  await recordAudit(tx, visit.actor, {
    action: 'search.read',
    subjectType: 'search',
    subjectId: 'cases',
    detail: {
      cases: cases.length,
      people: people.length,
      employers: employers.length,
      texts: found.texts.length,
    },
  });
  const concerns = await concernTitles(visit);
  const topics = await topicTitles(tx, visit);
  const concern = (key: string): string => topics.get(key) ?? concerns(key);
  const common = asked.q !== '' && query.terms.length === 0;
  const deleted = onlyTexts || countOf(named) > 0 ? undefined : await sayDeleted(visit, tx, asked.q);
  if (countOf(hits) + found.texts.length === 0 && (common || !onlyTexts))
    return (
      deleted ?? (
        <EmptyState title={visit.t('search:none')}>
          <p>{visit.t(common ? 'search:common' : 'search:noneHint')}</p>
        </EmptyState>
      )
    );
  const names = <Found visit={visit} asked={asked} hits={hits} unknown={unknown} concern={concern} />;
  // What was typed may be no name at all: texts that have all of its words come before names that are only alike.
  const guessed = alike && unknown && found.texts.length > 0 && found.words === query.terms.length;
  return (
    <>
      {deleted}
      {guessed ? null : names}
      {found.texts.length === 0 && !onlyTexts ? null : (
        <TextList visit={visit} asked={asked} found={found} asks={query.terms.length} concern={concern} />
      )}
      {guessed ? names : null}
    </>
  );
}

/** Words that stand in every text are no question; without any word the filters are one. */
const textsOf = async (visit: StaffVisit, tx: Tx, { q }: Asked, query: TextQuery): Promise<ShownTexts> =>
  q !== '' && query.terms.length === 0
    ? { texts: [], last: undefined, words: 0, more: false, older: false }
    : loadTexts(tx, visit, query);

export const searchRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.search),
    access: 'staff',
    audit: { records: 'search.read' },
    handle: { page: searchPage },
  },
];
