import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  areFirst,
  arrange,
  firstVerbs,
  isRule,
  type RuleVersion,
  ruleInForce,
  shippedBlocks,
  shippedVerbs,
  workViews,
} from './work-view.ts';

const version = (number: number, more: Partial<RuleVersion> = {}): RuleVersion => ({
  id: `v${number}`,
  view: 'placement',
  version: number,
  blocks: [{ block: 'open', shown: 'open' }],
  verbs: null,
  validFrom: '2026-11-01',
  teamId: null,
  reason: 'why',
  madeAt: new Date(0),
  madeBy: 's',
  ...more,
});
const on = (today: string, teamId: string | null = null) => ({ today, teamId });

test('what began last holds, and of two that began on one day the later one', () => {
  const versions = [version(3, { validFrom: '2026-12-01' }), version(2), version(1)];
  assert.equal(ruleInForce(versions, on('2026-11-30'))?.version, 2);
  assert.equal(ruleInForce(versions, on('2026-12-01'))?.version, 3);
  assert.equal(ruleInForce(versions, on('2026-10-31')), undefined);
  assert.equal(ruleInForce([], on('2026-12-01')), undefined);
});

test('a version for one team holds in its cases only, until a later one for all begins', () => {
  const versions = [version(3, { validFrom: '2026-12-01' }), version(2, { teamId: 'a' }), version(1)];
  assert.equal(ruleInForce(versions, on('2026-11-15', 'a'))?.version, 2);
  assert.equal(ruleInForce(versions, on('2026-11-15', 'b'))?.version, 1);
  assert.equal(ruleInForce(versions, on('2026-11-15'))?.version, 1);
  assert.equal(ruleInForce(versions, on('2026-12-15', 'a'))?.version, 3);
});

test('blocks that a rule does not know are shown, and those that are gone are left out', () => {
  const rules = [
    { block: 'papers', shown: 'hidden' },
    { block: 'gone', shown: 'open' },
    { block: 'open', shown: 'folded' },
  ] as const;
  assert.deepEqual(arrange(rules, ['open', 'papers', 'new']), [
    { block: 'papers', shown: 'hidden' },
    { block: 'open', shown: 'folded' },
    { block: 'new', shown: 'open' },
  ]);
});

test('a rule names each block once and leaves something open; the shipped ones do', () => {
  assert.equal(isRule([{ block: 'a', shown: 'folded' }]), false);
  assert.equal(
    isRule([
      { block: 'a', shown: 'open' },
      { block: 'a', shown: 'hidden' },
    ]),
    false,
  );
  for (const view of workViews) assert.ok(isRule(shippedBlocks[view]), view);
});

test('a version that says nothing of verbs, or none, leaves the shipped ones first', () => {
  assert.equal(firstVerbs('placement', undefined), shippedVerbs.placement);
  assert.equal(firstVerbs('placement', version(1)), shippedVerbs.placement);
  assert.deepEqual(firstVerbs('placement', version(2, { verbs: ['brief'] })), ['brief']);
  for (const view of workViews) assert.ok(areFirst(shippedVerbs[view]));
});
