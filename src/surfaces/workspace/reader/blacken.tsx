import { recordAudit } from '../../../modules/audit/index.ts';
import {
  insertDocuments,
  keptPageWords,
  keptPicture,
  type PreparedDocument,
} from '../../../modules/documents/index.ts';
import { noteCopy, type Place } from '../../../modules/files/index.ts';
import { coverPlaces, type MediaType, renderPage } from '../../../platform/media/index.ts';
import type { PageReading } from '../../../platform/reading/index.ts';
import { BackLink, Button, ErrorSummary, type FieldProblem, fieldId, Icon } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { type ReadablePaper, readablePaper, recordRead } from '../documents/readable.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { pageLines, suggestCovered } from './lines.ts';
import { drawnPlaces } from './verbs.ts';
import { readerPath } from './view.ts';

/** So many pages are blackened at once; a longer paper goes part by part, each into a copy of its own. */
const pagesAtOnce = 30;
/** Width at which a page is drawn that was not read. */
const drawnWidth = 1_500;

/** A page to blacken: with its words as it was read, or drawn just now. */
type BlackPage = Pick<PageReading, 'page' | 'width' | 'height' | 'words' | 'picture'> & { readonly drawn?: true };
type Scene = {
  readonly paper: ReadablePaper;
  readonly from: number;
  readonly to: number;
  readonly pages: readonly BlackPage[];
};

/** Where the shown part of a paper begins, as the address or the form says. */
function firstPage(visit: StaffVisit, pages: number): number {
  const asked = Number.parseInt(one(visit.input, 'ab') || queryText(visit, 'ab'), 10);
  const from = Number.isInteger(asked) ? Math.max(1, Math.min(asked, pages)) : 1;
  return from - ((from - 1) % pagesAtOnce);
}

/** A part of the document, page by page: as it was read, and what was not read as it is drawn. */
async function load(visit: StaffVisit): Promise<Scene | undefined> {
  const found = await inTenant(visit, async (tx) => {
    const { vault } = visit.services;
    const paper = await readablePaper(tx, visit, visit.c.req.param('id') ?? '');
    if (paper === undefined) return undefined;
    const { document } = paper;
    await recordRead(tx, visit, { document, caseId: paper.case.id }, {});
    const from = firstPage(visit, document.pages);
    const to = Math.min(document.pages, from + pagesAtOnce - 1);
    const read = new Map<number, BlackPage>();
    for (let page = from; page <= to; page += 1) {
      const words = await keptPageWords(tx, vault, document.id, page);
      const picture = words && (await keptPicture(tx, vault, document.id, page));
      if (words && picture) read.set(page, { ...words, picture: new Uint8Array(picture) });
    }
    const raw = read.size > to - from ? undefined : await vault.read(tx, document.id);
    return { paper, from, to, read, raw };
  });
  if (found === undefined) return undefined;
  const { paper, from, to, read, raw } = found;
  const pages: BlackPage[] = [];
  for (let page = from; page <= to; page += 1) {
    const each = read.get(page) ?? (raw && (await drawnPage(raw, paper.document.mediaType, page)));
    if (each !== undefined) pages.push(each);
  }
  return { paper, from, to, pages };
}

async function drawnPage(raw: Uint8Array, mediaType: string, page: number): Promise<BlackPage | undefined> {
  const drawn = await renderPage(raw, mediaType as MediaType, page, drawnWidth);
  if ('failed' in drawn) return undefined;
  return { page, words: [], width: drawn.width, height: drawn.height, picture: drawn.bytes, drawn: true };
}

/** What may be blackened, page by page: lines to tick, those suggested that tell what money was spent for. */
export async function blackenPage(visit: StaffVisit): Promise<Response> {
  const scene = await load(visit);
  return scene === undefined ? notFound(visit) : shown(visit, scene, []);
}

