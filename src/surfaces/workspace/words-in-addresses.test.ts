import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpContext } from '../request.ts';
import { addressText, closedAddress, closedLink } from './words-in-addresses.ts';

const keys = { linkKey: new Uint8Array(32).fill(7) };
const asked = (address: string, method = 'GET') => {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const query = (name?: string) =>
    name === undefined ? Object.fromEntries(searchParams) : (searchParams.get(name) ?? undefined);
  return { req: { method, path: pathname, query } } as unknown as HttpContext;
};
const read = (address: string, name: string, jobcenterId = 'one') =>
  addressText(asked(address), keys, jobcenterId, name);

test('words of a search go into an address closed, what narrows it stays readable, and they open in this Jobcenter alone', () => {
  const to = closedAddress(asked('/arbeit/suche?q=M%C3%BCller&art=note&thema='), keys, 'one') ?? '';
  assert.match(to, /^\/arbeit\/suche\?art=note&w=[\w-]+$/);
  assert.doesNotMatch(decodeURIComponent(to), /Müller/);
  assert.equal(read(to, 'q'), 'Müller');
  assert.equal(read(to, 'art'), 'note');
  assert.equal(read(to, 'suche'), '');
  assert.equal(read(to, 'q', 'another'), '');
  assert.equal(closedAddress(asked(to), keys, 'one'), undefined, 'what is closed already stays where it is');
});

test('a new word replaces the closed one beside it; forms that are sent, and addresses without words, stay as they are', () => {
  const link = closedLink({ services: keys, jobcenter: { id: 'one' } }, '/arbeit/schalter', {
    name: 'Kaya',
    akte: '4711/0',
  });
  const next = closedAddress(asked(`${link}&name=Demir`), keys, 'one') ?? '';
  assert.deepEqual([read(next, 'name'), read(next, 'akte')], ['Demir', '4711/0']);
  assert.equal(closedAddress(asked('/arbeit/suche?q=Kaya', 'POST'), keys, 'one'), undefined);
  assert.equal(closedAddress(asked('/arbeit/suche?q=%20&art=note'), keys, 'one'), undefined);
});

test('closed words that were cut off, changed or made up ask nothing', () => {
  const link = closedLink({ services: keys, jobcenter: { id: 'one' } }, '/arbeit/suche', { q: 'Kaya' });
  for (const broken of [
    link.slice(0, -3),
    `${link}A`,
    '/arbeit/suche?w=',
    '/arbeit/suche?w=%00',
    '/arbeit/suche?w=AAAA',
  ])
    assert.equal(read(broken, 'q'), '', broken);
});
