import { Buffer } from 'node:buffer';
import { type Attack, own, type Target } from './attack.ts';
import type { Random } from './random.ts';

export function cookies(random: Random, { jobcenterIds }: Target): Record<string, string> {
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

export function bentToken(random: Random, { tokens, jobcenterIds }: Target): string {
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
export function foreignRead(random: Random, target: Target): Attack {
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

export function headerTricks(random: Random, target: Target): Attack {
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
