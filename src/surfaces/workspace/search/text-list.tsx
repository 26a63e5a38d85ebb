import { entryKinds, type Fit, fits, type Snippet } from '../../../modules/search/index.ts';
import { Button, formatDateTime } from '../../../ui/index.ts';
import { foreignLanguages, languageOptions } from '../languages.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { type Asked, behind, byTime, isNarrowed, me, notGerman, periods, searchPath } from './asked.ts';
import type { ShownText, ShownTexts } from './texts.ts';

type Option = { readonly value: string; readonly label: string };
export type Choices = { readonly topics: readonly Option[]; readonly staff: readonly Option[] };

/** Where a hit leads: the page of the paper with the words marked, or the case at the place of the text. */
function hitPath(hit: ShownText, asked: Asked): string {
  if (hit.kind === 'document')
    return withQuery(paths.document(hit.id), { seite: String(hit.page ?? 1), suche: asked.q });
  const places: Readonly<Partial<Record<typeof hit.kind, string>>> = { answers: 'answers', field: 'own-fields' };
  return `${paths.case(hit.caseId)}#${places[hit.kind] ?? 'history'}`;
}

const Marked = ({ snippet }: { snippet: Snippet }) => (
  <>{snippet.map((part) => (part.hit ? <mark>{part.text}</mark> : part.text))}</>
);

function Hit({ visit, hit, asked, topic }: { visit: StaffVisit; hit: ShownText; asked: Asked; topic: string }) {
  const { t, language } = visit;
  const author = hit.author === 'client' ? nameOnCase(visit, hit.personName) : hit.authorName || t('search:office');
  return (
    <li class="tw-hit">
      <p class="tw-hit__title">
        <a href={hitPath(hit, asked)} data-row>
          {hit.title}
        </a>
        {hit.page === undefined ? null : <span class="tw-sub">{t('search:page', { page: hit.page })}</span>}
      </p>
      <p class="tw-hit__text">
        {hit.snippet === undefined ? (
          <span class="td-muted">{t('search:gone')}</span>
        ) : (
          <Marked snippet={hit.snippet} />
        )}
      </p>
      <p class="tw-sub">
        {hit.kind === 'document' ? `${t('search:kind.document')} · ` : null}
        {topic} ·{' '}
        <a href={paths.case(hit.caseId)}>
          {nameOnCase(visit, hit.personName)}, {hit.caseNumber}
        </a>{' '}
        · {formatDateTime(hit.at, language, t)} · {author}
      </p>
    </li>
  );
}

type ListProps = {
  readonly visit: StaffVisit;
  readonly asked: Asked;
  readonly found: ShownTexts;
  readonly asks: number;
  readonly concern: (key: string) => string;
};

/** The order and the other one that may be chosen; where not all words were found, it is by time anyway. */
const Order = ({ visit, asked }: { visit: StaffVisit; asked: Asked }) => (
  <p>
    {visit.t(`search:order.${asked.nach === byTime ? 'time' : 'fit'}`)}{' '}
    <a href={searchPath(asked, { nach: asked.nach === byTime ? '' : byTime })}>
      {visit.t(`search:order.${asked.nach === byTime ? 'toFit' : 'toTime'}`)}
    </a>
  </p>
);

/** The texts that were found, each with the piece in which the words stand; what fits alike under one heading. */
export function TextList({ visit, asked, found, asks, concern }: ListProps) {
  const { t } = visit;
  const { last, texts } = found;
  const fewer = found.words < asks;
  const list = (hits: readonly ShownText[]) => (
    <ol class="tw-hits">
      {hits.map((hit) => (
        <Hit visit={visit} hit={hit} asked={asked} topic={concern(hit.topic)} />
      ))}
    </ol>
  );
  const title = (fit: Fit): string => t(`search:fit.${fit === 'close' && asks === 1 ? 'often' : fit}`);
  const groups = fits
    .map((fit) => ({ fit, hits: texts.filter((hit) => hit.fit === fit) }))
    .filter(({ hits }) => hits.length > 0);
  return (
    <section aria-labelledby="texts">
      <h2 id="texts">{t('search:texts')}</h2>
      {texts.length === 0 ? <p>{t('search:noTexts')}</p> : null}
      {texts.length === 0 ? null : fewer ? <p>{t('search:fewer')}</p> : <Order visit={visit} asked={asked} />}
      {groups.map(({ fit, hits }) => (
        <>
          <h3 class="tw-hits__fit">{title(fit)}</h3>
          {list(hits)}
        </>
      ))}
      {groups.length > 0 ? null : list(texts)}
      {found.more && last !== undefined ? (
        <p>
          <a href={searchPath(asked, { ab: behind(last) })}>{t('search:older')}</a>
        </p>
      ) : null}
    </section>
  );
}

/** Narrows the texts: by kind, topic, time and author. */
export function TextFilter({ visit, asked, choices }: { visit: StaffVisit; asked: Asked; choices: Choices }) {
  const { t } = visit;
  const select = (name: 'art' | 'thema' | 'seit' | 'von' | 'sprache', options: readonly Option[]) => (
    <div class="kern-form-input">
      <label class="kern-label" for={`search-${name}`}>
        {t(`search:filter.${name}`)}
      </label>
      <select class="kern-form-input__input td-select" id={`search-${name}`} name={name}>
        <option value="">{t('search:filter.any')}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === asked[name]}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
  const people = [
    { value: me, label: t('search:me') },
    { value: 'client', label: t('search:client') },
    ...choices.staff,
  ];
  return (
    <form action={paths.search} method="get" class="tw-filter" aria-label={t('search:filter.label')}>
      <input type="hidden" name="q" value={asked.q} />
      {asked.nach === '' ? null : <input type="hidden" name="nach" value={asked.nach} />}
      {select(
        'art',
        entryKinds.map((value) => ({ value, label: t(`search:kind.${value}`) })),
      )}
      {select('thema', choices.topics)}
      {select(
        'seit',
        periods.map((value) => ({ value, label: t(`search:since.${value}`) })),
      )}
      {select('von', people)}
      {select('sprache', [
        { value: notGerman, label: t('search:notGerman') },
        ...languageOptions(visit, foreignLanguages),
      ])}
      <div class="tw-filter__act">
        <Button variant="secondary">{t('search:filter.apply')}</Button>
        {isNarrowed(asked) ? (
          <a href={searchPath(asked, { art: '', thema: '', seit: '', von: '', sprache: '' })}>
            {t('search:filter.reset')}
          </a>
        ) : null}
      </div>
    </form>
  );
}
