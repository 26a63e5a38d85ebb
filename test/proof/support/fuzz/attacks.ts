import { Buffer } from 'node:buffer';
import { apiRouteList } from '../../../../src/surfaces/channels/api/index.ts';
import { routes as portalRoutes } from '../../../../src/surfaces/portal/routes.ts';
import { routes as workspaceRoutes } from '../../../../src/surfaces/workspace/routes.ts';
import type { Outgoing } from '../visitor.ts';
import { type HostileFile, pickFile } from './hostile-files.ts';
import { hostileJson, hostileJsonText, hostileNames, hostileTexts } from './hostile-text.ts';
import type { Random } from './random.ts';

/** Ids that exist, of both Jobcenters. */
export type Ids = {
  readonly caseId: string;
  readonly documentId: string;
  readonly submissionId: string;
  readonly receipt: string;
};
export type Target = {
  readonly tokens: readonly [own: string, other: string];
  readonly ids: readonly [own: Ids, other: Ids];
  readonly jobcenterIds: readonly [string, string];
  readonly files: readonly HostileFile[];
};

/** A request with what must not come back. */
export type Attack = Outgoing & {
  readonly label: string;
  /** It names something of the other Jobcenter: only 401 to 422 may answer. */
  readonly foreign?: boolean;
  /** It holds no proof of identity. */
  readonly nobody?: boolean;
  /** It holds the other Jobcenter's own token. */
  readonly other?: boolean;
};

const boundary = 'xXfuzzXx';
const multipart = (
  body: Buffer | string,
  token: string,
  key: string,
  extra: Record<string, string> = {},
): Pick<Attack, 'headers' | 'body'> => ({
  headers: {
    Authorization: `Bearer ${token}`,
    'Idempotency-Key': key,
    'Content-Type': `multipart/form-data; boundary=${boundary}`,
    ...extra,
  },
  body,
});

function part(name: string, content: Buffer | string, extra = '', type = ''): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n${type}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
}
const ending = Buffer.from(`--${boundary}--\r\n`);

const good = {
  concern: 'unterlagen',
  channel: 'post',
  person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
  answers: { note: 'x' },
};

/** A submission with some values replaced by hostile ones. */
function bentSubmission(random: Random): string {
  const copy = structuredClone(good) as Record<string, unknown>;
  const roll = random.int(6);
  if (roll === 0) copy[random.pick(Object.keys(copy))] = hostileJson(random);
  else if (roll === 1)
    copy['person'] = {
      ...good.person,
      [random.pick(['familyName', 'givenName', 'birthDate', 'fileNumber', 'x'])]: hostileJson(random),
    };
  else if (roll === 2)
    copy['answers'] = { note: hostileJson(random), [random.pick(hostileTexts)]: hostileJson(random) };
  else if (roll === 3)
    copy['receivedAt'] = random.pick([
      ...hostileTexts,
      '0001-01-01T00:00:00Z',
      '2026-01-01T00:00:00+14:00',
      '-000001-01-01T00:00:00Z',
    ]);
  else if (roll === 4)
    copy['concern'] = random.pick(['erstantrag', 'hauptantrag', 'weiterbewilligung', 'krankmeldung', ...hostileTexts]);
  else return hostileJsonText(random);
  return JSON.stringify(copy);
}

const own = ({ tokens }: Target): string => tokens[0];
const key = (random: Random): string => random.bytes(9).toString('hex');

function hostileDocument(random: Random, target: Target): Attack {
  const count = 1 + (random.next() < 0.2 ? random.int(3) : 0);
  const files = Array.from({ length: count }, () => pickFile(target.files, random));
  const parts = files.map((file) =>
    part(
      'document',
      file.bytes,
      `; filename="${random.next() < 0.3 ? random.pick(hostileNames) : 'a.pdf'}"`,
      'Content-Type: application/pdf\r\n',
    ),
  );
  return {
    label: `document ${files.map((f) => f.kind).join('+')}`,
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(Buffer.concat([part('submission', JSON.stringify(good)), ...parts, ending]), own(target), key(random)),
  };
}

function hostileSubmission(random: Random, target: Target): Attack {
  return {
    label: 'submission',
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(Buffer.concat([part('submission', bentSubmission(random)), ending]), own(target), key(random)),
  };
}

function brokenMultipart(random: Random, target: Target): Attack {
  const whole = Buffer.concat([
    part('submission', JSON.stringify(good)),
    part('document', pickFile(target.files.slice(0, 5), random).bytes, '; filename="a.jpg"'),
    ending,
  ]);
  const text = (): string => whole.toString('latin1');
  const bend: (() => Buffer | string)[] = [
    () => whole.subarray(0, random.int(whole.length)),
    () => flipped(whole, random),
    () => Buffer.from(text().replaceAll('\r\n', '\n'), 'latin1'),
    () => Buffer.from(text().replaceAll(boundary, `${boundary}x`), 'latin1'),
    () => Buffer.concat([whole, whole]),
    () =>
      Buffer.from(
        text().replace('form-data', random.pick(['attachment', 'FORM-DATA', 'form-data; name="submission"', ''])),
        'latin1',
      ),
    () =>
      Buffer.from(
        text().replace(
          'name="submission"',
          random.pick([
            'name=',
            'name="',
            "name='submission'",
            `name="${'n'.repeat(3_000)}"`,
            "name*=UTF-8''submission",
          ]),
        ),
        'latin1',
      ),
    () => Buffer.concat(Array.from({ length: 2_000 }, () => part('x', ''))),
    () => Buffer.concat([...Array.from({ length: 300 }, (_, i) => part('document', 'x', `; filename="${i}"`)), ending]),
    () => part('submission', 'x'.repeat(2_000_000)),
    () => '',
    () => random.bytes(random.int(5_000)),
  ];
  const types = [
    `multipart/form-data; boundary=${boundary}`,
    'multipart/form-data',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary=--',
    'multipart/mixed; boundary=x',
    'application/json',
    'text/plain',
    `multipart/form-data; boundary=${'b'.repeat(400)}`,
  ];
  const type = random.next() < 0.8 ? types[0] : random.pick(types);
  return {
    label: 'multipart',
    method: 'POST',
    path: '/api/v1/submissions',
    ...multipart(random.pick(bend)(), own(target), key(random), { 'Content-Type': type ?? '' }),
  };
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < 1 + random.int(20); i += 1) copy[random.int(copy.length)] = random.int(256);
  return copy;
}

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

