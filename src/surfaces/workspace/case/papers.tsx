import type { Document } from '../../../modules/documents/index.ts';
import { DocumentViewer, EmptyState, formatBytes, formatDate, Icon } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { type CaseView, viewPath, widths } from './view.ts';

/** Proportions of A4, so that the page does not jump while a picture loads. */
const a4 = Math.SQRT2;

export const papersOf = (data: CaseData): Document[] => data.submissions.flatMap((each) => each.documents);

/** The paper that is shown: the one chosen, or the newest. */
export const shownPaper = (data: CaseData, view: CaseView): Document | undefined => {
  const all = papersOf(data);
  return all.find((each) => each.id === view.document) ?? all.findLast((each) => each.erasedAt === null);
};

function List({ visit, data, view, shown }: { visit: StaffVisit; data: CaseData; view: CaseView; shown: Document }) {
  const { t, language } = visit;
  return (
    <ul class="tw-papers">
      {data.submissions.toReversed().flatMap((each) =>
        each.documents.map((document) => (
          <li>
            <a
              href={viewPath(data.case.id, view, { document: document.id, page: 1, zoom: 0 })}
              aria-current={document.id === shown.id ? 'true' : undefined}
            >
              <span class="tw-papers__name">{document.name}</span>
              <span class="tw-sub">
                {t('workspace:case.papers.pages', { count: document.pages })} ·{' '}
                {formatDate(each.submission.receivedAt, language)}
                {document.unreadableAt === null ? null : (
                  <span class="tw-warn">
                    <Icon name="warning" small /> {t('workspace:case.papers.unreadable')}
                  </span>
                )}
              </span>
            </a>
          </li>
        )),
      )}
    </ul>
  );
}

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

/** The papers of a case beside its answers: a list, and one page as a picture that we drew ourselves. */
export function Papers({ visit, data, view }: { visit: StaffVisit; data: CaseData; view: CaseView }) {
  const { t } = visit;
  const shown = shownPaper(data, view);
  return (
    <section class="tw-panel" aria-labelledby="papers">
      <h2 id="papers">{t('workspace:case.papers.title', { count: papersOf(data).length })}</h2>
      {shown === undefined ? (
        <EmptyState title={t('workspace:case.papers.none')} />
      ) : (
        <>
          <List visit={visit} data={data} view={view} shown={shown} />
          <Viewer visit={visit} data={data} view={view} shown={shown} />
        </>
      )}
    </section>
  );
}
