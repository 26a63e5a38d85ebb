import { Alert, BackLink, type FieldProblem, formatBytes, formatDateTime, Icon } from '../../../ui/index.ts';
import type { FormInput } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { widths } from '../case/view.ts';
import { NotInGerman } from '../languages.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { LivePage } from '../together/live-page.tsx';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { DocumentHolds } from './holds.tsx';
import type { ReaderData, ShownPage } from './load.ts';
import { MarkPanel, MovePanel } from './panels.tsx';
import { countHits, Sheet } from './sheet.tsx';
import { Marks, Moves, PageText, Versions } from './side.tsx';
import { type ReaderView, readerPath, zooms } from './view.ts';
import { titleWords } from './words.ts';

export type ReaderProps = {
  readonly visit: StaffVisit;
  readonly data: ReaderData;
  readonly view: ReaderView;
  readonly input: FormInput;
  readonly problems: readonly FieldProblem[];
};

/** The address of this document with a changed view. */
export const here = ({ data, view }: Pick<ReaderProps, 'data' | 'view'>, change: Partial<ReaderView> = {}): string =>
  readerPath(data.shown.paper.document.id, { ...view, page: data.shown.page, ...change });

const keys = { back: 'q', on: 'w', turn: 'd', facts: 'a', mark: 'm', move: 'v', blacken: 's' } as const;

/** What every form of the reader carries, so that one comes back to the same view. */
export const ViewMarks = ({ visit, data, view }: ReaderProps) => (
  <>
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="command" value={newCommand(visit)} />
    <input type="hidden" name="seite" value={String(data.shown.page)} />
    <input type="hidden" name="zoom" value={String(view.zoom)} />
    <input type="hidden" name="suche" value={view.search} />
    <input type="hidden" name="stelle" value={view.fact ?? ''} />
    <input type="hidden" name="neben" value={view.beside ?? ''} />
    <input type="hidden" name="nebenseite" value={String(view.besidePage)} />
  </>
);

/** A link to another page of the document, with its key; nothing where there is none. */
function Turn(props: ReaderProps & { page: number; text: string; shortcut: string }) {
  const { page, text, shortcut } = props;
  if (page < 1 || page > props.data.shown.paper.document.pages) return null;
  return (
    <li>
      <a href={here(props, { page })} data-shortcut={shortcut} aria-keyshortcuts={shortcut}>
        {text} <kbd class="td-kbd">{shortcut}</kbd>
      </a>
    </li>
  );
}

function Tools(props: ReaderProps) {
  const { visit, data, view } = props;
  const { t } = visit;
  const { shown } = data;
  const { document } = shown.paper;
  const turn = shown.turns.get(shown.page) ?? 0;
  const panel = (name: 'facts' | 'mark' | 'move', to: 'angaben' | 'markieren' | 'verlegen') => (
    <li>
      <a
        href={`${here(props, { panel: view.panel === to ? undefined : to })}#tun`}
        aria-current={view.panel === to ? 'true' : undefined}
        data-shortcut={keys[name]}
        aria-keyshortcuts={keys[name]}
      >
        {t(`file:reader.${to}`)} <kbd class="td-kbd">{keys[name]}</kbd>
      </a>
    </li>
  );
  return (
    <nav class="tw-verbs" aria-label={t('file:reader.tools')}>
      <ul>
        <Turn {...props} page={shown.page - 1} text={t('file:reader.before')} shortcut={keys.back} />
        <li>
          <span class="tw-reader__count">{t('ui:viewer.page', { page: shown.page, of: document.pages })}</span>
        </li>
        <Turn {...props} page={shown.page + 1} text={t('file:reader.next')} shortcut={keys.on} />
        {view.zoom === 0 ? null : (
          <li>
            <a href={here(props, { zoom: view.zoom - 1 })} data-zoom="out">
              {t('ui:viewer.zoomOut')} <kbd class="td-kbd">-</kbd>
            </a>
          </li>
        )}
        {view.zoom === zooms.length - 1 ? null : (
          <li>
            <a href={here(props, { zoom: view.zoom + 1 })} data-zoom="in">
              {t('ui:viewer.zoomIn')} <kbd class="td-kbd">+</kbd>
            </a>
          </li>
        )}
        <li>
          <form action={paths.documentVerb(document.id, 'drehung')} method="post">
            <ViewMarks {...props} />
            <button
              type="submit"
              name="drehung"
              value={String((turn + 90) % 360)}
              data-shortcut={keys.turn}
              aria-keyshortcuts={keys.turn}
            >
              {t('file:reader.turn')} <kbd class="td-kbd">{keys.turn}</kbd>
            </button>
          </form>
        </li>
        {panel('facts', 'angaben')}
        {panel('mark', 'markieren')}
        {panel('move', 'verlegen')}
        <li>
          <a
            href={paths.documentVerb(document.id, 'schwaerzung')}
            data-shortcut={keys.blacken}
            aria-keyshortcuts={keys.blacken}
          >
            {t('file:reader.schwaerzen')} <kbd class="td-kbd">{keys.blacken}</kbd>
          </a>
        </li>
        <li>
          <a href={paths.original(document.id)} data-download>
            {t(data.filed.facts.copyOf === null ? 'ui:viewer.download' : 'file:reader.download')}
          </a>
        </li>
      </ul>
    </nav>
  );
}

