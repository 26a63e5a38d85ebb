import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './facts.ts';

const page = (text: string) => ({
  words: text.split(' ').map((word, i) => ({ text: word, x: i * 100, y: 10, width: 90, height: 20, sure: 0.9 })),
});
const found = (text: string) => factsOf(page(text)).map((fact) => `${fact.kind} ${fact.value}`);

test('amounts, days, months, accounts and numbers are found at their places', () => {
  assert.deepEqual(found('Kaltmiete 1.450,50 € ab 01.03.2026'), ['amount 145050', 'date 2026-03-01']);
  assert.deepEqual(found('Abrechnung für November 2026, am 3. Mai 2026'), ['period 2026-11', 'date 2026-05-03']);
  assert.deepEqual(found('IBAN: DE89 3704 0044 0532 0130 00 bei'), ['iban DE89370400440532013000']);
  assert.deepEqual(found('Kundennummer 4711-0815-22 Zeitraum 11/2026'), ['number 4711081522', 'period 2026-11']);
  const [iban] = factsOf(page('Konto DE89 3704 0044 0532 0130 00'));
  assert.deepEqual(iban?.box, { x: 100, y: 10, width: 590, height: 20 });
});

test('an account with a wrong digit, an impossible day and plain words are no facts', () => {
  assert.deepEqual(found('DE88 3704 0044 0532 0130 00'), []);
  assert.deepEqual(found('am 45.13.2026 um halb drei'), []);
});
