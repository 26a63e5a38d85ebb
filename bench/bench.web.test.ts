import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benchIntake } from './support/intake-run.ts';
import { benchPages } from './support/pages-run.ts';

test('the bench of the intake measures both sides', async (t) => {
  const result = await benchIntake({ count: 24, rounds: 1 }, (line) => t.diagnostic(line));
  for (const figures of [result, result.reference, result.pdf, result.pdf.reference]) {
    assert.ok(
      figures.perSecond > 0 && figures.p50Ms > 0 && figures.p99Ms >= figures.p95Ms && figures.cpuMsPerSubmission > 0,
    );
  }
  assert.ok(result.ratio > 0);
  assert.equal(result.failed + result.pdf.failed, 0);
});

test('the bench of the pages measures every page', async (t) => {
  const result = await benchPages({ count: 12, rounds: 1, sizes: [200, 2_000] }, (line) => t.diagnostic(line));
  assert.deepEqual(Object.keys(result.pages), ['start', 'concern', 'form', 'inbox', 'case']);
  for (const speed of Object.values(result.pages)) assert.ok(speed.perSecond > 0 && speed.p99Ms > 0);
  assert.ok((result.inboxRatio['all'] ?? 0) > 0);
  assert.ok(result.heaviestPortalPage > 0 && result.heaviestFirstVisit > result.heaviestPortalPage);
  assert.equal(result.failed, 0);
});