/** Looking for words on the page; the form is the address. */
function Find(props: ReaderProps) {
  const { visit, data, view } = props;
  const { t } = visit;
  const found = countHits(data.shown, view.search);
  return (
    <form class="tw-reader__find" action={paths.document(data.shown.paper.document.id)}>
      <label class="kern-label" for="reader-search">
        {t('file:reader.find')}
      </label>
      <input
        class="kern-form-input__input td-width-s"
        id="reader-search"
        name="suche"
        value={view.search}
        maxlength={100}
        autocomplete="off"
        data-shortcut="f"
      />
      <input type="hidden" name="seite" value={String(data.shown.page)} />
      <button type="submit" class="kern-btn kern-btn--secondary kern-btn--small">
        <span class="kern-label">{t('file:reader.findButton')}</span>
      </button>
      {view.search === '' ? null : (
        <span class="td-muted" role="status">
          {data.shown.words === undefined ? t('file:reader.notRead') : t('file:reader.found', { count: found })}
        </span>
      )}
    </form>
  );
}

function Strip(props: ReaderProps) {
  const { visit, data } = props;
  const { document } = data.shown.paper;
  if (document.pages < 2) return null;
  return (
    <ol class="td-viewer__strip" aria-label={visit.t('file:reader.pages')}>
      {Array.from({ length: document.pages }, (_, index) => index + 1).map((page) => (
        <li>
          <a
            href={here(props, { page })}
            aria-current={page === data.shown.page ? 'page' : undefined}
            aria-label={visit.t('ui:viewer.goTo', { page })}
          >
            <img
              src={paths.turnedPage(document.id, page, widths.strip, data.shown.turns.get(page) ?? 0)}
              alt=""
              width={72}
              height={102}
              loading="lazy"
            />
            <span aria-hidden="true">{page}</span>
          </a>
        </li>
      ))}
    </ol>
  );
}

/** A page; where there are no words of it, why, and what that means for whoever looks for some. */
const Frame = ({ props, shown, search }: { props: ReaderProps; shown: ShownPage; search: string }) => (
  <section
    class="tw-reader__page"
    tabindex={0}
    aria-label={props.visit.t('workspace:case.papers.alt', { page: shown.page, name: shown.paper.document.name })}
  >
    {shown.unread === undefined ? null : <p class="tw-note">{props.visit.t(`file:unread.${shown.unread}`)}</p>}
    <Sheet visit={props.visit} shown={shown} search={search} zoom={props.view.zoom} />
  </section>
);

/** The other document: its own pages, and a link that makes it the one that is worked on. */
function Beside(props: ReaderProps & { shown: ShownPage }) {
  const { visit, shown, view } = props;
  const { t } = visit;
  const { document } = shown.paper;
  const to = (page: number): string => here(props, { besidePage: page });
  const keyed = (page: number, text: string, key: string) =>
    page < 1 || page > document.pages ? null : (
      <li>
        <a href={to(page)} data-shortcut={key} aria-keyshortcuts={key}>
          {text} <kbd class="td-kbd">{key}</kbd>
        </a>
      </li>
    );
  return (
    <section class="tw-reader__beside" aria-labelledby="beside">
      <h2 id="beside">{document.name}</h2>
      <nav class="tw-verbs" aria-label={t('file:reader.besideTurning')}>
        <ul>
          {keyed(shown.page - 1, t('file:reader.before'), 'o')}
          <li>
            <span class="tw-reader__count">{t('ui:viewer.page', { page: shown.page, of: document.pages })}</span>
          </li>
          {keyed(shown.page + 1, t('file:reader.next'), 'p')}
          <li>
            <a href={readerPath(document.id, { page: shown.page, search: view.search })}>{t('file:reader.alone')}</a>
          </li>
          <li>
            <a href={here(props, { beside: undefined })}>{t('file:reader.close')}</a>
          </li>
        </ul>
      </nav>
      <Frame props={props} shown={shown} search={view.search} />
    </section>
  );
}

