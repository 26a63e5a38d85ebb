import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterBody } from './letter-body.ts';
import { checkPlaceholders, fillText, placeholdersIn } from './placeholders.ts';

test('a text is filled, read as paragraphs, headings and lists', () => {
  const text = 'Ihr Antrag vom {{case.arrived}}\nist da.\n\n{{items}}\n\n## Bis wann?\n\nBis zum {{ deadline }}.';
  const { parts, problems } = letterBody(text, {
    'case.arrived': '1. November 2026',
    items: ['Mietvertrag', 'Kontoauszug'],
    deadline: '14. Dezember 2026',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(parts, [
    { paragraphs: ['Ihr Antrag vom 1. November 2026 ist da.'], items: ['Mietvertrag', 'Kontoauszug'] },
    { heading: 'Bis wann?', paragraphs: ['Bis zum 14. Dezember 2026.'] },
  ]);
});

test('what follows a list stands behind it, not before it', () => {
  const { parts } = letterBody('Es fehlen:\n\n- Pass\n- Vertrag\n\nDanke.', {});
  assert.deepEqual(parts, [{ paragraphs: ['Es fehlen:'], items: ['Pass', 'Vertrag'] }, { paragraphs: ['Danke.'] }]);
});

test('an unknown, an unfilled and a broken placeholder are named, and none leaves a gap', () => {
  assert.deepEqual(letterBody('Guten Tag {{person.nmae}}, {{deadline}}', {}), {
    parts: [{ paragraphs: ['Guten Tag {{person.nmae}}, {{deadline}}'] }],
    problems: [
      { code: 'unknown', name: 'person.nmae' },
      { code: 'unfilled', name: 'deadline' },
    ],
  });
  assert.deepEqual(checkPlaceholders('bis {{deadline} und {{today}}'), [
    { code: 'broken', name: 'bis {{deadline} und …' },
  ]);
  assert.deepEqual(fillText('{{items}}', { items: [] }).problems, [{ code: 'unfilled', name: 'items' }]);
  assert.deepEqual(fillText('{{amount}}', { amount: '  ' }).problems, [{ code: 'unfilled', name: 'amount' }]);
  assert.deepEqual(placeholdersIn('{{today}} {{ today }} {{x}}'), ['today']);
});

test('what comes from the case stays words: no placeholder, no heading, no list', () => {
  const { parts, problems } = letterBody('Sie schrieben:\n\n{{person.name}}\n\n{{items}}', {
    'person.name': '## {{deadline}}',
    items: ['- {{amount}}'],
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(parts, [{ paragraphs: ['Sie schrieben:', '## {{deadline}}'], items: ['- {{amount}}'] }]);
});
