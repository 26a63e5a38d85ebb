import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, type Laid, SAME } from './compare-documents.ts';
import { type Rivals, settleRivals as settle, turned } from './rivals.ts';

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
/** Settles by what was laid over each other alone: nothing can be seen where two rivals differ. */
const settleRivals = (found: readonly (readonly Laid[])[], between: Rivals['between']) =>
  settle(found, { between, contest: async () => 0 });
const same = laid();
const apart = laid({ score: 0.1, conflict: 2 });

/** Papers by letters: shapes of one paper share the letter. Those of one letter are the same, others look alike and differ. */
const between =
  (papers: string) =>
  async (one: number, other: number): Promise<readonly Laid[]> => [papers[one] === papers[other] ? same : apart];
const kept = async (papers: string, pages: readonly (readonly Laid[])[]): Promise<string> =>
  (await settleRivals(pages, between(papers)))
    .flatMap((each, at) => (judge(each) >= SAME ? [papers[at]] : []))
    .join('');

test('a page that fits two papers equally well is neither of them', async () => {
  assert.equal(await kept('AB', [[same], [same]]), '');
  assert.equal(await kept('AABB', [[same], [same], [same], [same]]), '');
});

test('whatever a page is, it is the same as its own copy', async () => {
  const copy = laid({ covered: 0.99, known: 1 });
  const settled = await settleRivals([[same], [same], [copy]], async (one, other) => [
    one + other === 1 ? apart : same,
  ]);
  assert.deepEqual(
    settled.map((each) => judge(each) >= SAME),
    [false, false, true],
  );
});

test('a page that fits one paper better is that one, in all its shapes', async () => {
  const better = laid({ known: 1 });
  assert.equal(await kept('AABB', [[better], [better], [same], [same]]), 'AA');
  assert.equal(await kept('AABB', [[same], [same], [laid({ evidence: 70 })], [laid({ evidence: 66 })]]), 'BB');
  assert.equal(await kept('AB', [[laid({ conflict: 0.5 })], [same]]), 'B');
});

test('a page that looks like one of two papers where these two differ is that one, however they fit otherwise', async () => {
  const asked: string[] = [];
  const settled = await settle([[same], [laid({ known: 1 })]], {
    between: between('AB'),
    contest: async (page, one, other) => {
      asked.push(`${page}: ${one.of}/${one.page} ${other.of}/${other.page}`);
      return 1;
    },
  });
  assert.deepEqual(
    settled.map((each) => judge(each) >= SAME),
    [true, false],
  );
  assert.deepEqual(asked, ['1: 0/1 1/1'], 'rivals meet once');
});

test('shapes of one paper are no rivals, and what was never laid over each other neither', async () => {
  assert.equal(await kept('AAA', [[same], [laid({ known: 0.3, evidence: 12 })], [same]]), 'AAA');
  const [one, other] = await settleRivals([[same], [same]], async () => []);
  assert.deepEqual([one, other], [[same], [same]]);
});

test('two papers in one file are no rivals: each is another page of it', async () => {
  assert.equal(await kept('AB', [[laid({ a: 1 })], [laid({ a: 2 })]]), 'AB');
});

test('a page that is another paper takes the rest of its file along, where they belong together', async () => {
  const file = (known: number): readonly Laid[] => [laid({ known, kin: [1] }), laid({ a: 2, b: 2, kin: [0] })];
  const settled = await settleRivals([file(0.6), file(1)], async () => [
    laid({ score: 0.1, conflict: 2 }),
    laid({ a: 2, b: 2 }),
  ]);
  assert.deepEqual(
    settled.map((each) => judge(each) >= SAME),
    [false, true],
  );
});

test('a page of terms that two contracts share does not say which of them a third one is', async () => {
  const terms = laid({ a: 2, b: 2, evidence: 22 });
  const contracts = [laid({ score: 0, conflict: 5 }), laid({ a: 2, b: 2, evidence: 22 })];
  const settled = await settleRivals([[terms], [terms]], async () => contracts);
  assert.deepEqual(
    settled.map((each) => judge(each) >= SAME),
    [false, false],
  );
  const own = laid({ a: 2, b: 2, evidence: 60 });
  const paper = [laid({ score: 0, conflict: 5 }), laid({ a: 2, b: 2, evidence: 60 })];
  assert.deepEqual(await settleRivals([[own], [own]], async () => paper), [[own], [own]], 'it tells itself what it is');
});

test('of papers that fit nearly equally well it is the one that came in many shapes', async () => {
  const worse = laid({ evidence: 59.5 });
  assert.equal(
    await kept(
      'AAAAAB',
      [worse, worse, worse, worse, worse, same].map((each) => [each]),
    ),
    '',
  );
  assert.equal(
    await kept(
      'AAAAAB',
      [same, same, same, same, same, worse].map((each) => [each]),
    ),
    'AAAAA',
  );
  assert.equal(
    await kept(
      'AAB',
      [same, same, worse].map((each) => [each]),
    ),
    '',
  );
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
