import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { startTestApp } from '../support/app.ts';
import { smallPdf } from '../support/submit.ts';

const app = await startTestApp();

const submit = (key: string, pdf: Buffer) => {
  const form = new FormData();
  const submission = {
    concern: 'unterlagen',
    channel: 'post',
    person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
    answers: {},
  };
  form.set('submission', JSON.stringify(submission));
  form.append('document', new Blob([pdf as BlobPart]), 'papier.pdf');
  return fetch(`${app.baseUrl}/api/v1/submissions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${app.apiToken}`, 'Idempotency-Key': key },
    body: form,
  });
};

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({
    connectionString: app.database.superuserUrl.replace(`/${app.database.name}?`, '/postgres?'),
  });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

test('a lost database gives an answer that says what to do, and the same request goes through when it is back', async () => {
  const pdf = smallPdf('während der Störung');
  const { name } = app.database;
  await asSuperuser(
    `alter database ${name} with allow_connections true`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    `alter database ${name} rename to ${name}_away`,
  );
  try {
    const refused = await submit('outage', pdf);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '2');
    assert.match(await refused.text(), /Nothing was stored/);
    assert.equal((await fetch(`${app.baseUrl}/readyz`)).status, 503);
    assert.equal((await fetch(`${app.baseUrl}/healthz`)).status, 200);
    const page = await fetch(`${app.baseUrl}/anliegen/unterlagen`);
    assert.ok(page.status === 200 || page.status === 503, 'a page from memory, or one that says what to do');
  } finally {
    await asSuperuser(`alter database ${name}_away rename to ${name}`);
  }
  const accepted = await submit('outage', pdf);
  assert.equal(accepted.status, 201);
  assert.equal((await fetch(`${app.baseUrl}/readyz`)).status, 200);
});

test('a full disk is said before a receipt, and afterwards everything goes on', async (t) => {
  const folder = join(app.dataFolder, 'blobs', app.jobcenter.id);
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (!mounted) return t.skip('this user cannot mount a small disk');
  let full = true;
  const free = (): void => {
    if (full) spawnSync('umount', ['-l', folder]);
    full = false;
  };
  after(free);
  const large = smallPdf('x'.repeat(200_000));
  const refused = await submit('full', large);
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /no storage left/);
  free();
  const accepted = await submit('full', smallPdf('klein'));
  assert.equal(accepted.status, 201);
});