function shown(visit: StaffVisit, scene: Scene, problems: readonly FieldProblem[]): Response {
  const { t } = visit;
  const { paper, pages, from, to } = scene;
  const { document } = paper;
  return show(
    visit,
    {
      title: t('file:black.title'),
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
      <Parts visit={visit} document={document} from={from} />
      {pages.length > to - from ? null : (
        <p class="tw-warn">
          <Icon name="info" small /> {t('file:black.notShown', { pages: spans(missing(scene)) })}
        </p>
      )}
      {pages.length === 0 ? (
        <p>{t('file:black.notRead')}</p>
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
          <input type="hidden" name="ab" value={String(from)} />
          {pages.map((page) => (
            <input type="hidden" name="bild" value={shapeOf(page)} />
          ))}
          <p class="td-muted" hidden data-draw-hint="">
            {t('file:black.draw')}
          </p>
          {pages.map((page) => (
            <PageChoice visit={visit} document={document} page={page} first={page === pages[0]} />
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

/** The parts of a long paper, each with its own copy. */
function Parts({ visit, document, from }: { visit: StaffVisit; document: ReadablePaper['document']; from: number }) {
  if (document.pages <= pagesAtOnce) return null;
  const { t } = visit;
  const starts = Array.from({ length: Math.ceil(document.pages / pagesAtOnce) }, (_, part) => part * pagesAtOnce + 1);
  return (
    <nav class="tw-verbs" aria-label={t('file:black.parts')}>
      <p>{t('file:black.long', { count: pagesAtOnce })}</p>
      <ul>
        {starts.map((start) => (
          <li>
            <a
              href={withQuery(paths.documentVerb(document.id, 'schwaerzung'), { ab: String(start) })}
              aria-current={start === from ? 'page' : undefined}
            >
              {t('file:black.part', { from: start, to: Math.min(document.pages, start + pagesAtOnce - 1) })}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Pages of the shown part that cannot be drawn. */
const missing = ({ from, to, pages }: Scene): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
    (page) => !pages.some((each) => each.page === page),
  );

/** Numbers of pages in words: `1–3, 5`. */
export function spans(pages: readonly number[]): string {
  const found: [number, number][] = [];
  for (const page of pages) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else found.push([page, page]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

function PageChoice(props: {
  visit: StaffVisit;
  document: ReadablePaper['document'];
  page: BlackPage;
  first: boolean;
}) {
  const { visit, document, page } = props;
  const { t } = visit;
  const suggested = suggestCovered(page);
  const alt = t('workspace:case.papers.alt', { page: page.page, name: document.name });
  const href = page.drawn ? paths.page(document.id, page.page, drawnWidth) : paths.readPage(document.id, page.page);
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
            <image href={href} width={page.width} height={page.height} />
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
        <legend class="kern-label" id={props.first ? fieldId('zeile') : undefined} tabindex={-1}>
          {t('file:black.lines', { page: page.page })}
        </legend>
        <label>
          <input type="checkbox" name="ohne" value={String(page.page)} checked={leftOut(visit).has(page.page)} />{' '}
          <span>{t('file:black.without', { page: page.page })}</span>
        </label>
        {page.drawn ? <p class="td-muted">{t('file:black.onlyDrawn')}</p> : null}
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

/**
 * The picture that a page was shown by. Frames are parts of it: where the page was read meanwhile, and stands upright now, they would cover another
 * place, and nothing is made of them.
 */
const shapeOf = ({ page, width, height, drawn }: BlackPage): string =>
  `${page}:${drawn ? 'drawn' : 'read'}:${width}x${height}`;

/** Pages that do not go into the copy at all. */
const leftOut = (visit: StaffVisit): ReadonlySet<number> => new Set([visit.input['ohne'] ?? []].flat().map(Number));

/** What was ticked and drawn, page by page. A suggested line keeps its day and amount; any other one is covered whole. */
function placesOf(visit: StaffVisit, pages: readonly BlackPage[]): Map<number, Place[]> {
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

/**
 * Makes the blackened copy: pictures without text, a document of its own beside the original, which stays as it is. A copy of some pages says in
 * its name which they are.
 */
export async function blacken(visit: StaffVisit): Promise<Response> {
  const scene = await load(visit);
  if (scene === undefined || scene.pages.length === 0) return notFound(visit);
  const seen = new Set([visit.input['bild'] ?? []].flat());
  if (!scene.pages.every((page) => seen.has(shapeOf(page))))
    return shown(visit, scene, [{ id: fieldId('zeile'), text: visit.t('file:problem.readMeanwhile') }]);
  const without = leftOut(visit);
  const pages = scene.pages.filter(({ page }) => !without.has(page));
  const places = placesOf(visit, pages);
  const nothing = without.size === 0 && [...places.values()].every((each) => each.length === 0);
  if (nothing || pages.length === 0) {
    const problem = pages.length === 0 ? 'file:problem.everyPage' : 'file:problem.place';
    return shown(visit, scene, [{ id: fieldId('zeile'), text: visit.t(problem) }]);
  }
  const bytes = await coverPlaces(
    pages.map((page) => ({ picture: page.picture, places: places.get(page.page) ?? [] })),
  );
  if ('failed' in bytes) return shown(visit, scene, [{ id: 'main', text: visit.t('file:black.failed') }]);
  const { document } = scene.paper;
  const original = document.name.replace(/\.\w+$/, '');
  const name =
    pages.length === document.pages
      ? visit.t('file:black.name', { name: original })
      : visit.t('file:black.nameOfPart', { name: original, pages: spans(pages.map(({ page }) => page)) });
  const file = { name, bytes, mediaType: 'application/pdf', pages: pages.length };
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
