import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeMedia } from '../src/platform/media/index.ts';
import { benchDuplicates, labelledFolder } from './support/duplicates-run.ts';
import { benchIntake } from './support/intake-run.ts';
import { benchPages } from './support/pages-run.ts';
import { benchSearch } from './support/search-run.ts';
import { benchWorkspace } from './support/workspace-run.ts';

test('the bench of the intake measures both sides', async (t) => {
  // Processor time comes in steps of 10 ms: of 24 plain inserts one step was seen now and then, and once none.
  const result = await benchIntake({ count: 120, rounds: 1 }, (line) => t.diagnostic(line));
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

test('the bench of the search asks every kind of question', async (t) => {
  const result = await benchSearch({ documents: 400, notes: 1_200, asks: 3 }, (line) => t.diagnostic(line));
  assert.ok((result.asks['frequent']?.hits ?? 0) > 0 && result.p95Ms > 0 && result.ratio > 0);
  assert.ok((result.asks['a misspelt name']?.hits ?? 0) > 0 && result.people > 0);
});

test('the bench of papers that come twice makes its set, and counts what is found and what is mistaken', async (t) => {
  after(closeMedia);
  const tell = (line: string): void => t.diagnostic(line);
  const { folder, set } = await labelledFolder({ seed: 7, bases: 2, perBase: 3 }, tell);
  const result = await benchDuplicates(folder, set, tell);
  assert.equal(result.files, set.files.length);
  assert.ok(result.precision >= 0.9 && result.recall > 0, JSON.stringify(result));
  assert.ok(result.ocrPages > 0 && result.cpuSecondsPerOcrPage > 0 && result.secondsPerDocument > 0);
});

test('the bench of the workspace measures every step of several people at work', async (t) => {
  const options = { staff: 3, minutes: 0.2, think: 0.2, cases: 200, seed: 1 };
  const result = await benchWorkspace(options, (line) => t.diagnostic(line));
  assert.deepEqual([result.failed, result.examples], [0, []]);
  assert.ok(Object.keys(result.steps).length > 10);
  for (const step of Object.values(result.steps)) assert.ok(step.p50Ms > 0 && step.p95Ms >= step.p50Ms);
});
