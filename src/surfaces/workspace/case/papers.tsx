import type { Document } from '../../../modules/documents/index.ts';
import { DocumentViewer, EmptyState, formatBytes, Icon } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { NotInGerman } from '../languages.tsx';
import { paths } from '../paths.ts';
import { PairLinks, waysWords } from '../twice/twice-words.tsx';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { type CaseView, viewPath, widths } from './view.ts';

/** Proportions of A4, so that the page does not jump while a picture loads. */
const a4 = Math.SQRT2;

type ListProps = {
  readonly visit: StaffVisit;
  readonly data: CaseData;
  readonly view: CaseView;
  readonly shown: Document | undefined;
  readonly concern: (key: string) => string;
};

export const papersOf = (data: CaseData): Document[] => [
  ...data.submissions.flatMap((each) => each.documents),
  ...data.filedAlone,
];

/** How many papers there are: what came twice is one. */
const paperCount = (data: CaseData): number => data.arrived.filter(({ document }) => document !== undefined).length;

/** The paper that is shown: the one chosen, or the newest. */
export const shownPaper = (data: CaseData, view: CaseView): Document | undefined => {
  const all = papersOf(data);
  return all.find((each) => each.id === view.document) ?? all.findLast((each) => each.erasedAt === null);
};

function List({ visit, data, view, shown, concern }: ListProps) {
  const { t } = visit;
  return (
    <ul class="tw-papers">
      {data.arrived.toReversed().map((item) => {
        const document = item.ways.some((way) => way.documentId === shown?.id) ? shown : item.document;
        return (
          <li>
            <a
              href={document === undefined ? '#answers' : paperPath(data, view, document.id)}
              aria-current={document !== undefined && document.id === shown?.id ? 'true' : undefined}
            >
              <span class="tw-papers__name">
                {document === undefined
                  ? item.supplement
                    ? t('twice:saidLater')
                    : `${t('twice:said')}: ${concern(item.concern)}`
                  : document.erasedAt === null
                    ? document.name
                    : t('file:erased')}
              </span>
              <span class="tw-sub">
                {document === undefined ? null : <>{t('workspace:case.papers.pages', { count: document.pages })} · </>}
                {waysWords(visit, item)}
                {item.sure === 'likely' ? <> ({t('twice:likely')})</> : null}
                {item.replaced ? <> ({t('twice:older')})</> : null}
                {document === undefined || document.unreadableAt === null ? null : (
                  <span class="tw-warn">
                    <Icon name="warning" small /> {t('workspace:case.papers.unreadable')}
                  </span>
                )}
              </span>
              <NotInGerman visit={visit} found={document === undefined ? undefined : data.languages.get(document.id)} />
            </a>
            <PairLinks visit={visit} item={item} pairs={data.pairs} from={data.case.id} />
          </li>
        );
      })}
    </ul>
  );
}

const paperPath = (data: CaseData, view: CaseView, document: string): string =>
  viewPath(data.case.id, view, { document, page: 1, zoom: 0 });

function Viewer({ visit, data, view, shown }: { visit: StaffVisit; data: CaseData; view: CaseView; shown: Document }) {
  const { t, language } = visit;
  const page = Math.min(view.page, shown.pages);
  const here = (change: Parameters<typeof viewPath>[2]): string =>
    `${viewPath(data.case.id, { ...view, document: shown.id, page }, change)}#papers`;
  const width = widths.steps[view.zoom] ?? widths.steps[0];
  const numbers = Array.from({ length: shown.pages }, (_, index) => index + 1);
  return (
    <DocumentViewer
      t={t}
      name={shown.name}
      meta={formatBytes(shown.bytes, language, t)}
      image={{
        src: paths.page(shown.id, page, width),
        alt: t('workspace:case.papers.alt', { page, name: shown.name }),
        width,
        height: Math.round(width * a4),
      }}
      page={page}
      pages={numbers.map((each) => ({
        href: here({ page: each }),
        thumbnail: paths.page(shown.id, each, widths.strip),
        current: each === page,
      }))}
      zoomIn={view.zoom < widths.steps.length - 1 ? here({ zoom: view.zoom + 1 }) : undefined}
      zoomOut={view.zoom > 0 ? here({ zoom: view.zoom - 1 }) : undefined}
      zoomed={view.zoom > 0}
      download={paths.original(shown.id)}
    />
  );
}

/** What arrived for a case beside its answers: one list, and one page as a picture that we drew ourselves. */
export function Papers({ visit, data, view, concern }: Omit<ListProps, 'shown'>) {
  const { t } = visit;
  const shown = shownPaper(data, view);
  return (
    <section class="tw-panel" aria-labelledby="papers">
      <WithHelp visit={visit} of="case-papers">
        <h2 id="papers">{t('workspace:case.papers.title', { count: paperCount(data) })}</h2>
      </WithHelp>
      <p class="tw-file-links">
        {data.case.fileId === null ? null : <a href={paths.file(data.case.fileId)}>{t('file:toFile')}</a>}
        {shown === undefined ? null : (
          <a href={paths.document(shown.id)} data-shortcut="g" aria-keyshortcuts="g">
            {t('file:toReader')} <kbd class="td-kbd">g</kbd>
          </a>
        )}
      </p>
      {shown === undefined ? <EmptyState title={t('workspace:case.papers.none')} /> : null}
      {data.arrived.length === 0 ? null : (
        <List visit={visit} data={data} view={view} shown={shown} concern={concern} />
      )}
      {shown === undefined ? null : <Viewer visit={visit} data={data} view={view} shown={shown} />}
    </section>
  );
}
