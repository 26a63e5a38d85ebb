import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitsIn } from './hits.ts';

const words = ['Die', 'Mieten,', 'Warmmiete', '(Müller)', 'MIETE:', 'Mittel', '450,00'].map((text) => ({ text }));
const found = (text: string): string[] => [...hitsIn(words, text)].map((index) => words[index]?.text ?? '');

test('a word is found in compounds, in other cases and with signs around it', () => {
  assert.deepEqual(found('miete'), ['Mieten,', 'Warmmiete', 'MIETE:']);
  assert.deepEqual(found('Mietern'), ['Mieten,', 'MIETE:']);
  assert.deepEqual(found('mueller 450'), ['(Müller)', '450,00']);
});

test('nothing typed finds nothing, and neither does a single letter', () => {
  for (const text of ['', ' ', 'm', '- ,']) assert.deepEqual(found(text), [], text);
});
