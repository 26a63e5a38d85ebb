import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequiredItem } from '../../../modules/cases/index.ts';
import type { LetterSuggestion } from '../../../modules/post/index.ts';
import { targetOf } from './load-letter.ts';

const item = (id: string): RequiredItem => ({
  id,
  caseId: '',
  requestedAt: new Date(0),
  what: 'Mietvertrag',
  why: '',
  dueOn: '2026-12-31',
  again: null,
  fulfilledAt: null,
  withdrawnAt: null,
});
const carries = (itemId?: string): { suggestion: LetterSuggestion } => ({
  suggestion: {
    kind: 'other',
    kindWords: [],
    names: [],
    birthDates: [],
    fileNumbers: [],
    caseNumbers: [],
    days: [],
    amounts: [],
    missing: [],
    returns: { caseId: 'a', ...(itemId === undefined ? {} : { itemId }) },
  },
});
const cases = [
  { row: { id: 'b', number: 'V-2' }, items: [item('3')] },
  { row: { id: 'a', number: 'V-1' }, items: [item('1')] },
];

test('paper with our code is for the item as long as that is missing, then for its case', () => {
  assert.equal(targetOf(carries('1'), cases, undefined), 'a:1');
  assert.equal(targetOf(carries('2'), cases, undefined), 'a', 'fulfilled or withdrawn since');
  assert.equal(targetOf(carries(), cases, undefined), 'a');
});

test('the same for a case of another team, of which nothing else is known', () => {
  assert.equal(targetOf(carries('9'), [], { caseId: 'a', itemId: '9' }), 'a:9');
  assert.equal(targetOf(carries('9'), [], { caseId: 'a' }), 'a');
});
