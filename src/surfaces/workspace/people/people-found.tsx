import type { PeopleQuery, PersonHit } from '../../../modules/people/index.ts';
import { type Column, type Content, formatDate, Table } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';
import type { LookedUp } from './look-up.ts';

type ListProps = {
  readonly visit: StaffVisit;
  readonly found: Pick<LookedUp, 'people' | 'more' | 'spelling'>;
  /**
   * Somebody with what can be done with them, and what is said of them; `first`: at the top of the list. Where the list is narrow, all that tells people
   * apart stands in it. Nobody written alike may take the focus or be chosen before somebody read the name.
   */
  readonly person: (person: PersonHit, says: Content, first: boolean) => Content;
  /** What this place says of somebody besides. */
  readonly note?: (person: PersonHit) => string | undefined;
  /** Somebody, or something, has the name as it was typed. */
  readonly known: boolean;
};

/** The id of what stands below the name of somebody who is written alike, for their link or choice; undefined where nothing warns of them. */
export const noteId = ({ id, alike }: PersonHit): string | undefined => (alike ? `alike-${id}` : undefined);

/** What was found, and how many, or that these are the first ones of more. */
export const counted = ({ t }: StaffVisit, what: string, count: number, more = false): string =>
  t(more ? 'search:countedFirst' : 'search:counted', { what, count });

function captionOf({ visit, found: { people, more, spelling }, known }: ListProps): string {
  const alike = known ? spelling === 'and-alike' : people.some((person) => person.alike);
  return counted(visit, visit.t(`search:${alike ? (known ? 'alikeToo' : 'alike') : 'people'}`), people.length, more);
}

/** One of the list: those whose name is only written alike say so. */
function Line({ visit, found, person, note, of }: ListProps & { of: PersonHit }) {
  const words = note?.(of);
  const says = (
    <>
      {of.alike ? (
        <span class="tw-sub" id={noteId(of)}>
          {visit.t('search:writtenAlike')}
        </span>
      ) : null}
      {words === undefined ? null : <span class="tw-sub">{words}</span>}
    </>
  );
  return <>{person(of, says, of === found.people[0])}</>;
}

/** Who was found, as a table with what tells people apart. */
export function PeopleTable({ more = [], ...props }: ListProps & { readonly more?: readonly Column<PersonHit>[] }) {
  const { visit, found } = props;
  const { t, language } = visit;
  if (found.people.length === 0) return null;
  return (
    <Table
      caption={captionOf(props)}
      showCaption
      rows={found.people}
      columns={[
        {
          header: t('workspace:inbox.column.person'),
          head: true,
          cell: (row) => (
            <span>
              <Line {...props} of={row} />
            </span>
          ),
        },
        { header: t('workspace:case.birthDate'), cell: (row) => formatDate(row.birthDate, language) },
        { header: t('workspace:person.fileNumber'), cell: (row) => row.fileNumber ?? '–' },
        ...more,
      ]}
    />
  );
}

/** The same in a column beside something else. */
const PeopleLines = (props: ListProps) => (
  <>
    <h3 id="people-caption">{captionOf(props)}</h3>
    <ul class="tp-people" aria-labelledby="people-caption">
      {props.found.people.map((each) => (
        <li>
          <Line {...props} of={each} />
        </li>
      ))}
    </ul>
  </>
);

/** What to type besides, so that those who are shown are the ones: nobody leafs through the register. Empty where all of it was typed. */
export function narrowing({ t }: StaffVisit, { name = '', birthDate }: PeopleQuery): string {
  if (birthDate === undefined) return t('search:more.withDay');
  if (name === '') return t('search:more.withName');
  return /[\s,]/.test(name) ? '' : t('search:more.withGivenName');
}

/** Somebody has the name as it was typed; the one who is meant may be written otherwise all the same. */
export const AlikeLink = ({ visit, query, href }: { visit: StaffVisit; query: PeopleQuery; href: string }) =>
  query.name === undefined || /\d/.test(query.name) ? null : (
    <p>
      <a href={href}>{visit.t('search:showAlike')}</a>
    </p>
  );

type Props = Omit<ListProps, 'found' | 'known'> & {
  readonly found: LookedUp | undefined;
  /** The list stands in a column beside something else. */
  readonly narrow?: boolean;
  /** Where those written alike are shown too. */
  readonly alikeHref: string;
  /** What this place says where nobody was found. */
  readonly nobody: Content;
};

/** The list of everybody found, at each place where staff look for a person: who it may be, that there are more, and the way to those written alike. */
export function PeopleFound({ found, narrow = false, alikeHref, nobody, ...rest }: Props) {
  if (found === undefined) return null;
  const { visit } = rest;
  const { people, more, query, spelling } = found;
  const known = people.some((person) => !person.alike);
  const List = narrow ? PeopleLines : PeopleTable;
  return (
    <div class="td-flow">
      {people.length === 0 ? nobody : <List {...rest} found={found} known={known} />}
      {more ? <p>{`${visit.t('search:more.people')} ${narrowing(visit, query)}`.trim()}</p> : null}
      {known && spelling !== 'and-alike' ? <AlikeLink visit={visit} query={query} href={alikeHref} /> : null}
    </div>
  );
}
