import type { ScanPage } from '../../../modules/post/index.ts';
import { Button } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { widths } from '../case/view.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { LetterView } from './load-letter.ts';

type Props = { readonly visit: StaffVisit; readonly view: LetterView };

const at = (visit: StaffVisit, view: LetterView, change: Record<string, string | undefined>): string =>
  withQuery(paths.scanLetter(view.letter.id), { person: chosen(visit), ...change });

/** The person stays chosen while pages are turned over. */
const chosen = (visit: StaffVisit): string | undefined => visit.c.req.query('person');

function Thumbnail({ visit, view, page }: Props & { page: ScanPage }) {
  const number = view.pages.indexOf(page) + 1;
  return (
    <li>
      <a
        href={at(visit, view, { seite: String(page.page) })}
        aria-current={page === view.page ? 'page' : undefined}
        aria-label={visit.t('ui:viewer.goTo', { page: number })}
      >
        <img
          src={paths.scanPicture(view.batch.id, page.page, widths.strip)}
          alt=""
          width={72}
          height={102}
          loading="lazy"
        />
        <span aria-hidden="true">{number}</span>
      </a>
    </li>
  );
}

/** The pages of a letter; blank back sides are folded away and stay in it. */
function Strip(props: Props) {
  const { visit, view } = props;
  const blank = view.pages.filter((page) => page.blank);
  const written = view.pages.filter((page) => !page.blank);
  if (view.pages.length < 2) return null;
  return (
    <div class="tp-strip">
      <ol class="td-viewer__strip">
        {written.map((page) => (
          <Thumbnail {...props} page={page} />
        ))}
      </ol>
      {blank.length === 0 ? null : (
        <details open={blank.some((page) => page === view.page)}>
          <summary>{visit.t('post:letter.blank', { count: blank.length })}</summary>
          <ol class="td-viewer__strip">
            {blank.map((page) => (
              <Thumbnail {...props} page={page} />
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

/** What can be done with the page that is shown, each with one key. */
function Commands({ visit, view }: Props) {
  const { t } = visit;
  const { letter, page } = view;
  if (letter.state !== 'open' || letter.submissionId !== null || page === undefined) return null;
  const action = (verb: string): string => paths.scanVerb(letter.id, verb);
  return (
    <form action={action('drehen')} method="post" class="tw-verbs tp-commands" aria-label={t('post:letter.commands')}>
      <VerbMarks visit={visit} />
      <input type="hidden" name="seite" value={String(page.page)} />
      <Button small variant="tertiary" shortcut="t">
        {t('post:verb.turn')}
      </Button>
      <Button small variant="tertiary" action={action('teilen')} shortcut="s" disabled={view.place === 1}>
        {t('post:verb.split')}
      </Button>
      <Button small variant="tertiary" action={action('verbinden')} shortcut="v" disabled={!view.beside.before}>
        {t('post:verb.join')}
      </Button>
      <Button small variant="tertiary" action={action('zurueck-legen')} shortcut="w" disabled={!view.beside.before}>
        {t('post:verb.toPrevious')}
      </Button>
      <Button small variant="tertiary" action={action('weiter-legen')} shortcut="x" disabled={!view.beside.after}>
        {t('post:verb.toNext')}
      </Button>
    </form>
  );
}

/** The page of the letter as large as it fits, its neighbours, and the commands for it. */
export function Pages(props: Props) {
  const { visit, view } = props;
  const { t } = visit;
  const { page, pages, place, zoom } = view;
  if (page === undefined) return <p>{t('post:letter.noPages')}</p>;
  const width = widths.steps[zoom === 1 ? 1 : 0] ?? 900;
  const ratio = page.width > 0 && page.height > 0 ? page.height / page.width : Math.SQRT2;
  const upright = page.turn % 180 === 0 ? ratio : 1 / ratio;
  const [before, after] = [pages[place - 2], pages[place]];
  const link = (target: ScanPage | undefined, key: string, text: string) =>
    target === undefined ? null : (
      <a href={at(visit, view, { seite: String(target.page) })} data-shortcut={key}>
        {text} <kbd class="td-kbd">{key}</kbd>
      </a>
    );
  const alt = t('post:letter.picture', { page: place, of: pages.length });
  return (
    <section class="td-viewer tp-viewer" aria-label={t('post:letter.pages')}>
      <header class="td-viewer__bar">
        <div class="td-viewer__name">
          <strong>{t('ui:viewer.page', { page: place, of: pages.length })}</strong>
          <span class="td-muted">{t('post:letter.sheet', { page: page.page })}</span>
        </div>
        <div class="tp-turning">
          {link(before, 'b', t('post:letter.previousPage'))}
          {link(after, 'n', t('post:letter.nextPage'))}
          <a
            href={at(visit, view, { seite: String(page.page), zoom: zoom === 1 ? undefined : '1' })}
            data-zoom={zoom === 1 ? 'out' : 'in'}
          >
            {t(zoom === 1 ? 'ui:viewer.zoomOut' : 'ui:viewer.zoomIn')}
          </a>
        </div>
      </header>
      <Commands {...props} />
      <div class="td-viewer__body tp-viewer__body">
        <Strip {...props} />
        <section class="td-viewer__page" tabindex={0} aria-label={alt}>
          <img
            class={zoom === 1 ? 'td-viewer__image td-viewer__image--zoomed' : 'td-viewer__image'}
            src={paths.scanPicture(view.batch.id, page.page, width)}
            alt={alt}
            width={width}
            height={Math.round(width * upright)}
          />
        </section>
      </div>
    </section>
  );
}
