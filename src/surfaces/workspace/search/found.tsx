import { hasAnswer } from '../../../modules/cases/index.ts';
import { employerLabel } from '../../../modules/employers/index.ts';
import type { FoundPerson } from '../../../modules/people/index.ts';
import { formatDate, Table } from '../../../ui/index.ts';
import { nameAndDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { ago, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { closedLink } from '../words-in-addresses.ts';
import { type Asked, alikeToo, searchPath } from './asked.ts';
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
    <Cases {...props} />
    <More {...props} />
    <AlikeToo {...props} />
    <Employers {...props} />
  </>
);

/** Somebody has the name as it was typed; the one who is meant may be written otherwise all the same. */
function AlikeToo({ visit, asked, hits, unknown }: Props) {
  const { name } = nameAndDay(asked.q);
  return unknown || hits.alike || name === '' || /\d/.test(name) ? null : (
    <p>
      <a href={searchPath(visit, asked, { namen: alikeToo })}>{visit.t('search:showAlike')}</a>
    </p>
  );
}

/** That others fit as well, and what to type so that these are the ones: nobody leafs through the register. */
function More({ visit: { t }, asked, hits: { more } }: Props) {
  if (!more.people && !more.cases) return null;
  const { name, birthDate } = nameAndDay(asked.q);
  const how = birthDate === undefined ? 'withDay' : name === '' ? 'withName' : 'withGivenName';
  return <p>{`${t(`search:more.${more.people ? 'people' : 'cases'}`)} ${t(`search:more.${how}`)}`}</p>;
}

const counted = ({ t }: StaffVisit, what: string, count: number, more = false): string =>
  t(more ? 'search:countedFirst' : 'search:counted', { what, count });

const nameOf = (person: FoundPerson): string => `${person.familyName}, ${person.givenName}`;

/** A person leads to the file in which the reader may open a case; where there is none, the page says so. */
function People({ visit, hits, unknown }: Props) {
  const { t, language } = visit;
  if (hits.people.length === 0) return null;
  const fileOf = (person: FoundPerson) => hits.files.get(person.id);
  return (
    <Table
      caption={counted(
        visit,
        t(hits.alike ? `search:${unknown ? 'alike' : 'alikeToo'}` : 'search:people'),
        hits.people.length,
        hits.more.people,
      )}
      showCaption
      rows={hits.people}
      columns={[
        {
          header: t('workspace:inbox.column.person'),
          head: true,
          cell: (row) => {
            const file = fileOf(row);
            return (
              <span>
                {file === undefined ? (
                  nameOf(row)
                ) : (
                  <a href={paths.file(file.fileId)} data-row>
                    {nameOf(row)}
                  </a>
                )}
                <span class="tw-sub">
                  {file === undefined ? t('search:noCaseOpen') : t('search:casesOpen', { count: file.cases })}
                </span>
              </span>
            );
          },
        },
        { header: t('workspace:case.birthDate'), cell: (row) => formatDate(row.birthDate, language) },
        { header: t('workspace:person.fileNumber'), cell: (row) => row.fileNumber ?? '–' },
        {
          header: t('workspace:search.do'),
          cell: (row) => (
            <a href={counterLink(row)} aria-label={t('search:toCounterOf', { name: nameOf(row) })}>
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
          <a href={closedLink(visit, paths.employers, { text: asked.q })}>{t('search:allEmployers')}</a>
        </p>
      )}
    </>
  );
}

/** To the counter with this person; nothing of them stands in the address. */
export const counterLink = (person: Pick<FoundPerson, 'id'>): string =>
  withQuery(paths.counterForm, { person: person.id });
