import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, type Environment, readConfig } from './config.ts';
import { projectPath } from './project.ts';

const refused = (env: Environment): string => {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  assert.fail('the setting was accepted');
};

test('nothing set: own database, this machine only, a demonstration', () => {
  const config = readConfig({});
  assert.equal(config.database, undefined);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.baseUrl, 'http://localhost:4000');
  assert.equal(config.demo, true);
  assert.equal(config.dataFolder, projectPath('var'));
  assert.equal(config.blobFolder, projectPath('var', 'blobs'));
  assert.equal(config.trustedProxies, 0);
  assert.equal(config.scanKeepDays, 30);
});

test('an own server or production is no demonstration, unless it is asked for', () => {
  const url = 'postgresql://app:pw@db/tandem';
  assert.equal(readConfig({ DATABASE_URL: url }).demo, false);
  assert.equal(readConfig({ NODE_ENV: 'production' }).demo, false);
  assert.equal(readConfig({ DATABASE_URL: url, TANDEM_DEMO: 'on' }).demo, true);
});

test('owner and queue addresses fall back step by step', () => {
  const [app, owner, queue] = ['postgres://a@h/t', 'postgres://o@h/t', 'postgres://q@h/t'];
  assert.deepEqual(readConfig({ DATABASE_URL: app }).database, { app, owner: app, queue: app });
  assert.deepEqual(readConfig({ DATABASE_URL: app, DATABASE_OWNER_URL: owner }).database, { app, owner, queue: owner });
  const all = { DATABASE_URL: app, DATABASE_OWNER_URL: owner, QUEUE_DATABASE_URL: queue };
  assert.deepEqual(readConfig(all).database, { app, owner, queue });
  assert.match(refused({ DATABASE_OWNER_URL: owner }), /^DATABASE_OWNER_URL is set but DATABASE_URL is not/);
});

test('an address on a unix socket is accepted', () => {
  const url = 'postgresql://tandem_app:pw@/tandem?host=%2Frun%2Ftandem&port=5432';
  assert.equal(readConfig({ DATABASE_URL: url }).database?.app, url);
});

test('a wrong setting is named with what was found and what is expected', () => {
  assert.equal(refused({ PORT: '99999' }), 'PORT must be a number from 1 to 65535; found: "99999".');
  assert.match(refused({ PORT: 'http' }), /^PORT must be .*"http"/);
  assert.equal(refused({ TANDEM_DEMO: 'yes' }), 'TANDEM_DEMO must be "on" or "off"; found: "yes".');
  assert.match(refused({ TANDEM_LOG: 'loud' }), /^TANDEM_LOG must be one of fatal, /);
  assert.match(refused({ TANDEM_BASE_URL: 'https://x.example/portal' }), /^TANDEM_BASE_URL must be .*without a path/);
  assert.match(refused({ TANDEM_BASE_URL: 'ftp://x.example' }), /^TANDEM_BASE_URL/);
  assert.match(refused({ TANDEM_TRUST_PROXY: 'all' }), /^TANDEM_TRUST_PROXY/);
  for (const days of ['0', '3651', 'ever'])
    assert.match(refused({ TANDEM_SCAN_KEEP_DAYS: days }), /^TANDEM_SCAN_KEEP_DAYS/);
  assert.match(refused({ TANDEM_HOST: 'http://x/' }), /^TANDEM_HOST/);
});

test('a refusal never repeats a secret', () => {
  const database = refused({ DATABASE_URL: 'mysql://app:hunter2@db/tandem' });
  assert.match(database, /^DATABASE_URL must be a PostgreSQL address/);
  assert.ok(!database.includes('hunter2'));
  assert.ok(!refused({ TANDEM_SECRET: 'c2hvcnQ=' }).includes('c2hvcnQ='));
});

test('a secret is 32 bytes, an empty variable counts as not set', () => {
  const bytes = Buffer.alloc(32, 7);
  assert.deepEqual(readConfig({ TANDEM_SECRET: bytes.toString('base64') }).secret, new Uint8Array(bytes));
  assert.equal(readConfig({ TANDEM_SECRET: '', PORT: ' ' }).port, 4000);
});

test('the base address loses its slash; a relative data folder lies in the project', () => {
  const config = readConfig({
    TANDEM_BASE_URL: 'https://jc.example/',
    TANDEM_DATA: 'elsewhere',
    TANDEM_TRUST_PROXY: 'on',
  });
  assert.equal(config.baseUrl, 'https://jc.example');
  assert.equal(config.dataFolder, projectPath('elsewhere'));
  assert.equal(config.trustedProxies, 1);
});
