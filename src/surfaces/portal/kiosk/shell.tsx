import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Content, Html } from '../../../ui/index.ts';
import { LanguageSwitch } from '../../../ui/page.tsx';
import type { Visit } from '../visit.ts';

/** Idle for so many seconds, and the tablet is as fresh as for the next person; a script counts from the last touch. */
export const idleSeconds = 60;
/** Without a script nobody knows of the last touch: pages on which people type stay longer. */
const typingSeconds = 300;

type Page = {
  readonly title: string;
  readonly status?: ContentfulStatusCode;
  readonly back?: Content;
  readonly alerts?: Content;
  readonly path?: string;
  /** People type on it. */
  readonly typing?: boolean;
  /** The start page needs no reset. */
  readonly start?: boolean;
};

/** A page of the tablet: large, without a way to anything else, and gone after a minute without a touch. */
export function showKiosk(visit: Visit, page: Page, content: Content): Response | Promise<Response> {
  const { c, t, language, jobcenter, services } = visit;
  const seconds = page.typing ? typingSeconds : idleSeconds;
  const path = page.path ?? visit.path;
  const html = (
    <Html
      t={t}
      language={language}
      title={`${page.title} – ${jobcenter.name}`}
      surface="portal"
      asset={services.asset}
      head={
        <>
          <link rel="stylesheet" href={services.asset('css/kiosk.css')} />
          {page.start ? null : (
            <>
              <noscript>
                <meta http-equiv="refresh" content={`${seconds}; url=/kiosk/ende`} />
              </noscript>
              <script type="module" src={services.asset('js/kiosk.js')} />
            </>
          )}
        </>
      }
    >
      <header class="td-header">
        <div class="td-container td-header__row">
          <span class="td-brand">
            <span class="td-brand__name">{jobcenter.name}</span>
          </span>
          <LanguageSwitch t={t} language={language} path={path} />
          {page.start ? null : (
            <a class="kern-btn kern-btn--secondary tk-end" href="/kiosk/ende">
              {t('kiosk:end')}
            </a>
          )}
        </div>
      </header>
      <div class="td-container td-page">
        {page.back ? (
          <nav class="td-page__back" aria-label={t('ui:backLabel')}>
            {page.back}
          </nav>
        ) : null}
        <main
          id="inhalt"
          tabindex={-1}
          class="td-flow tk-kiosk"
          {...(page.start
            ? {}
            : {
                'data-idle': String(idleSeconds),
                'data-idle-end': '/kiosk/ende',
                'data-idle-text': t('kiosk:stillThere'),
              })}
        >
          {page.alerts}
          {content}
        </main>
      </div>
    </Html>
  );
  return c.html(`<!doctype html>${html.toString()}`, page.status ?? 200, { 'Cache-Control': 'no-store' });
}
