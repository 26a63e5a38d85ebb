import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '../../kernel/ids.ts';
import { randomToken } from '../../platform/crypto/index.ts';
import { cookieOptions } from '../../platform/http/index.ts';
import type { HttpContext } from '../request.ts';
import type { Services } from '../services.ts';

const sessionCookie = 'sitzung';
const knockCookie = 'vorraum';
const scope = '/arbeit';
const workingDay = 12 * 3600;

/** The session a browser claims: `<Jobcenter>.<token>`. Checked by the identity module. */
export function claimedSession(c: HttpContext): { jobcenterId: string; token: string } | undefined {
  const [jobcenterId, token, ...rest] = (getCookie(c, sessionCookie) ?? '').split('.');
  return isId(jobcenterId) && token && rest.length === 0 ? { jobcenterId, token } : undefined;
}

export const keepSession = (c: HttpContext, services: Services, jobcenterId: string, token: string): void =>
  setCookie(c, sessionCookie, `${jobcenterId}.${token}`, cookieOptions(services.secureCookies, scope, workingDay));

export const dropSession = (c: HttpContext, services: Services): void => {
  deleteCookie(c, sessionCookie, cookieOptions(services.secureCookies, scope));
};

/** What the sign-in form is bound to before there is a session; made on the first look at the page. */
export function knockToken(c: HttpContext, services: Services): string {
  const known = getCookie(c, knockCookie);
  if (known !== undefined && /^[\w-]{20,64}$/.test(known)) return known;
  const fresh = randomToken(18);
  setCookie(c, knockCookie, fresh, cookieOptions(services.secureCookies, scope));
  return fresh;
}
