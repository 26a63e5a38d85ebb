import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasPortal, portalAddress, returnLink } from './portal-address.ts';

const at = (baseUrl: string, hosts: readonly string[], isDefault = false): string =>
  portalAddress({ baseUrl }, { hosts, isDefault });

test('a further Jobcenter has its own host, with scheme and port of the installation', () => {
  assert.equal(at('https://jc.example', ['klein.example', 'other.example']), 'https://klein.example');
  assert.equal(at('http://localhost:4000', ['klein.localhost']), 'http://klein.localhost:4000');
});

test('the default Jobcenter, and one without a host, have the address of the installation', () => {
  assert.equal(at('https://jc.example', ['muster.example'], true), 'https://jc.example');
  assert.equal(at('http://localhost:4000', []), 'http://localhost:4000');
  assert.equal(at('https://jc.example', ['klein.example', 'jc.example']), 'https://jc.example');
});

test('a practice Jobcenter without a host has no portal: its codes are no address, so a phone opens nothing', () => {
  const practice = { hosts: [], isDefault: false, practiceOf: 'muster' };
  const services = { baseUrl: 'https://jc.example' };
  const code = 'ABCD-EFGH-JKMN-PQRS-TVWX';
  assert.equal(hasPortal(practice), false);
  assert.equal(returnLink(services, practice, code), code);
  const own = { ...practice, hosts: ['uebung.example'] };
  assert.equal(returnLink(services, own, code), `https://uebung.example/b/${code}`);
  assert.equal(returnLink(services, { ...practice, practiceOf: null }, code), `https://jc.example/b/${code}`);
});
