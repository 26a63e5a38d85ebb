import { Icon } from './icon.tsx';
import type { Content, Language, Translate } from './types.ts';

/** Gives the address of a file under src/assets, with its version: `asset('css/portal.css')`. */
export type AssetPath = (file: string) => string;
export const plainAsset: AssetPath = (file) => `/assets/${file}`;

/** The outer document: head, skip link, body. The caller puts `<!doctype html>` before it. */
export const Html = (props: {
  t: Translate;
  language: Language;
  title: string;
  surface: 'portal' | 'workspace';
  asset?: AssetPath | undefined;
  head?: Content | undefined;
  /** What scripts of the page know, as data attributes of its body. */
  data?: Readonly<Record<`data-${string}`, string>> | undefined;
  children: Content;
}) => {
  const asset = props.asset ?? plainAsset;
  return (
    <html lang={props.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>{props.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={asset(`css/${props.surface}.css`)} />
        <script type="module" src={asset(`js/${props.surface}.js`)} />
        {props.head}
      </head>
      <body class={`td-${props.surface}`} {...props.data}>
        <a class="td-skip" href="#inhalt">
          {props.t('ui:skipToContent')}
        </a>
        {props.children}
      </body>
    </html>
  );
};

export type PortalJobcenter = {
  name: string;
  phone?: string | undefined;
  /** One line, for example "Mo–Fr 8–12 Uhr, Do 14–18 Uhr". */
  phoneHours?: string | undefined;
  address?: string | undefined;
};

export type PortalLinks = {
  home: string;
  imprint: string;
  privacy: string;
  accessibility: string;
  barrier: string;
  login: string;
};

/** Addresses of what stands on every page of the portal. */
export const portalLinks: PortalLinks = {
  home: '/',
  imprint: '/impressum',
  privacy: '/datenschutz',
  accessibility: '/barrierefreiheit',
  barrier: '/barriere-melden',
  login: '/stand',
};

/** The same page in another language: `path` with `sprache=<language>` added. */
export const inLanguage = (path: string, language: Language): string =>
  `${path}${path.includes('?') ? '&' : '?'}sprache=${language}`;

const languageNames: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English' };

/** The languages of the page, the present one marked. */
export const LanguageSwitch = ({ t, language, path }: { t: Translate; language: Language; path: string }) => (
  <nav class="td-languages" aria-label={t('ui:languages')}>
    <ul>
      {(Object.keys(languageNames) as Language[]).map((each) => (
        <li>
          {each === language ? (
            <span aria-current="true" lang={each}>
              {languageNames[each]}
            </span>
          ) : (
            <a href={inLanguage(path, each)} lang={each} hreflang={each} rel="alternate">
              {languageNames[each]}
            </a>
          )}
        </li>
      ))}
    </ul>
  </nav>
);

/**
 * A page of the public. `path` is its own address (for the language switch); `alerts` stand above the content;
 * `wide` gives lists more room than running text.
 */
export const PortalPage = (props: {
  t: Translate;
  language: Language;
  title: string;
  path: string;
  jobcenter: PortalJobcenter;
  children: Content;
  alerts?: Content | undefined;
  head?: Content | undefined;
  back?: Content | undefined;
  wide?: boolean | undefined;
  asset?: AssetPath | undefined;
  links?: Partial<PortalLinks> | undefined;
}) => {
  const { t, jobcenter } = props;
  const links = { ...portalLinks, ...props.links };
  return (
    <Html
      t={t}
      language={props.language}
      title={`${props.title} – ${jobcenter.name}`}
      surface="portal"
      asset={props.asset}
      head={props.head}
    >
      <header class="td-header">
        <div class="td-container td-header__row">
          <a class="td-brand" href={links.home}>
            <span class="td-brand__name">{jobcenter.name}</span>
            <span class="td-brand__product">{t('ui:product')}</span>
          </a>
          <LanguageSwitch t={t} language={props.language} path={props.path} />
        </div>
      </header>
      <div class={props.wide ? 'td-container td-page td-page--wide' : 'td-container td-page'}>
        {props.back ? (
          <nav class="td-page__back" aria-label={t('ui:backLabel')}>
            {props.back}
          </nav>
        ) : null}
        <main id="inhalt" tabindex={-1} class="td-flow">
          {props.alerts}
          {props.children}
        </main>
      </div>
      <footer class="td-footer">
        <div class="td-container td-footer__row">
          <div class="td-footer__contact">
            <strong>{jobcenter.name}</strong>
            {jobcenter.address ? <span>{jobcenter.address}</span> : null}
            {jobcenter.phone ? (
              <span>
                {t('ui:footer.phone')}{' '}
                <a href={`tel:${jobcenter.phone.replaceAll(/[^+\d]/g, '')}`}>{jobcenter.phone}</a>
              </span>
            ) : null}
            {jobcenter.phone && jobcenter.phoneHours ? <span>{jobcenter.phoneHours}</span> : null}
          </div>
          <nav aria-label={t('ui:footer.label')}>
            <ul class="td-footer__links">
              <li>
                <a href={links.login}>{t('ui:footer.status')}</a>
              </li>
              <li>
                <a href={links.imprint}>{t('ui:footer.imprint')}</a>
              </li>
              <li>
                <a href={links.privacy}>{t('ui:footer.privacy')}</a>
              </li>
              <li>
                <a href={links.accessibility}>{t('ui:footer.accessibility')}</a>
              </li>
              <li>
                <a href={links.barrier}>{t('ui:footer.barrier')}</a>
              </li>
            </ul>
          </nav>
        </div>
      </footer>
    </Html>
  );
};

/** The one search field, in the head of every page; "/" leads to it from anywhere. */
const TopSearch = ({ t, href }: { t: Translate; href: string }) => (
  <search>
    <form action={href} method="get" class="td-top__search">
      <label class="kern-sr-only" for="top-search">
        {t('ui:search.label')}
      </label>
      <input
        class="kern-form-input__input"
        id="top-search"
        name="q"
        type="search"
        maxlength={100}
        autocomplete="off"
        placeholder={`${t('ui:search.label')}  /`}
        data-shortcut="/"
        aria-keyshortcuts="/"
      />
    </form>
  </search>
);

export type WorkspaceArea = 'today' | 'inbox' | 'clarify' | 'counter' | 'post' | 'promises' | 'employers' | 'search';
/** One has no key of its own: the free ones mean something else on some page. */
const areas: readonly { area: WorkspaceArea; href: string; shortcut?: string }[] = [
  { area: 'today', href: '/arbeit/heute', shortcut: 'h' },
  { area: 'inbox', href: '/arbeit', shortcut: '1' },
  { area: 'clarify', href: '/arbeit/klaerung', shortcut: '2' },
  { area: 'counter', href: '/arbeit/schalter', shortcut: '3' },
  { area: 'post', href: '/arbeit/post', shortcut: '6' },
  { area: 'promises', href: '/arbeit/zusagen', shortcut: '4' },
  { area: 'employers', href: '/arbeit/betriebe' },
  { area: 'search', href: '/arbeit/suche', shortcut: '5' },
];

/** That there is something new: a dot for the eye, words for the ear. */
const NewsDot = ({ t }: { t: Translate }) => (
  <>
    {' '}
    <span class="td-dot" aria-hidden="true" />
    <span class="kern-sr-only">{t('ui:news.unread')}</span>
  </>
);

const NewsLink = ({ t, href, unread }: { t: Translate; href: string; unread: boolean }) => (
  <a href={href} class="td-top__news">
    {t('ui:news.link')}
    {unread ? <NewsDot t={t} /> : null}
  </a>
);

/**
 * On a narrow screen the head shows the mark, the first area and the search; this opens the rest, which stands after it. It holds nothing itself, so
 * that a wide screen shows everything without it, and no script is needed (css: `.td-top__fold`).
 */
const Fold = ({ t, unread }: { t: Translate; unread: boolean }) => (
  <details class="td-top__fold">
    <summary>
      {t('ui:nav.menu')}
      {unread ? <NewsDot t={t} /> : null}
    </summary>
  </details>
);

/** A page of the staff. `counts` are shown beside the areas; `hrefs` replace their addresses; `shortcuts` add to the key help. */
export const WorkspacePage = (props: {
  t: Translate;
  language: Language;
  title: string;
  path: string;
  jobcenterName: string;
  /** Missing on the pages before signing in: no navigation then. */
  staffName?: string | undefined;
  csrf?: string | undefined;
  active?: WorkspaceArea | undefined;
  counts?: Partial<Record<WorkspaceArea, number>> | undefined;
  hrefs?: Partial<Record<WorkspaceArea | 'signOut' | 'home' | 'account' | 'house', string>> | undefined;
  shortcuts?: readonly { key: string; text: string }[] | undefined;
  alerts?: Content | undefined;
  head?: Content | undefined;
  asset?: AssetPath | undefined;
  data?: Readonly<Record<`data-${string}`, string>> | undefined;
  /** Where the search field of the head leads; without it there is none. */
  search?: string | undefined;
  /** The way to what is new, with a quiet dot while something was not seen. */
  news?: { readonly href: string; readonly unread: boolean } | undefined;
  /** Set where everything is invented: a word for every title, and what stands above everything else. */
  practice?: { readonly label: string; readonly band: Content } | undefined;
  /** A narrow column, for sign-in and single forms. */
  narrow?: boolean | undefined;
  children: Content;
}) => {
  const { t, counts, hrefs } = props;
  const signedIn = props.staffName !== undefined;
  // Whoever looks for a key looks for its place in a row of keys: in the order of the keys, not of the areas.
  const ofAreas = areas.flatMap(({ area, shortcut }) =>
    shortcut === undefined ? [] : [{ key: shortcut, text: t(`ui:nav.${area}`) }],
  );
  const keys = [
    ...ofAreas.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    { key: '/', text: t('ui:search.key') },
    ...(props.shortcuts ?? []),
  ];
  return (
    <Html
      t={t}
      language={props.language}
      title={`${props.practice ? `${props.practice.label}: ` : ''}${props.title} – ${t('ui:product')}`}
      surface="workspace"
      asset={props.asset}
      head={props.head}
      data={props.data}
    >
      {props.practice ? (
        <aside class="td-practice" aria-label={props.practice.label}>
          {props.practice.band}
        </aside>
      ) : null}
      <header class="td-top">
        <a class="td-top__brand" href={hrefs?.home ?? hrefs?.inbox ?? '/arbeit'}>
          {t('ui:product')} <span class="td-top__jobcenter">{props.jobcenterName}</span>
        </a>
        {signedIn ? <Fold t={t} unread={props.news?.unread ?? false} /> : null}
        {signedIn ? (
          <nav class="td-top__nav" aria-label={t('ui:nav.label')}>
            <ul>
              {areas.map(({ area, href, shortcut }) => (
                <li>
                  <a
                    href={hrefs?.[area] ?? href}
                    aria-current={
                      props.active !== area
                        ? undefined
                        : props.path.split('?')[0] === (hrefs?.[area] ?? href)
                          ? 'page'
                          : 'true'
                    }
                    data-shortcut={shortcut}
                  >
                    {t(`ui:nav.${area}`)}
                    {counts?.[area] === undefined ? null : <span class="td-count">{counts[area]}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <div class="td-top__end">
          {signedIn && props.search !== undefined ? <TopSearch t={t} href={props.search} /> : null}
          {props.news ? <NewsLink t={t} {...props.news} /> : null}
          {signedIn && hrefs?.house ? <a href={hrefs.house}>{t('ui:house')}</a> : null}
          <LanguageSwitch t={t} language={props.language} path={props.path} />
          {signedIn ? (
            <form action={hrefs?.signOut ?? '/arbeit/abmeldung'} method="post" class="td-top__user">
              <input type="hidden" name="csrf" value={props.csrf ?? ''} />
              {hrefs?.account ? <a href={hrefs.account}>{props.staffName}</a> : <span>{props.staffName}</span>}
              <button type="submit" class="td-link-button">
                <Icon name="logout" small />
                {t('ui:signOut')}
              </button>
            </form>
          ) : null}
        </div>
      </header>
      <main id="inhalt" tabindex={-1} class={props.narrow ? 'td-work td-work--narrow td-flow' : 'td-work td-flow'}>
        {props.alerts}
        {props.children}
      </main>
      {signedIn ? (
        <footer class="td-keys">
          <details data-shortcut-help>
            <summary>{t('ui:shortcuts.title')}</summary>
            <dl>
              {keys.map(({ key, text }) => (
                <div>
                  <dt>
                    <kbd class="td-kbd">{key}</kbd>
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
              <div>
                <dt>
                  <kbd class="td-kbd">?</kbd>
                </dt>
                <dd>{t('ui:shortcuts.help')}</dd>
              </div>
            </dl>
          </details>
        </footer>
      ) : null}
    </Html>
  );
};
