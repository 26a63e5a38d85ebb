import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerLines } from './answer-lines.ts';
import { freeze } from './freeze.ts';
import { shippedDefinitions } from './index.ts';

test('answers about health are frozen with the others and stand in no index', () => {
  const form = shippedDefinitions().find((each) => each.key === 'krankmeldung');
  assert.ok(form);
  const fields = form.questions.flatMap((question) => question.fields);
  const health = fields.filter((field) => field.privacy.category === 'health');
  assert.ok(health.length > 0 && health.length < fields.length);
  const frozen = freeze(form, { familyName: 'Beispiel' }, 'de');
  const items = frozen.sections.flatMap((section) => section.items);
  const marked = items.filter((item) => item.sensitive === true).map((item) => item.field);
  assert.ok(marked.length > 0 && marked.every((key) => health.some((field) => field.key === key)));
  const lines = answerLines(frozen).map(({ label }) => label);
  assert.equal(lines.length, items.length - marked.length);
  assert.ok(answerLines(frozen).some(({ text }) => text === 'Beispiel'));
});
