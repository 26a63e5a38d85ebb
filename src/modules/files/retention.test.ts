import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedRules } from './retention.ts';

test('the rules as shipped rest on the duty to delete, not on what the law says of data whose correctness is disputed', () => {
  for (const [name, { source }] of Object.entries(shippedRules)) {
    assert.match(source, /Art\. 17 Abs\. 1 Buchst\. a/, name);
    assert.doesNotMatch(source, /§ 84 Abs\. 2/, name);
  }
});
