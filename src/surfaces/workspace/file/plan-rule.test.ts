import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RetentionRule, shippedRules } from '../../../modules/files/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { Rule } from './plan-rule.tsx';

const contacts: RetentionRule = { class: 'employer-contacts', ...shippedRules['employer-contacts'] };

/** The question about a rule for people at employers', as text. */
const asked = (next: Partial<RetentionRule>): string =>
  String(
    Rule({
      visit: { t: translate('de'), csrf: '', input: {}, services: { clock: { now: () => new Date(0) } } },
      rule: contacts,
      problems: [],
      question: { now: contacts, next: { ...contacts, ...next }, due: { count: 3, more: true } },
    } as never),
  );

test('of people at employers’ nobody is told to confirm what stands in no list', () => {
  const alone = asked({ years: 1 });
  assert.match(alone, /3 Ansprechpersonen fällig\. Es können mehr sein/);
  assert.match(alone, /Niemand bestätigt es vorher/);
  const kept = asked({ years: 1, byItself: false });
  assert.match(kept, /wird niemand gelöscht/);
  assert.doesNotMatch(kept, /Zum Löschen fällig|3 Ansprechpersonen|mehr sein/);
});
