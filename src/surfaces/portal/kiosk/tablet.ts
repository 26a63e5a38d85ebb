import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '../../../kernel/ids.ts';
import { eraseDocument } from '../../../modules/documents/index.ts';
import { deleteDraft, findDraft } from '../../../modules/forms/index.ts';
import { findKiosk, type Kiosk } from '../../../modules/identity/index.ts';
import { cookieOptions } from '../../../platform/http/index.ts';
import { inTenant, type Visit } from '../visit.ts';

const tablet = 'kiosk';
const person = 'kiosk-besuch';
const path = '/kiosk';
/** Long after the idle reset; for a tablet that was switched off in the middle. */
const visitSeconds = 3_600;

/** The tablet of this request, if staff unlocked it. */
export async function tabletOf(visit: Visit): Promise<Kiosk | undefined> {
  const secret = getCookie(visit.c, tablet);
  if (secret === undefined || !/^[\w-]{43}$/.test(secret)) return undefined;
  return inTenant(visit, (tx) => findKiosk(tx, secret));
}

export const keepTablet = ({ c, services }: Visit, secret: string): void =>
  setCookie(c, tablet, secret, cookieOptions(services.secureCookies, path, 180 * 86_400));

/** The papers that whoever stands here is handing in. */
export function papersHere(visit: Visit): { id: string; token: string } | undefined {
  const [id, token = ''] = (getCookie(visit.c, person) ?? '').split('.');
  return isId(id) && /^[\w-]{32}$/.test(token) ? { id, token } : undefined;
}

export const beginPapers = ({ c, services }: Visit, draft: { id: string; token: string }): void =>
  setCookie(c, person, `${draft.id}.${draft.token}`, cookieOptions(services.secureCookies, path, visitSeconds));

/** Everything a browser of the portal may hold; the next person gets a fresh one. */
const traces: readonly (readonly [name: string, path: string])[] = [
  [person, path],
  ['besuch', '/'],
  ['sprache', '/'],
  ['entwurf', '/'],
  ['eingang', '/eingang'],
  ['beilage', '/eingang'],
  ['ruecksendung', '/b'],
  ['beilage', '/b'],
  ['bekannt', '/stand'],
];

/** Ends the visit of a person: what was not sent is deleted, and nothing of them stays on the tablet. `keep`: the language just chosen. */
export async function forgetPerson(visit: Visit, keep?: 'sprache'): Promise<void> {
  const held = papersHere(visit);
  for (const [name, at] of traces) if (name !== keep) deleteCookie(visit.c, name, { path: at });
  if (held === undefined) return;
  await inTenant(visit, async (tx) => {
    if ((await findDraft(tx, held.id, held.token, true)) === undefined) return;
    for (const id of (await deleteDraft(tx, held.id)) ?? []) await eraseDocument(tx, id);
  });
}
