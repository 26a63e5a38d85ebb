import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReturnCode, returnCodeHash, returnCodeOf, returnPath } from './return-code.ts';

const key = new Uint8Array(32).fill(7);
const code = returnCodeOf(key, '0190-a');

test('the code of a row is always the same, and another one for every row and key', () => {
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(returnCodeOf(key, '0190-a'), code);
  assert.notEqual(returnCodeOf(key, '0190-b'), code);
  assert.notEqual(returnCodeOf(new Uint8Array(32).fill(8), '0190-a'), code);
});

test('a scanned or typed text gives the code in one form', () => {
  for (const text of [
    code,
    code.toLowerCase(),
    code.replaceAll('-', ''),
    ` ${code.replaceAll('-', ' ')}\n`,
    returnPath(code),
    `https://jobcenter.example.org${returnPath(code)}`,
    `HTTPS://JOBCENTER.EXAMPLE.ORG${returnPath(code).toUpperCase()}`,
    `http://localhost:4000${returnPath(code.toLowerCase())}?sprache=en`,
    `https://jobcenter.example.org${returnPath(code)}/abgeben`,
  ])
    assert.equal(parseReturnCode(text), code, text);
});

test('other barcodes are no code', () => {
  const other = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
  for (const text of [
    '',
    '4006381333931',
    other,
    `${code}-A`,
    `https://example.org/pruefen/${code}`,
    '\u0000',
    'x'.repeat(9_999),
  ])
    assert.equal(parseReturnCode(text), undefined, text.slice(0, 40));
});

test('every single wrong character is noticed', () => {
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '-') continue;
    for (const character of '0123456789ABCDEFGHJKMNPQRSTVWXYZ')
      if (character !== code[at])
        assert.equal(parseReturnCode(code.slice(0, at) + character + code.slice(at + 1)), undefined);
  }
});

test('what is kept does not depend on the spelling', () => {
  assert.deepEqual(returnCodeHash(code.toLowerCase().replaceAll('-', ' ')), returnCodeHash(code));
});
