import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameRanges, searchName } from './search-name.ts';

const finds = (typed: string, name: string): boolean =>
  nameRanges(typed).some(({ from, below }) => from <= name && name < below);

test('a name is found as people type it', () => {
  const name = searchName('von der Heide', 'Annegret Maria');
  for (const typed of ['von der Heide', 'VON DER', 'von', 'von der heide, Anne', 'von der Heide,', ' von  der-Heide '])
    assert.ok(finds(typed, name), typed);
  const müller = searchName('Müller', 'Anna Maria');
  for (const typed of ['mueller', 'MÜL', 'Anna Maria Müller', 'Müller,a']) assert.ok(finds(typed, müller), typed);
  for (const typed of ['Heide', 'von der Heidt', 'Mueller, B', 'Maria Müller'])
    assert.ok(!finds(typed, name) && !finds(typed, müller), typed);
});

test('a name is found in each order, and with a family name of several words', () => {
  const name = searchName('Al-Mithali', 'Nour');
  for (const typed of ['Al-Mithali Nour', 'al mithali nour', 'Nour Al Mithali', 'Al Mithali N'])
    assert.ok(finds(typed, name), typed);
  const long = searchName('Oliveira', 'Ana Maria da Silva Santos');
  for (const typed of ['Ana Maria da Silva Santos Oliveira', 'Oliveira Ana Maria da Silva Santos'])
    assert.ok(finds(typed, long), typed);
  for (const typed of ['Mithali Al Nour', 'Nour Mithali']) assert.ok(!finds(typed, name), typed);
  assert.ok(
    nameRanges(Array.from({ length: 40 }, (_, n) => `wort${n}`).join(' ')).length <= 13,
    'a sentence is not looked up in every order',
  );
});

test('what has no letter and no digit finds nobody', () => {
  for (const typed of ['', ' ', '%', ',', '*_\\', '\u0000']) assert.deepEqual(nameRanges(typed), [], typed);
});

test('the range ends where the beginning does', () => {
  assert.deepEqual(nameRanges('a'), [{ from: 'a', below: 'b' }]);
  assert.deepEqual(nameRanges('Muster, Mi'), [{ from: 'muster, mi', below: 'muster, mj' }]);
  assert.deepEqual(nameRanges('\u{20000}'), [{ from: '\u{20000}', below: '\u{20001}' }]);
});
