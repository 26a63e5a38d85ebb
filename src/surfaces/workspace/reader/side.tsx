import { pageText } from '../../../platform/reading/index.ts';
import { Button, formatDate, formatDateTime, Select } from '../../../ui/index.ts';
import type { FiledDocument } from '../../file-contents.ts';
import { paths } from '../paths.ts';
import type { SeenMove } from './load.ts';
import { here, type ReaderProps, ViewMarks } from './page.tsx';
import { partWords, titleWords } from './words.ts';

/** Older versions and copies of the document, and any document of the file to put beside it. */
export function Versions(props: ReaderProps) {
  const { visit, data, view } = props;
  const { t, language } = visit;
  const id = data.shown.paper.document.id;
  const family = [...data.filed.versions, ...data.filed.copies, ...newerOf(data.others, id)];
  const known = new Set(family.map((each) => each.document.id));
  const options = [...family, ...data.others.filter((each) => !known.has(each.document.id))].map((each) => ({
    value: each.document.id,
    label: `${titleWords(visit, each)} (${formatDate(each.at, language)})`,
  }));
  return (
    <section class="tw-panel" aria-labelledby="versions">
      <h2 id="versions">{t('file:beside.title')}</h2>
      {family.length === 0 ? null : (
        <ul class="tw-reader__list">
          {family.map((each) => (
            <li>
              <a href={here(props, { beside: each.document.id, besidePage: 1 })}>{titleWords(visit, each)}</a>
              <span class="tw-sub">
                {t(`file:beside.${each.facts.copyOf === id ? 'copy' : each.versions.length > 0 ? 'newer' : 'version'}`)}{' '}
                · {formatDate(each.at, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {options.length === 0 ? (
        <p class="td-muted">{t('file:beside.none')}</p>
      ) : (
        <form action={paths.document(id)} method="get" class="td-form">
          <input type="hidden" name="seite" value={String(data.shown.page)} />
          <input type="hidden" name="suche" value={view.search} />
          <Select t={t} name="neben" label={t('file:beside.choose')} value={view.beside ?? ''} options={options} />
          <Button variant="secondary" small>
            {t('file:beside.show')}
          </Button>
        </form>
      )}
    </section>
  );
}

/** The newer version under which the file keeps this one. */
const newerOf = (others: readonly FiledDocument[], id: string): FiledDocument[] =>
  others.filter((each) => each.versions.some((version) => version.document.id === id));

/** What was marked on the document, page by page. */
export function Marks(props: ReaderProps) {
  const { visit, data } = props;
  const { t, language } = visit;
  const { marks, paper } = data.shown;
  if (marks.length === 0) return null;
  return (
    <section class="tw-panel" aria-labelledby="marks">
      <h2 id="marks">{t('file:mark.title', { count: marks.length })}</h2>
      <ul class="tw-reader__list">
        {marks.map((mark) => (
          <li id={`m-${mark.id}`}>
            <a href={here(props, { page: mark.page })}>{t('file:mark.onPage', { page: mark.page })}</a>
            <p class="tw-typed">{mark.note}</p>
            <span class="tw-sub">
              {mark.topic === null ? null : <>{data.topics.get(mark.topic) ?? mark.topic} · </>}
              {mark.madeBy}, {formatDateTime(mark.madeAt, language, t)}
            </span>
            <form action={paths.unmark(paper.document.id, mark.id)} method="post">
              <ViewMarks {...props} />
              <button type="submit" class="td-link-button" aria-label={t('file:mark.removeLabel', { page: mark.page })}>
                {t('file:mark.remove')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the document lay before, why it was moved, and who had looked at it there. */
export function Moves(props: ReaderProps) {
  const { visit, data } = props;
  const { t, language } = visit;
  if (data.moves.length === 0) return null;
  const from = ({ move, from: place }: SeenMove): string =>
    move.fromCase === null
      ? partWords(visit, data.parts, move.fromPart ?? 'general')
      : place === undefined
        ? t('file:move.elsewhere')
        : `${place.number}, ${place.personName}`;
  return (
    <section class="tw-panel" aria-labelledby="moves">
      <h2 id="moves">{t('file:move.title')}</h2>
      <ul class="tw-reader__list">
        {data.moves.map((seen, index) => (
          <li>
            <strong>{t('file:move.from', { place: from(seen) })}</strong>
            {seen.move.fromCase === null ? null : (
              <span class="tw-sub">{t(seen.move.alone ? 'file:move.wentAlone' : 'file:move.wentTogether')}</span>
            )}
            <p class="tw-typed">{seen.move.reason}</p>
            <span class="tw-sub">
              {seen.move.by}, {formatDateTime(seen.move.at, language, t)}
            </span>
            {seen.move.fromCase === null ? null : <Looks visit={visit} looks={seen.looks} />}
            {index === 0 && mayGoBack(seen) ? (
              <form action={paths.documentVerb(data.shown.paper.document.id, 'zurueckverlegung')} method="post">
                <ViewMarks {...props} />
                <input type="hidden" name="zug" value={seen.move.id} />
                <button type="submit" class="td-link-button">
                  {t('file:move.back')}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who had looked at it there, and how: told to whoever may see that place. The others learn whom to ask. */
function Looks({ visit, looks }: { visit: ReaderProps['visit']; looks: SeenMove['looks'] }) {
  const { t, language } = visit;
  if (looks === undefined) return <p class="td-muted">{t('file:move.seenAsk')}</p>;
  if (looks.length === 0) return <p>{t('file:move.seenByNobody')}</p>;
  return (
    <>
      <p>{t('file:move.seenBy')}</p>
      <ul>
        {looks.map((look) => (
          <li>
            {look.actorName}: {t(`file:move.look.${look.how}`)}
            <span class="tw-sub">
              {t('file:move.seenTimes', {
                count: look.times,
                first: formatDateTime(look.first, language, t),
                last: formatDateTime(look.last, language, t),
              })}
            </span>
          </li>
        ))}
      </ul>
      <p class="td-muted">{t('file:move.breach')}</p>
    </>
  );
}

/** A move can be taken back by who may see where the document lay. */
const mayGoBack = ({ move, from }: SeenMove): boolean => move.fromCase === null || from !== undefined;

/** The words of the page as text: for who cannot see the picture, and to copy from. */
export function PageText({ visit, data }: ReaderProps) {
  const { t } = visit;
  const { words } = data.shown;
  return (
    <details class="tw-panel">
      <summary>{t('file:text.title', { page: data.shown.page })}</summary>
      {words === undefined ? (
        <p class="td-muted">{t(`file:unread.${data.shown.unread ?? 'waiting'}`)}</p>
      ) : words.words.length === 0 ? (
        <p class="td-muted">{t('file:text.empty')}</p>
      ) : (
        <p class="tw-typed">{pageText(words)}</p>
      )}
    </details>
  );
}
