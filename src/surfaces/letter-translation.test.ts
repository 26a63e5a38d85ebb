import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlaceholderValues } from '../modules/notices/index.ts';
import { letterTranslation } from './letter-translation.ts';

const remedy = { key: 'rechtsbehelf', title: 'Rechtsbehelf', body: 'Sie können widersprechen.', concerns: [] };
const translated = { ...remedy, retired: false, translations: { en: 'You can object.' } };
const parts = (values: PlaceholderValues) => {
  const notice = {
    language: 'en',
    body: 'Guten Tag',
    kind: 'notice',
    reasons: 'Das Einkommen reicht.',
    weighing: 'Härtefall geprüft.',
  } as const;
  const known = [{ body: 'Guten Tag', translations: { en: 'Good day' } }];
  const input = { notice, title: 'Bescheid', remedy: translated, known, values, name: 'Mika', scan: undefined };
  const { paper, untranslated } = letterTranslation(input);
  return { text: JSON.stringify(paper?.parts), untranslated };
};

test('the reasons of a worker stand in the German letter alone: the translation says so, and whom to call', () => {
  const { text, untranslated } = parts({ 'team.phone': '030 1234', 'jobcenter.phone': '030 9' });
  assert.equal(text.split('The reasons are only in the German letter. We explain them').length - 1, 2, text);
  assert.match(text, /Call us: 030 1234/);
  assert.doesNotMatch(text, /Einkommen|Härtefall/);
  assert.deepEqual(untranslated, ['Das Einkommen reicht.', 'Härtefall geprüft.']);
  assert.match(parts({ 'jobcenter.phone': '030 9' }).text, /Call us: 030 9/);
  assert.match(parts({}).text, /Bring the letter with you or call us/);
});
