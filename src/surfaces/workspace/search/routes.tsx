import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase, type InboxRow, searchCases } from '../../../modules/cases/index.ts';
import { findReceipt, findSubmission, normalizeReceiptNumber } from '../../../modules/intake/index.ts';
import type { FoundPerson } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, EmptyState, formatDate, Table } from '../../../ui/index.ts';
import { searchPeople } from '../case/load.ts';
import { parseDay } from '../parse.ts';
import { below, paths, withQuery } from '../paths.ts';
import { SearchField } from '../search-field.tsx';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { ago, concernTitles, Deadline, nameOnCase, StateBadge } from '../words.tsx';

type Hits = {
  readonly cases: readonly InboxRow[];
  readonly people: readonly FoundPerson[];
  readonly receiptCase?: string;
};

/** What one line of text may mean: a case number, a receipt number, a birth date, a file number, a name. */
async function find(tx: Tx, visit: StaffVisit, text: string): Promise<Hits> {
  if (/^v[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i.test(text)) {
    const plain = text.replace(/[- ]/g, '').toUpperCase();
    const number = `V-${plain.slice(1, 5)}-${plain.slice(5)}`;
    return { cases: await searchCases(tx, visit.reader, { number }), people: [] };
  }
  const receiptNumber = normalizeReceiptNumber(text);
  const receipt = receiptNumber === undefined ? undefined : await findReceipt(tx, receiptNumber);
  if (receipt !== undefined) {
    const submission = await findSubmission(tx, receipt.submissionId);
    const found = submission === undefined ? undefined : await findCase(tx, visit.reader, submission.caseId);
    if (found !== undefined) return { cases: [found], people: [], receiptCase: found.id };
  }
  const people = await searchPeople(tx, text);
  const birthDate = parseDay(text);
  const stated = await searchCases(tx, visit.reader, birthDate === undefined ? { name: text } : { birthDate });
  const confirmed = await searchCases(tx, visit.reader, { personIds: people.map((each) => each.id) });
  const known = new Set(confirmed.map((row) => row.id));
  return { cases: [...confirmed, ...stated.filter((row) => !known.has(row.id))], people };
}

async function searchPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const text = queryText(visit, 'q').trim().slice(0, 100);
  const hits = text === '' ? undefined : await find(tx, visit, text);
  if (hits !== undefined)
    await recordAudit(tx, visit.actor, {
      action: 'search.read',
      subjectType: 'search',
      subjectId: 'cases',
      detail: { cases: hits.cases.length, people: hits.people.length },
    });
  const concern = await concernTitles(visit);
  return show(
    visit,
    { title: t('workspace:search.title'), active: 'search', scripts: ['js/rows.js'] },
    <>
      <h1>{t('workspace:search.title')}</h1>
      <form action={paths.search} method="get" class="td-form td-form--inline">
        <SearchField
          name="q"
          label={t('workspace:search.label')}
          hint={t('workspace:search.hint')}
          value={text}
          autofocus={hits === undefined}
          width="l"
        />
        <Button>{t('workspace:search.find')}</Button>
      </form>
      {hits === undefined ? null : <Found visit={visit} hits={hits} concern={concern} />}
    </>,
  );
}

function Found({ visit, hits, concern }: { visit: StaffVisit; hits: Hits; concern: (key: string) => string }) {
  const { t, language } = visit;
  if (hits.cases.length === 0 && hits.people.length === 0)
    return (
      <EmptyState title={t('workspace:search.none')}>
        <p>{t('workspace:search.noneHint')}</p>
      </EmptyState>
    );
  return (
    <>
      {hits.cases.length === 0 ? null : (
        <Table
          caption={t('workspace:search.cases')}
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
      {hits.people.length === 0 ? null : (
        <Table
          caption={t('workspace:search.people')}
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
    </>
  );
}

/** To the counter with this person; the form finds them again by the same facts. */
export const counterLink = (person: FoundPerson): string =>
  withQuery(paths.counterForm, {
    person: person.id,
    name: `${person.familyName}, ${person.givenName}`,
    geburtsdatum: person.birthDate,
  });

export const searchRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.search),
    access: 'staff',
    audit: { records: 'search.read' },
    handle: { page: searchPage },
  },
];
