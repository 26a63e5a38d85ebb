import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedVerbs, workViews } from '../../../modules/views/index.ts';
import { barVerbs } from './verb-bar.tsx';

test('every verb that a view puts first as shipped stands in the bar', () => {
  for (const view of workViews)
    for (const verb of shippedVerbs[view])
      assert.ok(
        barVerbs.some((each) => each === verb),
        `${view}: ${verb}`,
      );
});
