import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '../../kernel/ids.ts';
import { randomToken } from '../../platform/crypto/index.ts';
import { cookieOptions } from '../../platform/http/index.ts';
import type { HttpContext } from '../request.ts';
import type { Services } from '../services.ts';
import { isOwnAddress } from './own-address.ts';

const sessionCookie = 'sitzung';
const homeCookie = 'zuhause';
const knockCookie = 'vorraum';
const scope = '/arbeit';
const workingDay = 12 * 3600;

/** The session a browser claims: `<Jobcenter>.<token>`. Checked by the identity module. */
export const claimedSession = (c: HttpContext): Claim | undefined => claimIn(c, sessionCookie);

type Claim = { readonly jobcenterId: string; readonly token: string };

function claimIn(c: HttpContext, cookie: string): Claim | undefined {
  const [jobcenterId, token, ...rest] = (getCookie(c, cookie) ?? '').split('.');
  return isId(jobcenterId) && token && rest.length === 0 ? { jobcenterId, token } : undefined;
}

export const keepSession = (c: HttpContext, services: Services, jobcenterId: string, token: string): void =>
  setCookie(c, sessionCookie, `${jobcenterId}.${token}`, cookieOptions(services.secureCookies, scope, workingDay));

export const dropSession = (c: HttpContext, services: Services): void => {
  deleteCookie(c, sessionCookie, cookieOptions(services.secureCookies, scope));
};

/** The session in the real Jobcenter, which waits while somebody practises. */
export const claimedHome = (c: HttpContext): Claim | undefined => claimIn(c, homeCookie);

export const keepHome = (c: HttpContext, services: Services, jobcenterId: string, token: string): void =>
  setCookie(c, homeCookie, `${jobcenterId}.${token}`, cookieOptions(services.secureCookies, scope, workingDay));

export const dropHome = (c: HttpContext, services: Services): void => {
  deleteCookie(c, homeCookie, cookieOptions(services.secureCookies, scope));
};

/** What the sign-in form is bound to before there is a session; made on the first look at the page. */
export function knockToken(c: HttpContext, services: Services): string {
  const known = getCookie(c, knockCookie);
  if (known !== undefined && /^[\w-]{20,64}$/.test(known)) return known;
  const fresh = randomToken(18);
  setCookie(c, knockCookie, fresh, cookieOptions(services.secureCookies, scope));
  return fresh;
}

const onwardCookie = 'weiter';

/** Where somebody wanted to go, or was, when their session had run out: after signing in they come back to it. Half an hour.
 * Whoever came by the bare address of the workspace begins with their day. */
export const rememberPage = (c: HttpContext, services: Services, page: string): void => {
  if (isOwnAddress(page) && page !== scope)
    setCookie(c, onwardCookie, page, cookieOptions(services.secureCookies, scope, 1800));
};

/** The remembered page, once; undefined when there is none. Never an address outside the workspace. */
export function rememberedPage(c: HttpContext, services: Services): string | undefined {
  const page = getCookie(c, onwardCookie);
  if (page === undefined) return undefined;
  deleteCookie(c, onwardCookie, cookieOptions(services.secureCookies, scope));
  return isOwnAddress(page) ? page : undefined;
}
