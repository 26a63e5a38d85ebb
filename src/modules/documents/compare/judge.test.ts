import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, type Laid, SAME, turned } from './compare-documents.ts';

const laid = (extra: Partial<Laid> = {}): Laid => ({
  a: 1,
  b: 1,
  score: 1,
  covered: 0.95,
  evidence: 60,
  conflict: 0,
  known: 0.9,
  kin: [],
  ...extra,
});

test('the same telling page with another sum takes its terms along, whatever order the pages lie in', () => {
  const terms = laid({ a: 1, b: 2, evidence: 38 });
  const amended = laid({ a: 2, b: 1, score: 0, evidence: 84, conflict: 2.4 });
  assert.ok(judge([terms, amended]) < SAME);
  const otherPaper = laid({ a: 2, b: 1, score: 0, evidence: 5, conflict: 9 });
  assert.ok(judge([terms, otherPaper]) >= SAME, 'another paper of the same file says nothing about it');
  const nextMonth = laid({ a: 2, b: 1, score: 0, covered: 0.8, evidence: 40, conflict: 6 });
  assert.ok(
    judge([terms, nextMonth]) >= SAME,
    'January and February are still the same February as February and March',
  );
});

test('one sure difference on the sheet beside a page of terms with number and day makes another contract', () => {
  const terms = (evidence: number) => laid({ a: 2, b: 2, evidence });
  const sum = laid({ score: 0.4, covered: 0.988, evidence: 96, conflict: 0.86, kin: [] });
  assert.ok(judge([terms(35), sum]) < SAME);
  assert.ok(judge([terms(35), { ...sum, b: 5 }]) >= SAME, 'a sheet that lies elsewhere');
  assert.ok(judge([terms(90), sum]) >= SAME, 'a page that tells more than terms do');
});

test('pages of one account are one paper only as long as the page that is the same is not beyond doubt', () => {
  const other = laid({ a: 2, b: 2, score: 0, covered: 0.65, evidence: 40, conflict: 20, kin: [0] });
  assert.ok(judge([laid({ b: 3, evidence: 60 }), { ...other, b: 1 }]) >= SAME, 'no kin of the best page');
  assert.ok(judge([laid({ b: 3, evidence: 60, kin: [1] }), { ...other, b: 1 }]) < SAME);
  assert.ok(judge([laid({ b: 3, evidence: 190, kin: [1] }), { ...other, b: 1 }]) >= SAME, 'two statements in one file');
});

test('seen from the other side the pages change places', () => {
  assert.deepEqual(turned([laid({ a: 3, b: 7 })]), [laid({ a: 7, b: 3 })]);
});
