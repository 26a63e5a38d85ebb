import { Buffer } from 'node:buffer';
import { apiRouteList } from '../../../../src/surfaces/channels/api/index.ts';
import { routes as portalRoutes } from '../../../../src/surfaces/portal/routes.ts';
import { routes as workspaceRoutes } from '../../../../src/surfaces/workspace/routes.ts';
import type { Attack, Target } from './attack.ts';
import { hostileJson, hostileTexts } from './hostile-text.ts';
import { bentToken, cookies } from './identity-attacks.ts';
import type { Random } from './random.ts';

/** A path with its parameters filled: ids of either Jobcenter, or anything else. */
function filled(path: string, random: Random, target: Target): { path: string; foreign: boolean } {
  let foreign = false;
  const filledPath = path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => {
    const roll = random.next();
    const side = roll < 0.3 ? 0 : roll < 0.65 ? 1 : -1;
    if (side === -1) return encodeURIComponent(random.pick(hostileTexts).toWellFormed().slice(0, 2_000)) || 'x';
    const ids = target.ids[side as 0 | 1];
    foreign ||= side === 1;
    if (name === 'number') return ids.receipt;
    if (name === 'key') return random.pick(['unterlagen', 'krankmeldung', 'x']);
    return random.pick(/doc|document/i.test(path) ? [ids.documentId] : [ids.caseId, ids.documentId, ids.submissionId]);
  });
  return { path: filledPath, foreign };
}

const badCursor = (random: Random): string =>
  random.pick([
    () => random.bytes(20).toString('base64url'),
    () => Buffer.from(JSON.stringify([random.pick(hostileTexts), random.pick(hostileTexts)])).toString('base64url'),
    () => Buffer.from(JSON.stringify(hostileJson(random))).toString('base64url'),
    () => Buffer.from(JSON.stringify(['9999-12-31', '00000000-0000-7000-8000-000000000000'])).toString('base64url'),
    () => encodeURIComponent(random.pick(hostileTexts).toWellFormed()),
  ])();

function query(random: Random): string {
  const names = [
    'cursor',
    'limit',
    'concern',
    'channel',
    'receivedFrom',
    'receivedTo',
    'team',
    'assignee',
    'state',
    'closed',
    'dueBefore',
    'openedBefore',
    'nach',
    'seite',
    'breite',
    'q',
    'name',
    'sprache',
    'x',
  ];
  const pairs = Array.from({ length: random.int(4) }, () => {
    const name = random.pick(names);
    return `${name}=${name === 'cursor' ? badCursor(random) : encodeURIComponent(random.pick(hostileTexts).toWellFormed().slice(0, 3_000))}`;
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const methods = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

export function anyRoute(random: Random, target: Target): Attack {
  const surface = random.pick(['api', 'api', 'portal', 'workspace', 'workspace']);
  const list: readonly { readonly method: string; readonly path: string }[] =
    surface === 'api' ? apiRouteList : surface === 'portal' ? portalRoutes : workspaceRoutes;
  const route = random.pick(list);
  const mount = surface === 'api' ? '/api/v1' : surface === 'workspace' ? '/arbeit' : '';
  const at = filled(route.path, random, target);
  const method = random.next() < 0.7 ? route.method : random.pick(methods);
  const roll = random.next();
  const token = surface !== 'api' || roll < 0.1 ? undefined : roll < 0.9 ? target.tokens[0] : bentToken(random, target);
  const body = method === 'GET' || method === 'HEAD' || method === 'TRACE' ? undefined : formBody(random);
  const type = random.pick([
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json',
    'text/plain',
    '',
  ]);
  return {
    label: `${surface} ${method} ${route.path}`,
    method,
    path: `${mount}${at.path === '/' && mount !== '' ? '' : at.path}${query(random)}`,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': type }),
      ...cookies(random, target),
    },
    ...(body === undefined ? {} : { body }),
    // Of a receipt everybody may check the signature; its page shows nothing that the paper does not.
    ...(at.foreign && token !== undefined && token === target.tokens[0] ? { foreign: true } : {}),
    ...(token === undefined ? { nobody: true } : {}),
  };
}

export function formBody(random: Random): string {
  const roll = random.int(10);
  if (roll === 0) return random.bytes(random.int(3_000)).toString('latin1');
  if (roll === 1) return 'a='.repeat(random.int(20_000));
  if (roll === 2) return `%${'%'.repeat(500)}=%zz&&&==&=`;
  const names = [
    'csrf',
    'login',
    'password',
    'code',
    'note',
    'receipt',
    'number',
    'birthDate',
    'answer',
    '__proto__',
    'constructor',
    'teamId',
    'action',
    'key',
    'message',
    'what',
    'why',
    'dueOn',
    'x[]',
    'x[a][b]',
  ];
  return Array.from(
    { length: random.int(8) },
    () => `${random.pick(names)}=${encodeURIComponent(random.pick(hostileTexts).toWellFormed())}`,
  ).join('&');
}

export function hugeForm(random: Random): Attack {
  const path = random.pick([
    '/stand',
    '/fortsetzen',
    '/arbeit/anmelden',
    '/arbeit/anmelden/passkey',
    '/anliegen/unterlagen/entwurf',
  ]);
  const type = random.pick([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json',
  ]);
  return {
    label: `huge form ${path}`,
    method: 'POST',
    path,
    headers: { 'Content-Type': type },
    body: `csrf=${'x'.repeat(3_000_000 + random.int(3_000_000))}`,
    nobody: true,
  };
}
