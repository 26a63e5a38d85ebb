import { letterKinds } from '../../../modules/documents/index.ts';
import type { Placement } from '../../../modules/fields/index.ts';
import type { EndedHold, FileExport, FilePart, LegalHold } from '../../../modules/files/index.ts';
import { Badge, Button, type Content, EmptyState, formatDate, Icon, Pagination, Tabs } from '../../../ui/index.ts';
import type { FileContents, FiledDocument } from '../../file-contents.ts';
import { nameOr } from '../fields/field-words.tsx';
import { languageOptions, NotInGerman } from '../languages.tsx';
import { paths, withQuery } from '../paths.ts';
import { kindWords, partWords, titleWords } from '../reader/words.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase, StateBadge } from '../words.tsx';
import { type FileQuery, filterStates, hasEnded, type LanguagesOf, notGerman } from './filter.ts';

export type FileData = {
  readonly contents: FileContents;
  readonly parts: readonly FilePart[];
  readonly query: FileQuery;
  readonly years: readonly string[];
  /** What the filter shows of this page. */
  readonly rows: readonly FiledDocument[];
  readonly matching: number;
  readonly page: number;
  readonly pages: number;
  readonly today: string;
  readonly languages: LanguagesOf;
  /** Those of all documents of the file that the reader may see. */
  readonly spoken: readonly string[];
  readonly holds: readonly LegalHold[];
  readonly endedHolds: readonly EndedHold[];
  readonly exports: readonly FileExport[];
  readonly concern: (key: string) => string;
  /** What own fields say of the household and its people; null where nothing does. */
  readonly own: Content | null;
  /** How the head and the side of the file are ordered: by the team whose cases they all are, else by the house. */
  readonly placement: Placement;
};
export type FileProps = { readonly visit: StaffVisit; readonly data: FileData };

/** Whose file it is: the members of the household, or the name on its case. */
export function fileName(visit: StaffVisit, { household, cases }: FileContents): string {
  const names = household?.members.map((each) => `${each.familyName}, ${each.givenName}`) ?? [];
  const [first] = names.length > 0 ? names : [nameOnCase(visit, cases[0]?.personName ?? '')];
  return first ?? '';
}

const to = ({ data }: FileProps, change: Partial<FileQuery>, page = 1): string =>
  withQuery(paths.file(data.contents.file.id), {
    ...data.query,
    ...change,
    blatt: page > 1 ? String(page) : undefined,
  });

