import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '../../../../kernel/ids.ts';
import { hmac, sameBytes } from '../../../../platform/crypto/index.ts';
import { cookieOptions } from '../../../../platform/http/index.ts';
import { paths } from '../../paths.ts';
import type { StaffVisit } from '../../visit.ts';

/** A draft stays open at the counter for so long after its code was given; then the person is asked again. */
const seconds = 3_600;
const name = 'entwurf-am-schalter';

/** Bound to this very session: the code was given to one member of staff, not to the house. */
const markOf = (visit: StaffVisit, id: string, until: number): string =>
  hmac(visit.services.linkKey, `draft at the counter ${id} ${until} ${visit.token}`).toString('base64url').slice(0, 32);

/** Notes that the person gave the code of this draft. */
export function grantDraft(visit: StaffVisit, id: string): void {
  const { c, services } = visit;
  const until = Math.floor(services.clock.now().getTime() / 1000) + seconds;
  const options = cookieOptions(services.secureCookies, paths.counterDraft, seconds);
  setCookie(c, name, `${id}.${until}.${markOf(visit, id, until)}`, options);
}

/** True while the draft is open at this desk. */
export function isGranted(visit: StaffVisit, id: string): boolean {
  const [of = '', text = '', mark = ''] = (getCookie(visit.c, name) ?? '').split('.');
  const until = Number(text);
  if (of !== id || !isId(id) || !(until * 1000 > visit.services.clock.now().getTime())) return false;
  return sameBytes(Buffer.from(markOf(visit, id, until)), Buffer.from(mark));
}

export const dropGrant = (visit: StaffVisit): void => {
  deleteCookie(visit.c, name, { path: paths.counterDraft });
};
