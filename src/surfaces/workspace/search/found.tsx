import { hasAnswer } from '../../../modules/cases/index.ts';
import { employerLabel } from '../../../modules/employers/index.ts';
import type { FoundPerson, PersonHit } from '../../../modules/people/index.ts';
import { Table } from '../../../ui/index.ts';
import { nameAndDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import { alikeToo, peopleQuery } from '../people/look-up.ts';
import { AlikeLink, counted, narrowing, noteId, PeopleTable } from '../people/people-found.tsx';
import { nameOf } from '../people/person-words.ts';
import type { StaffVisit } from '../visit.ts';
import { ago, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { closedLink } from '../words-in-addresses.ts';
import { type Asked, searchPath } from './asked.ts';
import { type Hits, mostEmployers } from './people-and-cases.ts';

type Props = {
  readonly visit: StaffVisit;
  readonly asked: Asked;
  readonly hits: Hits;
  /** Nobody, and no case, has the name as it was typed. */
  readonly unknown: boolean;
  readonly concern: (key: string) => string;
};

/** People, cases and employers that were found, each with the way there. */
export const Found = (props: Props) => (
  <>
    <People {...props} />
    <More {...props} of="people" />
    <Cases {...props} />
    <More {...props} of="cases" />
    <AlikeToo {...props} />
    <Employers {...props} />
  </>
);

/** The same with names written alike, where something has the name as it was typed. */
function AlikeToo({ visit, asked, hits, unknown }: Props) {
  if (unknown || hits.alike) return null;
  return <AlikeLink visit={visit} query={peopleQuery(asked.q)} href={searchPath(visit, asked, { namen: alikeToo })} />;
}

/** That others fit as well, and what to type so that these are the ones. */
function More({ visit, asked, hits: { more }, of }: Props & { readonly of: 'people' | 'cases' }) {
  if (!more[of]) return null;
  // Below the people it says what to type; below the cases that would be the same once more.
  const how = of === 'cases' && more.people ? '' : narrowing(visit, peopleQuery(asked.q));
  return <p>{`${visit.t(`search:more.${of}`)} ${how}`.trim()}</p>;
}

/** A person leads to the file in which the reader may open a case; where there is none, the page says so. */
function People({ visit, hits, unknown }: Props) {
  const { t } = visit;
  const fileOf = (person: PersonHit) => hits.files.get(person.id);
  const spelling = hits.alike ? 'and-alike' : 'as-typed';
  return (
    <PeopleTable
      visit={visit}
      found={{ people: hits.people, more: hits.more.people, spelling }}
      known={!unknown}
      person={(person, says) => {
        const file = fileOf(person);
        return (
          <>
            {file === undefined ? (
              nameOf(person)
            ) : (
              <a href={paths.file(file.fileId)} data-row aria-describedby={noteId(person)}>
                {nameOf(person)}
              </a>
            )}
            {says}
          </>
        );
      }}
      note={(person) => {
        const file = fileOf(person);
        return file === undefined ? t('search:noCaseOpen') : t('search:casesOpen', { count: file.cases });
      }}
      more={[
        {
          header: t('workspace:search.do'),
          cell: (person) => (
            <a href={counterLink(person)} aria-label={t('search:toCounterOf', { name: nameOf(person) })}>
              {t('workspace:search.toCounter')}
            </a>
          ),
        },
      ]}
    />
  );
}

function Cases({ visit, hits, concern }: Props) {
  const { t } = visit;
  if (hits.cases.length === 0) return null;
  return (
    <Table
      caption={counted(visit, t('search:cases'), hits.cases.length, hits.more.cases)}
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
          cell: (row) => <Deadline visit={visit} day={row.dueOn} ended={hasAnswer(row.state)} />,
        },
      ]}
    />
  );
}

/** Employers and partners, which tell of nobody who is helped: everybody in the Jobcenter may open them. */
function Employers({ visit, asked, hits }: Props) {
  const { t } = visit;
  if (hits.employers.length === 0) return null;
  return (
    <>
      <Table
        caption={counted(visit, t('employers:title'), hits.employers.length)}
        showCaption
        rows={hits.employers}
        columns={[
          {
            header: t('employers:column.name'),
            head: true,
            cell: (row) => (
              <a href={paths.employer(row.id)} data-row aria-label={employerLabel(row)}>
                {row.name}
              </a>
            ),
          },
          { header: t('employers:column.place'), cell: (row) => (row.place === '' ? '–' : row.place) },
          { header: t('employers:column.kind'), cell: (row) => t(`employers:kind.${row.kind}`) },
        ]}
      />
      {hits.employers.length < mostEmployers ? null : (
        <p>
          <a href={closedLink(visit, paths.employers, { text: nameAndDay(asked.q).name })}>
            {t('search:allEmployers')}
          </a>
        </p>
      )}
    </>
  );
}

/** To the counter with this person; nothing of them stands in the address. */
export const counterLink = (person: Pick<FoundPerson, 'id'>): string =>
  withQuery(paths.counterForm, { person: person.id });
