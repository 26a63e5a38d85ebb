import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '../../kernel/ids.ts';
import { hmac, randomToken, sameBytes } from '../../platform/crypto/index.ts';
import { cookieOptions } from '../../platform/http/index.ts';
import { isLanguage, type Language } from '../../platform/i18n/index.ts';
import type { HttpContext } from '../request.ts';
import type { Services } from '../services.ts';

const day = 86_400;
/** How many drafts, receipts and devices one browser remembers. */
const most = 6;

type Site = { readonly c: HttpContext; readonly services: Services };

const put = ({ c, services }: Site, name: string, value: string, path: string, seconds: number): void =>
  setCookie(c, name, value, cookieOptions(services.secureCookies, path, seconds));

/** A random value of this browser that form tokens are bound to; given on the first page. */
export function browserProof(site: Site): string {
  const known = getCookie(site.c, 'besuch');
  if (known !== undefined && /^[\w-]{24}$/.test(known)) return known;
  const fresh = randomToken(18);
  if (site.c.req.method === 'GET') put(site, 'besuch', fresh, '/', 30 * day);
  return fresh;
}

const entries = (c: HttpContext, name: string): string[] =>
  (getCookie(c, name) ?? '').split('~').filter(Boolean).slice(0, most);

/** The token of a draft that this device holds. */
export const draftToken = (c: HttpContext, id: string): string | undefined =>
  heldDrafts(c).find((draft) => draft.id === id)?.token;

/** The drafts this device holds, the newest first. */
export const heldDrafts = (c: HttpContext): { id: string; token: string }[] =>
  entries(c, 'entwurf').flatMap((entry) => {
    const [id, token, ...rest] = entry.split('.');
    return isId(id) && token !== undefined && /^[\w-]{32}$/.test(token) && rest.length === 0 ? [{ id, token }] : [];
  });

/** Puts a draft first among those this device holds. */
export function holdDraft(site: Site, draft: { id: string; token: string }): void {
  const others = heldDrafts(site.c).filter((held) => held.id !== draft.id);
  const value = [draft, ...others].slice(0, most).map(({ id, token }) => `${id}.${token}`);
  put(site, 'entwurf', value.join('~'), '/', 30 * day);
}

/** Takes a draft off this device; with its code it can still be opened. */
export function forgetDraft(site: Site, id: string): void {
  const others = heldDrafts(site.c).filter((held) => held.id !== id);
  put(site, 'entwurf', others.map((held) => `${held.id}.${held.token}`).join('~'), '/', 30 * day);
}

/** Where papers for a case are collected: with an open receipt, or with the code of a letter. */
export type HeldPath = '/eingang' | '/b' | '/';

/** Uploads for a case before they are sent: which draft belongs to which missing item, receipt or code. */
export function heldSupplement(c: HttpContext, item: string): { id: string; token: string } | undefined {
  const [, id, token] =
    entries(c, 'beilage')
      .map((entry) => entry.split('.'))
      .find(([of]) => of === item) ?? [];
  return isId(id) && token !== undefined && /^[\w-]{32}$/.test(token) ? { id, token } : undefined;
}

export function holdSupplement(site: Site, item: string, draft: { id: string; token: string }, path: HeldPath): void {
  const others = entries(site.c, 'beilage').filter((entry) => entry.split('.')[0] !== item);
  put(site, 'beilage', [`${item}.${draft.id}.${draft.token}`, ...others].slice(0, most).join('~'), path, 30 * day);
}

const sessionMinutes = 30;

/** What can be open on a device for half an hour: a receipt, or the code of a letter. Each has its cookie, path and mark. */
type Light = { readonly name: string; readonly path: HeldPath; readonly mark: string };
// Read outside of /eingang as well: a draft says before it is sent what of it is here already.
const receipts: Light = { name: 'eingang', path: '/', mark: 'receipt session' };
const returns: Light = { name: 'ruecksendung', path: '/b', mark: 'return session' };

const sessionMac = (services: Services, light: Light, jobcenterId: string, number: string, until: number): string =>
  hmac(services.linkKey, `${light.mark} ${jobcenterId} ${number} ${until}`).toString('base64url').slice(0, 32);

type Held = { readonly number: string; readonly until: number };

