import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainLine, plainText } from './text.ts';

test('a name loses what cannot be seen', () => {
  assert.equal(plainLine('Rechnung\u202efdp.exe\u0000\n'), 'Rechnungfdp.exe');
  assert.equal(plainLine('Müller 👩‍🔧'.normalize()), 'Müller 👩‍🔧'.replaceAll('\u200d', ''));
});

test('a text keeps its lines and loses what cannot be stored', () => {
  assert.equal(plainText('eins\r\nzwei\rdrei\tvier\u0000\u0007\ud800'), 'eins\nzwei\ndrei\tvier\ufffd');
});
