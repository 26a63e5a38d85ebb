import { recordAudit } from '../../../modules/audit/index.ts';
import { insertDocuments, keptPages, type PreparedDocument } from '../../../modules/documents/index.ts';
import { noteCopy, type Place } from '../../../modules/files/index.ts';
import { coverPlaces } from '../../../platform/media/index.ts';
import type { PageReading } from '../../../platform/reading/index.ts';
import { BackLink, Button, ErrorSummary, type FieldProblem, fieldId } from '../../../ui/index.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { type ReadablePaper, readablePaper, recordRead } from '../documents/readable.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { pageLines, suggestCovered } from './lines.ts';
import { drawnPlaces } from './verbs.ts';
import { readerPath } from './view.ts';

/** A statement has some pages; what is longer is blackened in parts. */
const mostPages = 30;

type Scene = { readonly paper: ReadablePaper; readonly pages: readonly PageReading[] };

/** The document with its pages as they were read; `pages` is empty where not every page was. */
const load = (visit: StaffVisit): Promise<Scene | undefined> =>
  inTenant(visit, async (tx) => {
    const paper = await readablePaper(tx, visit, visit.c.req.param('id') ?? '');
    if (paper === undefined) return undefined;
    await recordRead(tx, visit, { document: paper.document, caseId: paper.case.id }, {});
    const pages = (await keptPages(tx, visit.services.vault, paper.document.id)) ?? [];
    const whole = pages.length === paper.document.pages && pages.length <= mostPages;
    return { paper, pages: whole ? pages : [] };
  });

/** What may be blackened, page by page: lines to tick, those suggested that tell what money was spent for. */
export async function blackenPage(visit: StaffVisit): Promise<Response> {
  const scene = await load(visit);
  return scene === undefined ? notFound(visit) : shown(visit, scene, []);
}