/** Who belongs to the household, with ages told by the day of birth. */
export function Household({ visit, data }: FileProps) {
  const { t, language } = visit;
  const { household } = data.contents;
  if (household === undefined) return <p class="td-muted">{t('file:nameless')}</p>;
  const placed = data.placement('household');
  const facts: Readonly<Record<string, readonly [string, string]>> = {
    fileNumber: [t('workspace:person.fileNumber'), household.fileNumber],
    members: [
      t('file:household', { count: household.members.length }),
      household.members
        .map((each) => `${each.givenName} ${each.familyName} (${formatDate(each.birthDate, language)})`)
        .join(', '),
    ],
  };
  return (
    <dl class="tw-facts">
      {placed.map(({ key }) => {
        const [name = '', value] = facts[key] ?? [];
        return (
          <div>
            <dt>{nameOr(visit, placed, key, name)}</dt>
            <dd>{value}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The parts as tabs, each with how many documents lie there. */
export function Parts(props: FileProps) {
  const { visit, data } = props;
  const count = (key: string): number => data.contents.documents.filter((each) => each.part === key).length;
  const used = data.parts.filter((part) => part.name === undefined || count(part.key) > 0 || !part.closed);
  return (
    <Tabs
      label={visit.t('file:parts')}
      items={[
        {
          text: visit.t('file:all'),
          href: to(props, { teil: '' }),
          current: data.query.teil === '',
          count: data.contents.documents.length,
        },
        ...used.map((part) => ({
          text: partWords(visit, data.parts, part.key),
          href: to(props, { teil: part.key }),
          current: data.query.teil === part.key,
          count: count(part.key),
        })),
      ]}
    />
  );
}

const Choice = (props: {
  visit: StaffVisit;
  name: keyof FileQuery;
  value: string;
  options: readonly { value: string; label: string }[];
  shortcut?: string;
}) => (
  <div class="kern-form-input">
    <label class="kern-label" for={`filter-${props.name}`}>
      {props.visit.t(`file:filter.${props.name}`)}
    </label>
    <select
      class="kern-form-input__input td-select"
      id={`filter-${props.name}`}
      name={props.name}
      data-shortcut={props.shortcut}
    >
      <option value="">{props.visit.t('workspace:inbox.filter.any')}</option>
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
);

export function Filter({ visit, data }: FileProps) {
  const { t } = visit;
  const { query, contents } = data;
  const kinds = letterKinds.filter((kind) => contents.documents.some((each) => each.facts.kind === kind));
  const set = Object.values(query).some((value) => value !== '');
  return (
    <form action={paths.file(contents.file.id)} method="get" class="tw-filter" aria-label={t('file:filter.label')}>
      {query.teil === '' ? null : <input type="hidden" name="teil" value={query.teil} />}
      <Choice
        visit={visit}
        name="art"
        value={query.art}
        options={kinds.map((value) => ({ value, label: t(`post:kind.${value}`) }))}
        shortcut="f"
      />
      <Choice
        visit={visit}
        name="zeit"
        value={query.zeit}
        options={data.years.map((value) => ({ value, label: value }))}
      />
      <Choice
        visit={visit}
        name="stand"
        value={query.stand}
        options={filterStates.map((value) => ({ value, label: t(`file:state.${value}`) }))}
      />
      <Choice
        visit={visit}
        name="vorgang"
        value={query.vorgang}
        options={contents.cases.map((each) => ({
          value: each.id,
          label: `${data.concern(each.concern)}, ${each.number}`,
        }))}
      />
      {data.spoken.length === 0 ? null : (
        <Choice
          visit={visit}
          name="sprache"
          value={query.sprache}
          options={[{ value: notGerman, label: t('search:notGerman') }, ...languageOptions(visit, data.spoken)]}
        />
      )}
      <div class="tw-filter__act">
        <Button variant="secondary">{t('workspace:inbox.filter.apply')}</Button>
        {set ? <a href={paths.file(contents.file.id)}>{t('workspace:inbox.filter.reset')}</a> : null}
      </div>
    </form>
  );
}

/** Where a document stands: looked at, unusable, no longer valid. */
function State({ visit, each, today }: { visit: StaffVisit; each: FiledDocument; today: string }) {
  const { t } = visit;
  if (each.document.erasedAt !== null) return <span class="td-muted">{t('file:state.erased')}</span>;
  return (
    <span>
      <Badge
        tone={each.facts.state === 'checked' ? 'success' : each.facts.state === 'unusable' ? 'warning' : undefined}
      >
        {t(`file:state.${each.facts.state}`)}
      </Badge>
      {hasEnded(each, today) ? (
        <span class="tw-warn">
          <Icon name="warning" small /> {t('file:state.invalid')}
        </span>
      ) : null}
      {each.document.unreadableAt === null ? null : (
        <span class="tw-warn">
          <Icon name="warning" small /> {t('workspace:case.papers.unreadable')}
        </span>
      )}
    </span>
  );
}

/** Older versions and blackened copies below a document. */
const Below = ({ visit, each }: { visit: StaffVisit; each: FiledDocument }) =>
  each.versions.length + each.copies.length === 0 ? null : (
    <ul class="tw-file__versions">
      {[
        ...each.versions.map((version) => ({ version, kind: 'version' })),
        ...each.copies.map((version) => ({ version, kind: 'copy' })),
      ].map(({ version, kind }) => (
        <li>
          {version.document.erasedAt === null ? (
            <a href={paths.document(version.document.id)} data-row>
              {titleWords(visit, version)}
            </a>
          ) : (
            titleWords(visit, version)
          )}
          <span class="tw-sub">
            {visit.t(`file:beside.${kind}`)} · {formatDate(version.document.createdAt, visit.language)}
          </span>
        </li>
      ))}
    </ul>
  );

function Row({ visit, data, each }: FileProps & { each: FiledDocument }) {
  const { t, language } = visit;
  const header = (name: string): string => t(`file:column.${name}`);
  const { facts } = each;
  const day = (value: string | null): string => (value === null ? '' : formatDate(value, language));
  return (
    <tr class="tw-row">
      <th scope="row" data-label={header('document')}>
        {each.document.erasedAt === null ? (
          <a href={paths.document(each.document.id)} data-row>
            {titleWords(visit, each)}
          </a>
        ) : (
          titleWords(visit, each)
        )}
        <span class="tw-sub">
          {titleWords(visit, each) === each.document.name ? null : <>{each.document.name} · </>}
          {t('workspace:case.papers.pages', { count: each.document.pages })}
        </span>
        <NotInGerman visit={visit} found={data.languages.get(each.document.id)} />
        <Below visit={visit} each={each} />
      </th>
      <td data-label={header('kind')}>
        <span>
          {kindWords(visit, facts.kind) ?? <span class="td-muted">{t('file:facts.unknown')}</span>}
          {facts.sender === null ? null : <span class="tw-sub">{facts.sender}</span>}
        </span>
      </td>
      <td data-label={header('date')}>
        <span>
          {facts.datedOn === null ? <span class="td-muted">–</span> : day(facts.datedOn)}
          {facts.validUntil === null ? null : (
            <span class="tw-sub">{t('file:validUntil', { date: day(facts.validUntil) })}</span>
          )}
        </span>
      </td>
      <td data-label={header('state')}>
        <State visit={visit} each={each} today={data.today} />
      </td>
      <td data-label={header('arrived')}>
        <span>
          {formatDate(each.at, language)}
          <span class="tw-sub">
            {each.letter === undefined ? null : t(`notices:way.${each.letter.way}`)}
            {[...new Set(each.ways.map((way) => t(`workspace:channel.${way.channel}`)))].join(', ')}
          </span>
        </span>
      </td>
      <td data-label={header('case')}>
        <span>
          <a class="td-nowrap" href={paths.case(each.case.id)}>
            {each.case.number}
          </a>
          <span class="tw-sub">{partWords(visit, data.parts, each.part)}</span>
        </span>
      </td>
    </tr>
  );
}

const columns = ['document', 'kind', 'date', 'state', 'arrived', 'case'] as const;

export function Documents(props: FileProps) {
  const { visit, data } = props;
  const { t } = visit;
  if (data.rows.length === 0)
    return (
      <EmptyState title={t('file:none')}>
        <p>{t('file:noneHint')}</p>
      </EmptyState>
    );
  return (
    <>
      <table class="kern-table tw-inbox">
        <caption class="kern-sr-only">{t('file:caption')}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{t(`file:column.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((each) => (
            <Row {...props} each={each} />
          ))}
        </tbody>
      </table>
      <Pagination
        t={t}
        previous={data.page > 1 ? to(props, {}, data.page - 1) : undefined}
        next={data.page < data.pages ? to(props, {}, data.page + 1) : undefined}
        summary={t('file:shown', { count: data.rows.length, of: data.matching })}
      />
    </>
  );
}

/** The cases of the file, the newest first. */
export const Cases = ({ visit, data, title }: FileProps & { title?: string | undefined }) => (
  <section class="tw-panel" aria-labelledby="cases">
    <h2 id="cases">{title ?? visit.t('file:cases', { count: data.contents.cases.length })}</h2>
    <ul class="tw-file__cases">
      {data.contents.cases.map((each) => (
        <li>
          <a href={paths.case(each.id)}>{data.concern(each.concern)}</a> <StateBadge visit={visit} state={each.state} />
          <span class="tw-sub">
            {each.number} · {nameOnCase(visit, each.personName)} · {formatDate(each.openedAt, visit.language)}
          </span>
        </li>
      ))}
    </ul>
  </section>
);
