import type { Content, Translate } from './types.ts';

/** A page of a document as a picture: `thumbnail` and `image` are addresses, `href` shows it in the viewer. */
export type ViewerPage = { href: string; thumbnail: string; current: boolean };

/**
 * Pages of a document beside the work: a strip of thumbnails and the chosen page. Zoom is a link to the same view with a
 * wider picture, so everything works without scripts; js/zoom.js adds zoom on click and the keys + and -.
 */
export const DocumentViewer = (props: {
  t: Translate;
  /** Name of the document, for screen readers and above the picture. */
  name: string;
  meta?: Content | undefined;
  image: { src: string; alt: string; width: number; height: number };
  page: number;
  pages: readonly ViewerPage[];
  zoomIn?: string | undefined;
  zoomOut?: string | undefined;
  download: string;
  zoomed?: boolean | undefined;
}) => {
  const { t } = props;
  return (
    <section class="td-viewer" aria-label={t('ui:viewer.label', { name: props.name })}>
      <header class="td-viewer__bar">
        <div class="td-viewer__name">
          <strong>{props.name}</strong>
          <span class="td-muted">
            {t('ui:viewer.page', { page: props.page, of: props.pages.length })}
            {props.meta ? <> · {props.meta}</> : null}
          </span>
        </div>
        <ul class="td-viewer__tools">
          {props.zoomOut === undefined ? null : (
            <li>
              <a href={props.zoomOut} data-zoom="out">
                {t('ui:viewer.zoomOut')}
              </a>
            </li>
          )}
          {props.zoomIn === undefined ? null : (
            <li>
              <a href={props.zoomIn} data-zoom="in">
                {t('ui:viewer.zoomIn')}
              </a>
            </li>
          )}
          <li>
            <a href={props.download} data-download>
              {t('ui:viewer.download')}
            </a>
          </li>
        </ul>
      </header>
      <div class="td-viewer__body">
        {props.pages.length < 2 ? null : (
          <ol class="td-viewer__strip">
            {props.pages.map((page, index) => (
              <li>
                <a
                  href={page.href}
                  aria-current={page.current ? 'page' : undefined}
                  aria-label={t('ui:viewer.goTo', { page: index + 1 })}
                >
                  <img src={page.thumbnail} alt="" width={72} height={102} loading="lazy" />
                  <span aria-hidden="true">{index + 1}</span>
                </a>
              </li>
            ))}
          </ol>
        )}
        <section class="td-viewer__page" tabindex={0} aria-label={props.image.alt}>
          <img
            class={props.zoomed ? 'td-viewer__image td-viewer__image--zoomed' : 'td-viewer__image'}
            src={props.image.src}
            alt={props.image.alt}
            width={props.image.width}
            height={props.image.height}
          />
        </section>
      </div>
    </section>
  );
};
