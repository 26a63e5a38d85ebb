import { ButtonGroup, ButtonLink, type Content, PortalPage } from '../../ui/index.ts';
import type { FormInput } from '../request.ts';
import { showKiosk } from './kiosk/shell.tsx';
import type { Trouble, Visit } from './visit.ts';

type Page = {
  readonly title: string;
  readonly back?: Content;
  readonly alerts?: Content;
  readonly status?: 200 | 400 | 403 | 404 | 413 | 422 | 429 | 500 | 503;
  /** The language links' address, when the page is not to be asked for at its own. */
  readonly path?: string;
};

/** A page of the portal around its content. */
export function show(visit: Visit, page: Page, content: Content): Response | Promise<Response> {
  const { c, t, language, jobcenter, profile, services } = visit;
  const contact =
    profile === undefined
      ? {}
      : {
          phone: profile.phone,
          phoneHours: profile.phoneHours[language],
          address: `${profile.street}, ${profile.postcode} ${profile.town}`,
        };
  const html = (
    <PortalPage
      t={t}
      language={language}
      title={
        page.status !== undefined && page.status === 422 ? t('portal:errorTitle', { title: page.title }) : page.title
      }
      path={page.path ?? visit.path}
      jobcenter={{ name: jobcenter.name, ...contact }}
      asset={services.asset}
      back={page.back}
      alerts={page.alerts}
    >
      {content}
    </PortalPage>
  );
  return c.html(`<!doctype html>${html.toString()}`, page.status ?? 200);
}

const statusOf = {
  notFound: 404,
  draftNotHere: 404,
  oldForm: 403,
  tooLarge: 413,
  brokenUpload: 400,
  unavailable: 503,
  storageFull: 503,
  failed: 500,
} as const satisfies Record<Trouble, number>;

/** What to do next, as far as it is certain. */
const waysOn: Partial<Record<Trouble, readonly { href: string; text: string }[]>> = {
  draftNotHere: [
    { href: '/fortsetzen', text: 'trouble.draftNotHere.resume' },
    { href: '/', text: 'trouble.home' },
  ],
};

/** The page of a trouble: what happened, that nothing is lost, and a way on. A script gets the same as JSON. */
export function troublePage(visit: Visit, trouble: Trouble, typed: FormInput = {}): Response | Promise<Response> {
  const { c, t, profile } = visit;
  const status = statusOf[trouble];
  const text = t(`portal:trouble.${trouble}.text`);
  if (status === 503) c.header('Retry-After', '10');
  if (status === 413) c.header('Connection', 'close');
  if (visit.wantsJson) return c.json({ error: text }, status);
  const samePage = trouble === 'oldForm' || trouble === 'tooLarge' || trouble === 'brokenUpload' || status === 503;
  const links = waysOn[trouble] ?? [
    ...(samePage ? [{ href: safePath(visit), text: 'trouble.again' }] : []),
    { href: '/', text: 'trouble.home' },
  ];
  if (/^\/kiosk(\/|$)/.test(c.req.path)) return kioskTrouble(visit, trouble, status);
  return show(
    visit,
    { title: t(`portal:trouble.${trouble}.title`), status, ...(c.req.method === 'GET' ? {} : { path: '/' }) },
    <>
      <h1>{t(`portal:trouble.${trouble}.title`)}</h1>
      <p class="td-lead">{text}</p>
      <Typed visit={visit} typed={typed} />
      {profile === undefined ? null : (
        <p>
          {t('portal:trouble.call')} <a href={telephone(profile.phone)}>{profile.phone}</a>
        </p>
      )}
      <ButtonGroup>
        {links.map((link, at) => (
          <ButtonLink href={link.href} variant={at === 0 ? 'primary' : 'secondary'}>
            {t(`portal:${link.text}`)}
          </ButtonLink>
        ))}
      </ButtonGroup>
    </>,
  );
}

/** On a tablet in the house: nothing that was typed, no way out of it, and gone after a minute like every page of it. */
const kioskTrouble = (
  visit: Visit,
  trouble: Trouble,
  status: (typeof statusOf)[Trouble],
): Response | Promise<Response> => {
  const title = visit.t(`portal:trouble.${trouble}.title`);
  return showKiosk(
    visit,
    { title, status, path: '/kiosk' },
    <>
      <h1>{title}</h1>
      <p class="td-lead">{visit.t('kiosk:trouble')}</p>
      <ButtonLink href="/kiosk/ende">{visit.t('kiosk:end')}</ButtonLink>
    </>,
  );
};

const ownNames = /^(csrf|aktion|frage|zeilen\..*)$/;

/** What somebody typed into a form that could not be taken: to copy it, so that it is not lost. */
const Typed = ({ visit, typed }: { visit: Visit; typed: FormInput }) => {
  const texts = Object.entries(typed)
    .filter(([name]) => !ownNames.test(name))
    .flatMap(([, value]) => value)
    .filter((text) => text.trim() !== '');
  if (texts.length === 0) return null;
  return (
    <>
      <h2>{visit.t('portal:trouble.typed')}</h2>
      <ul>
        {texts.slice(0, 100).map((text) => (
          <li>{text.slice(0, 5000)}</li>
        ))}
      </ul>
    </>
  );
};

/** The page's own path, as a link inside this site. */
const safePath = (visit: Visit): string => `/${visit.c.req.path.replace(/^[/\\]+/, '')}`;

export const telephone = (number: string): string => `tel:${number.replaceAll(/[^+\d]/g, '')}`;

/** A text with empty lines between paragraphs and single line breaks inside them. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n\s*\n/).map((paragraph) => (
      <p>
        {paragraph.split('\n').map((line, at) => (
          <>
            {at > 0 ? <br /> : null}
            {line}
          </>
        ))}
      </p>
    ))}
  </>
);