/** A document as it is worked with: pages, the page, and beside it what is known, marked, noted, moved. */
export function readerPage(props: ReaderProps): Response {
  const { visit, data, view } = props;
  const { t, language } = visit;
  const { shown, filed } = data;
  const { document } = shown.paper;
  const title = titleWords(visit, filed);
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    {
      title: `${title} – ${nameOnCase(visit, shown.paper.case.personName)}`,
      styles: ['css/file-pages.css'],
      scripts: ['js/mark-page.js'],
      status: props.problems.length > 0 ? 422 : 200,
      shortcuts: [
        { key: 'q w', text: t('file:reader.turning') },
        { key: '+ -', text: t('file:reader.zooming') },
        { key: keys.turn, text: t('file:reader.turn') },
        { key: 'f', text: t('file:reader.find') },
        { key: keys.facts, text: t('file:reader.angaben') },
        { key: keys.mark, text: t('file:reader.markieren') },
        { key: keys.move, text: t('file:reader.verlegen') },
        { key: keys.blacken, text: t('file:reader.schwaerzen') },
        ...(data.beside === undefined ? [] : [{ key: 'o p', text: t('file:reader.besideTurning') }]),
      ],
    },
    <div class="tw-reader">
      {data.file === undefined ? null : <BackLink href={paths.file(data.file)}>{t('file:reader.toFile')}</BackLink>}
      <header>
        <h1>{title}</h1>
        <p class="td-muted">
          {title === document.name ? null : <>{document.name} · </>}
          {formatBytes(document.bytes, language, t)} · {formatDateTime(filed.at, language, t)} ·{' '}
          <a href={withQuery(paths.case(shown.paper.case.id), { dok: document.id })}>
            {nameOnCase(visit, shown.paper.case.personName)}, {shown.paper.case.number}
          </a>
        </p>
        <NotInGerman visit={visit} found={data.languages} />
      </header>
      <LivePage
        visit={visit}
        caseId={shown.paper.case.id}
        {...(data.followedFile === undefined ? {} : { fileId: data.followedFile })}
        part="unterlage"
        stamp={data.stamp}
        present={data.present}
        refresh={props.problems.length === 0}
      />
      {ok === undefined ? null : (
        <Alert tone="success" live title={t(ok === 'sperre' ? 'file:done.sperreEine' : `file:done.${ok}`)} />
      )}
      {filed.facts.copyOf === null ? null : (
        <p class="tw-warn">
          <Icon name="info" small /> {t('file:reader.isCopy')}{' '}
          <a href={paths.document(filed.facts.copyOf)}>{t('file:reader.original')}</a>
        </p>
      )}
      <Tools {...props} />
      <Find {...props} />
      <div class={data.beside === undefined ? 'tw-reader__body' : 'tw-reader__body tw-reader__body--two'}>
        <div class="tw-reader__main">
          <Strip {...props} />
          <Frame props={props} shown={shown} search={view.search} />
        </div>
        {data.beside === undefined ? null : <Beside {...props} shown={data.beside} />}
        <aside class="tw-reader__side" aria-label={t('file:reader.about')}>
          {view.panel === 'angaben' ? <FactsPanel {...props} /> : null}
          {view.panel === 'markieren' ? <MarkPanel {...props} /> : null}
          {view.panel === 'verlegen' ? <MovePanel {...props} /> : null}
          <Versions {...props} />
          <Marks {...props} />
          <Moves {...props} />
          <DocumentHolds {...props} />
          <PageText {...props} />
        </aside>
      </div>
    </div>,
  );
}

const doneWords = [
  'angaben',
  'drehung',
  'markierung',
  'entfernt',
  'verlegung',
  'schwaerzung',
  'sperre',
  'freigabe',
  'unveraendert',
] as const;
