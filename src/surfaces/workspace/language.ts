import { getCookie, setCookie } from 'hono/cookie';
import { cookieOptions } from '../../platform/http/index.ts';
import { defaultLanguage, isLanguage, type Language } from '../../platform/i18n/index.ts';
import type { HttpContext } from '../request.ts';
import type { Services } from '../services.ts';

const cookie = 'sprache';
const year = 365 * 24 * 3600;

/** The language of a page: chosen before, or what the browser asks for. */
export function languageOf(c: HttpContext): Language {
  const chosen = getCookie(c, cookie);
  if (isLanguage(chosen)) return chosen;
  const wanted = (c.req.header('accept-language') ?? '').split(',').map((part) => part.trim().slice(0, 2));
  return wanted.find(isLanguage) ?? defaultLanguage;
}

/** `?sprache=en` keeps the choice and leads back to the same page; undefined when nothing was chosen. */
export function switchLanguage(c: HttpContext, services: Services): Response | undefined {
  const chosen = c.req.query('sprache');
  if (c.req.method !== 'GET' || !isLanguage(chosen)) return undefined;
  setCookie(c, cookie, chosen, cookieOptions(services.secureCookies, '/', year));
  const query = new URLSearchParams(c.req.query());
  query.delete('sprache');
  const rest = query.toString();
  return c.redirect(rest === '' ? c.req.path : `${c.req.path}?${rest}`, 303);
}
