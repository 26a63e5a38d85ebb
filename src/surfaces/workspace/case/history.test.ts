import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimelineEvent } from '../../../modules/cases/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { eventWords } from './history.tsx';

test('an entry of a kind that a newer version wrote has a line of its own, and the history stays readable', () => {
  const event = { kind: 'of-the-next-version', detail: { some: 'thing' } } as unknown as TimelineEvent;
  for (const language of ['de', 'en'] as const) {
    const { title, body } = eventWords({ t: translate(language), language }, event);
    assert.match(title, /Fassung von Tandem|version of Tandem/);
    assert.equal(body, undefined);
  }
});