function shown(visit: StaffVisit, { paper, pages }: Scene, problems: readonly FieldProblem[]): Response {
  const { t } = visit;
  const { document } = paper;
  return show(
    visit,
    {
      title: t('file:black.title'),
      active: 'inbox',
      styles: ['css/file-pages.css'],
      scripts: ['js/mark-page.js'],
      status: problems.length > 0 ? 422 : 200,
    },
    <div class="tw-file">
      <BackLink href={paths.document(document.id)}>{document.name}</BackLink>
      <h1>{t('file:black.title')}</h1>
      <p>{t('file:black.text')}</p>
      <p class="td-muted">{t('file:black.law')}</p>
      {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
      {pages.length === 0 ? (
        <p>{t('file:black.notRead', { count: mostPages })}</p>
      ) : (
        <form
          action={paths.documentVerb(document.id, 'schwaerzung')}
          method="post"
          novalidate
          data-draw-all=""
          data-submit-once=""
        >
          <input type="hidden" name="csrf" value={visit.csrf} />
          <input type="hidden" name="command" value={newCommand(visit)} />
          <p class="td-muted" hidden data-draw-hint="">
            {t('file:black.draw')}
          </p>
          {pages.map((page) => (
            <PageChoice visit={visit} document={document} page={page} />
          ))}
          <div class="td-toolbar">
            <Button>{t('file:black.make')}</Button>
            <a href={paths.document(document.id)}>{t('workspace:verb.cancel')}</a>
          </div>
        </form>
      )}
    </div>,
  );
}

function PageChoice(props: { visit: StaffVisit; document: ReadablePaper['document']; page: PageReading }) {
  const { visit, document, page } = props;
  const { t } = visit;
  const suggested = suggestCovered(page);
  const alt = t('workspace:case.papers.alt', { page: page.page, name: document.name });
  return (
    <section class="tw-black" aria-labelledby={`page-${page.page}`}>
      <div>
        <h2 id={`page-${page.page}`}>{t('file:mark.onPage', { page: page.page })}</h2>
        <svg
          class="tw-sheet"
          viewBox={`0 0 ${page.width} ${page.height}`}
          role="img"
          aria-label={alt}
          data-sheet=""
          data-page={String(page.page)}
        >
          <g data-size={`${page.width} ${page.height}`}>
            <image href={paths.readPage(document.id, page.page)} width={page.width} height={page.height} />
            {[...suggested.values()].map((place) => (
              <rect
                class="tw-covered"
                x={Math.round(place.x * page.width)}
                y={Math.round(place.y * page.height)}
                width={Math.round(place.width * page.width)}
                height={Math.round(place.height * page.height)}
              />
            ))}
          </g>
        </svg>
      </div>
      <fieldset class="tw-lines">
        <legend class="kern-label" id={page.page === 1 ? fieldId('zeile') : undefined} tabindex={-1}>
          {t('file:black.lines', { page: page.page })}
        </legend>
        {pageLines(page).map((line, index) => (
          <label>
            <input type="checkbox" name="zeile" value={`${page.page}:${index}`} checked={suggested.has(index)} />{' '}
            <span>{line.text}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}

/** What was ticked and drawn, page by page. A suggested line keeps its day and amount; any other one is covered whole. */
function placesOf(visit: StaffVisit, pages: readonly PageReading[]): Map<number, Place[]> {
  const all = (name: string): string[] => [visit.input[name] ?? []].flat();
  const ticked = all('zeile').map((text) => text.split(':').map(Number));
  return new Map(
    pages.map((page) => {
      const suggested = suggestCovered(page);
      const lines = pageLines(page);
      const places = ticked
        .filter(([at]) => at === page.page)
        .flatMap(([, index = -1]) => suggested.get(index) ?? lines[index]?.place ?? []);
      const drawn = all('ort').filter((text) => text.startsWith(`${page.page}:`));
      return [page.page, [...places, ...drawnPlaces(drawn.map((text) => text.slice(text.indexOf(':') + 1)))]];
    }),
  );
}

/** Makes the blackened copy: pictures without text, a document of its own beside the original, which stays as it is. */
export async function blacken(visit: StaffVisit): Promise<Response> {
  const scene = await load(visit);
  if (scene === undefined || scene.pages.length === 0) return notFound(visit);
  const places = placesOf(visit, scene.pages);
  if ([...places.values()].every((each) => each.length === 0))
    return shown(visit, scene, [{ id: fieldId('zeile'), text: visit.t('file:problem.place') }]);
  const bytes = await coverPlaces(
    scene.pages.map((page) => ({ picture: page.picture, places: places.get(page.page) ?? [] })),
  );
  if ('failed' in bytes) return shown(visit, scene, [{ id: 'main', text: visit.t('file:black.failed') }]);
  const { document } = scene.paper;
  const name = visit.t('file:black.name', { name: document.name.replace(/\.\w+$/, '') });
  const file = { name, bytes, mediaType: 'application/pdf', pages: scene.pages.length };
  const copy = await visit.services.vault.prepare(visit.jobcenter.id, file);
  const outcome = await once(visit, async (tx) => {
    const paper = await readablePaper(tx, visit, document.id);
    if (paper === undefined) return { kind: 'not-found' };
    await keepCopy(tx, visit, paper, copy);
    return { kind: 'done' };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  const done = outcome.kind === 'done';
  const to = done ? copy.id : document.id;
  return visit.c.redirect(readerPath(to, {}, done ? 'schwaerzung' : 'unveraendert'), 303);
}

async function keepCopy(
  tx: Parameters<typeof noteCopy>[0],
  visit: StaffVisit,
  paper: ReadablePaper,
  copy: PreparedDocument,
): Promise<void> {
  await insertDocuments(tx, [copy]);
  await noteCopy(tx, copy.id, paper.document.id, visit.staff.name);
  await recordAudit(tx, visit.actor, {
    action: 'document.blackened',
    subjectType: 'document',
    subjectId: paper.document.id,
    caseId: paper.case.id,
    detail: { copy: copy.id },
  });
}