/** What is open on this device: number or code, end, and our mark on both. */
function heldLights({ c, services }: Site, light: Light, jobcenterId: string): Held[] {
  const now = services.clock.now().getTime() / 1000;
  return entries(c, light.name).flatMap((entry) => {
    const [number = '', text = '', mac = ''] = entry.split('.');
    const until = Number(text);
    if (!(until > now)) return [];
    return sameBytes(Buffer.from(sessionMac(services, light, jobcenterId, number, until)), Buffer.from(mac))
      ? [{ number, until }]
      : [];
  });
}

function openLight(site: Site, light: Light, jobcenterId: string, number: string): void {
  const until = Math.floor(site.services.clock.now().getTime() / 1000) + sessionMinutes * 60;
  const others = heldLights(site, light, jobcenterId).filter((held) => held.number !== number);
  const value = [{ number, until }, ...others]
    .slice(0, most)
    .map(
      (held) =>
        `${held.number}.${held.until}.${sessionMac(site.services, light, jobcenterId, held.number, held.until)}`,
    );
  put(site, light.name, value.join('~'), light.path, sessionMinutes * 60);
}

/** True when this device may see the receipt; each page keeps it open for another half hour. */
export const receiptOpen = (site: Site, jobcenterId: string, number: string): boolean =>
  heldLights(site, receipts, jobcenterId).some((held) => held.number === number);

/** Numbers of the receipts that are open on this device. */
export const openReceipts = (site: Site, jobcenterId: string): string[] =>
  heldLights(site, receipts, jobcenterId).map((held) => held.number);

/** Opens a receipt on this device for half an hour, or keeps it open. */
export const openReceipt = (site: Site, jobcenterId: string, number: string): void =>
  openLight(site, receipts, jobcenterId, number);

/** True when this device proved itself for the code of a letter. */
export const returnOpen = (site: Site, jobcenterId: string, code: string): boolean =>
  heldLights(site, returns, jobcenterId).some((held) => held.number === code);

/** Opens the code of a letter on this device for half an hour, or keeps it open. */
export const openReturn = (site: Site, jobcenterId: string, code: string): void =>
  openLight(site, returns, jobcenterId, code);

/** Closes what was opened with codes of letters, and forgets what was sent with them. */
export function closeReturns({ c }: Site): void {
  deleteCookie(c, 'ruecksendung', { path: '/b' });
  deleteCookie(c, 'beilage', { path: '/b' });
}

/** Closes everything that is open on this device. */
export function closeReceipts({ c }: Site): void {
  deleteCookie(c, 'eingang', { path: '/' });
  deleteCookie(c, 'eingang', { path: '/eingang' }); // where it lay until version 0.1
  deleteCookie(c, 'beilage', { path: '/eingang' });
}

const deviceMark = (services: Services, jobcenterId: string, number: string): string =>
  hmac(services.linkKey, `known device ${jobcenterId} ${number}`).toString('base64url').slice(0, 16);

/** True when this device proved itself for the number before: then strangers who guess cannot lock it out. */
export const isKnownDevice = ({ c, services }: Site, jobcenterId: string, number: string): boolean =>
  entries(c, 'bekannt').includes(deviceMark(services, jobcenterId, number));

export function rememberDevice(site: Site, jobcenterId: string, number: string): void {
  const mark = deviceMark(site.services, jobcenterId, number);
  put(
    site,
    'bekannt',
    [mark, ...entries(site.c, 'bekannt').filter((known) => known !== mark)].slice(0, most).join('~'),
    '/stand',
    180 * day,
  );
}

/** The language somebody chose, else what their browser asks for. */
export function languageOf(c: HttpContext): Language {
  const chosen = getCookie(c, 'sprache');
  if (isLanguage(chosen)) return chosen;
  const asked = (c.req.header('accept-language') ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.find(isLanguage) ?? 'de';
}

/** `?sprache=en` keeps the choice and shows the same page again; undefined when nothing was chosen. */
export function switchLanguage(site: Site): Response | undefined {
  const { c } = site;
  const url = new URL(c.req.url);
  const chosen = url.searchParams.get('sprache');
  if (c.req.method !== 'GET' || !isLanguage(chosen)) return undefined;
  put(site, 'sprache', chosen, '/', 365 * day);
  url.searchParams.delete('sprache');
  return c.redirect(`/${url.pathname.replace(/^[/\\]+/, '')}${url.search}`, 303);
}
