import { type Fit, fits, type Snippet } from '../../../modules/search/index.ts';
import { formatDateTime, Pagination } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { closedLink } from '../words-in-addresses.ts';
import { type Asked, byTime, pageBefore, pageBehind, pageOf, searchPath } from './asked.ts';
import type { ShownText, ShownTexts } from './texts.ts';

/** Where a hit leads: the page of the paper with the words marked, or the case at the place of the text. */
function hitPath(visit: StaffVisit, hit: ShownText, asked: Asked): string {
  if (hit.kind === 'document')
    return closedLink(visit, paths.document(hit.id), { seite: String(hit.page ?? 1), suche: asked.q });
  const places: Readonly<Partial<Record<typeof hit.kind, string>>> = { answers: 'answers', field: 'own-fields' };
  if (hit.kind === 'appointment') return `${paths.case(hit.caseId)}#termin-${hit.id}`;
  return `${paths.case(hit.caseId)}#${places[hit.kind] ?? 'history'}`;
}

const Marked = ({ snippet }: { snippet: Snippet }) => (
  <>{snippet.map((part) => (part.hit ? <mark>{part.text}</mark> : part.text))}</>
);

const writerOf = (visit: StaffVisit, hit: ShownText): string =>
  hit.author === 'client' ? nameOnCase(visit, hit.personName) : hit.authorName || visit.t('search:office');

function Hit({ visit, hit, asked, topic }: { visit: StaffVisit; hit: ShownText; asked: Asked; topic: string }) {
  const { t, language } = visit;
  const { mark } = hit;
  const author = mark?.by ?? writerOf(visit, hit);
  const at = mark?.at ?? hit.at;
  const kind = mark !== undefined ? 'mark' : hit.kind === 'document' ? 'document' : undefined;
  return (
    <li class="tw-hit">
      <p class="tw-hit__title">
        <a href={hitPath(visit, hit, asked)} data-row>
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
        {kind === undefined ? null : `${t(`search:kind.${kind}`)} · `}
        {topic} ·{' '}
        <a href={paths.case(hit.caseId)}>
          {nameOnCase(visit, hit.personName)}, {hit.caseNumber}
        </a>{' '}
        ·{' '}
        {hit.kind === 'appointment'
          ? t('search:changedAt', { at: formatDateTime(hit.at, language, t) })
          : formatDateTime(at, language, t)}
        , {t('search:by', { name: author })}
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
    <a href={searchPath(visit, asked, { nach: asked.nach === byTime ? '' : byTime })}>
      {visit.t(`search:order.${asked.nach === byTime ? 'toFit' : 'toTime'}`)}
    </a>
  </p>
);

/** The texts that were found, each with the piece in which the words stand; what fits alike under one heading. */
export function TextList({ visit, asked, found, asks, concern }: ListProps) {
  const { t } = visit;
  const { last, texts } = found;
  const fewer = found.words < asks;
  const page = pageOf(asked);
  const behind = found.more && last !== undefined ? pageBehind(asked, last) : undefined;
  const isAll = texts.length > 0 && asked.ab === '' && !found.more && !found.older && !fewer;
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
    <section class="tw-texts" aria-labelledby="texts">
      <h2 id="texts">
        {isAll
          ? t('search:counted', { what: t('search:texts'), count: texts.length })
          : page === 1
            ? t('search:texts')
            : t('search:textsPage', { page })}
      </h2>
      {texts.length === 0 ? <p>{t(found.older ? 'search:noneRecent' : 'search:noTexts')}</p> : null}
      {texts.length === 0 ? null : asks === 0 ? (
        <p>{t('search:newest')}</p>
      ) : fewer ? (
        <p>{t('search:fewer')}</p>
      ) : (
        <Order visit={visit} asked={asked} />
      )}
      {groups.map(({ fit, hits }) => (
        <>
          <h3 class="tw-hits__fit">{title(fit)}</h3>
          {list(hits)}
        </>
      ))}
      {groups.length > 0 ? null : list(texts)}
      <Pagination
        t={t}
        previous={page === 1 ? undefined : searchPath(visit, asked, { ab: pageBefore(asked) })}
        next={behind === undefined ? undefined : searchPath(visit, asked, { ab: behind })}
      />
      {found.more && behind === undefined ? <p class="td-muted">{t('search:narrower')}</p> : null}
      {found.older && texts.length > 0 ? <p class="td-muted">{t('search:olderByWord')}</p> : null}
    </section>
  );
}