function anyRoute(random: Random, target: Target): Attack {
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

function cookies(random: Random, { jobcenterIds }: Target): Record<string, string> {
  const roll = random.int(6);
  const id = random.pick(jobcenterIds);
  const values = [
    `sitzung=${id}.${random.bytes(24).toString('base64url')}`,
    `sitzung=${id}.${"'".repeat(40)}`,
    `entwurf=${id}.${'a'.repeat(32)}~${'~'.repeat(50)}`,
    `besuch=${random.bytes(18).toString('base64url')}; sprache=xx`,
    `eingang=${'%'.repeat(50)}; sprache=../../x; besuch="`,
    `a=${'b'.repeat(7_000)}`,
  ];
  return roll < 2 ? {} : { Cookie: random.pick(values) };
}

function bentToken(random: Random, { tokens, jobcenterIds }: Target): string {
  const [a, b] = tokens;
  return random.pick([
    a.replace(jobcenterIds[0], jobcenterIds[1]),
    b.replace(jobcenterIds[1], jobcenterIds[0]),
    `${a}x`,
    a.slice(0, -1),
    a.toUpperCase(),
    'x',
    `tandem.${jobcenterIds[0]}.`,
    'a'.repeat(3_000),
  ]);
}

/** Reads what belongs to the other Jobcenter, by every address that shows something. */
function foreignRead(random: Random, target: Target): Attack {
  const other = target.ids[1];
  const path = random.pick([
    `/cases/${other.caseId}`,
    `/receipts/${other.receipt}`,
    `/documents/${other.documentId}/content`,
  ]);
  return {
    label: 'foreign read',
    method: 'GET',
    path: `/api/v1${path}`,
    headers: { Authorization: `Bearer ${own(target)}` },
    foreign: true,
  };
}

function headerTricks(random: Random, target: Target): Attack {
  const path = random.pick([
    '/',
    '/arbeit',
    '/api/v1/cases',
    '/metrics',
    '/anliegen/unterlagen',
    '/datei/a/b/1/c',
    `/datei/${target.jobcenterIds[1]}/${target.ids[1].documentId}/9999999999/x`,
    '/assets/css/../../../package.json',
    '/assets/%2e%2e/%2e%2e/secrets/master.key',
    '//evil.example.org/',
    '/.well-known/jwks.json',
    '/api/v1/openapi.json',
  ]);
  const headers: Record<string, string>[] = [
    { Host: 'evil.example.org' },
    { Host: 'kleinstadt.localhost' },
    { Host: 'a'.repeat(2_000) },
    { 'X-Forwarded-Host': 'evil.example.org', 'X-Forwarded-Proto': 'javascript' },
    { 'X-Forwarded-For': '127.0.0.1, ::1' },
    { 'X-Original-URL': '/arbeit', 'X-Rewrite-URL': '/arbeit' },
    { 'X-HTTP-Method-Override': 'DELETE' },
    { 'Accept-Language': `${'de,'.repeat(2_000)}en;q=x` },
    { 'Accept-Encoding': 'gzip;q=0, br;q=9, *' },
    { Range: 'bytes=0-0,-1,5-2,99999999999999999999-' },
    { 'If-None-Match': '*'.repeat(5_000) },
    { 'Content-Length': '0', 'Content-Type': 'multipart/form-data; boundary=x' },
    { Authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    { Cookie: 'x='.repeat(3_000) },
    { Expect: '100-continue' },
  ];
  return {
    label: `headers ${path.slice(0, 20)}`,
    method: random.pick(['GET', 'GET', 'POST', 'HEAD']),
    path,
    headers: random.pick(headers),
    nobody: true,
  };
}

function aborted(random: Random, target: Target): Attack {
  const whole = Buffer.concat([
    part('submission', JSON.stringify(good)),
    part('document', random.bytes(50_000), '; filename="a.jpg"'),
    ending,
  ]);
  const sent = multipart(whole, own(target), key(random), {
    'Content-Length': String(random.next() < 0.5 ? whole.length : 20_000_000),
  });
  return {
    label: 'aborted',
    method: 'POST',
    path: '/api/v1/submissions',
    ...sent,
    breakOff: { after: random.int(whole.length - 100), ms: 20 + random.int(400) },
  };
}

function hugeForm(random: Random): Attack {
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

type Maker = (random: Random, target: Target) => Attack;
const makers: readonly (readonly [weight: number, make: Maker])[] = [
  [18, hostileDocument],
  [12, hostileSubmission],
  [14, brokenMultipart],
  [34, anyRoute],
  [8, foreignRead],
  [10, headerTricks],
  [3, aborted],
  [1, hugeForm],
];
const weights = makers.reduce((sum, [weight]) => sum + weight, 0);

/** The next request of the row that this randomness gives. */
export function nextAttack(random: Random, target: Target): Attack {
  let at = random.next() * weights;
  for (const [weight, make] of makers) {
    at -= weight;
    if (at < 0) return make(random, target);
  }
  return anyRoute(random, target);
}
