import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Laid, SAME } from './compare-documents.ts';
import { type ComparedPapers, type Contest, copied, settlePapers } from './settle-papers.ts';

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

const same = laid();
const apart = laid({ score: 0.1, conflict: 2 });
/** Nothing can be seen where two rivals differ. */
const unseen: Contest = async () => 0;

/**
 * A paper that is settled with others: `papers` are these by letters, shapes of one paper share the letter, those of one letter are the same
 * and others look alike and differ; `found` holds its pages with each of them. Gives the letters of those it is.
 */
async function settled(
  papers: string,
  found: readonly (readonly Laid[])[],
  contest: Contest = unseen,
): Promise<string> {
  const all: ComparedPapers[] = found.map((pages, at) => ({ one: 0, other: at + 1, laid: pages }));
  for (const [one, letter] of [...papers].entries())
    for (const [other, second] of [...papers].entries())
      if (other > one) all.push({ one: one + 1, other: other + 1, laid: [letter === second ? same : apart] });
  return (await settlePapers(all, contest))
    .filter(({ one, score }) => one === 0 && score >= SAME)
    .map(({ other }) => papers[other - 1])
    .join('');
}
const each = (pages: readonly Laid[]): (readonly Laid[])[] => pages.map((page) => [page]);

test('a page that fits two papers equally well is neither of them', async () => {
  assert.equal(await settled('AB', each([same, same])), '');
  assert.equal(await settled('AABB', each([same, same, same, same])), '');
});

test('whatever a page is, it is the same as its own copy', async () => {
  const copy = copied([{ page: 1, blank: false }]);
  const found = await settlePapers(
    [
      { one: 0, other: 1, laid: [same] },
      { one: 0, other: 2, laid: [same] },
      { one: 0, other: 3, laid: copy },
      { one: 1, other: 2, laid: [apart] },
      { one: 1, other: 3, laid: [same] },
      { one: 2, other: 3, laid: [same] },
    ],
    unseen,
  );
  assert.deepEqual(
    found.slice(0, 3).map(({ score, by }) => [score >= SAME, by]),
    [
      [false, 'another'],
      [false, 'another'],
      [true, 'comparison'],
    ],
  );
});

test('a page that fits one paper better is that one, in all its shapes', async () => {
  const better = laid({ known: 1 });
  assert.equal(await settled('AABB', each([better, better, same, same])), 'AA');
  assert.equal(await settled('AABB', each([same, same, laid({ evidence: 70 }), laid({ evidence: 66 })])), 'BB');
  assert.equal(await settled('AB', each([laid({ conflict: 0.5 }), same])), 'B');
});

test('of papers that fit nearly equally well it is the one that came in many shapes', async () => {
  const worse = laid({ evidence: 59.5 });
  assert.equal(await settled('AAAAAB', each([same, same, same, same, same, worse])), 'AAAAA');
  assert.equal(await settled('AAB', each([same, same, worse])), '');
});

test('a page that looks like one of two papers where these two differ is that one, however they fit otherwise', async () => {
  const asked: string[] = [];
  const contest: Contest = async (mine, one, other) => {
    asked.push([mine, one, other].map(({ paper, page }) => `${paper}/${page}`).join(' '));
    return 1;
  };
  assert.equal(await settled('AB', each([same, laid({ known: 1 })]), contest), 'A');
  assert.deepEqual(asked, ['0/1 1/1 2/1'], 'rivals meet once');
});

test('one wrong reading among many shapes of a paper parts nothing, and joins nothing', async () => {
  const misread = laid({ score: 0.36, conflict: 0.9 });
  assert.equal(await settled('AAAA', each([same, same, same, misread])), 'AAAA');
  assert.equal(await settled('AAAA', each([misread, misread, misread, same])), '');
});

test('two hazy shapes that fit the same clear ones are the same, though nobody recognised one in the other', async () => {
  const hazy = laid({ known: 0.5, evidence: 40 });
  const clear = { one: 2, other: 3, laid: [same] };
  const fits = [0, 1].flatMap((one) => [2, 3].map((other) => ({ one, other, laid: [hazy] })));
  const pair = async (compared: readonly ComparedPapers[]) =>
    (await settlePapers([...compared, ...fits, clear], unseen)).find(({ one, other }) => one === 0 && other === 1);
  assert.deepEqual(
    await pair([]),
    { one: 0, other: 1, score: 0.6, by: 'third' },
    'they were never laid over each other',
  );
  const little = await pair([{ one: 0, other: 1, laid: [laid({ score: 0.2, covered: 0.5, evidence: 8 })] }]);
  assert.equal(little?.by, 'third');
  const other = await pair([{ one: 0, other: 1, laid: [laid({ score: 0, covered: 0.9, conflict: 3 })] }]);
  assert.deepEqual([other?.by, (other?.score ?? 1) < SAME], ['comparison', true], 'a sure difference stays one');
});

test('a photo that came three times and fits two papers does not make them one', async () => {
  const photos = [0, 1, 2];
  const compared = [
    ...photos.flatMap((one) => [3, 4].map((other) => ({ one, other, laid: [same] }))),
    ...photos.flatMap((one) => photos.filter((other) => other > one).map((other) => ({ one, other, laid: [same] }))),
    { one: 3, other: 4, laid: [apart] },
  ];
  const found = await settlePapers(compared, unseen);
  const of = (one: number, other: number) => found.find((pair) => pair.one === one && pair.other === other)?.score ?? 0;
  assert.ok(of(0, 1) >= SAME && of(1, 2) >= SAME, 'the photos are one paper');
  assert.ok(of(3, 4) < SAME, 'the two they fit are two');
  assert.ok(of(0, 3) < SAME && of(0, 4) < SAME, 'and it is not known which');
});

test('shapes of one paper are no rivals of each other where one of them was misread', async () => {
  const misread = laid({ score: 0.45, conflict: 0.78 });
  const photo = [same, same, misread, misread];
  assert.equal(await settled('AAAA', each(photo)), 'AAAA');
});

test('two receipts on one sheet are each the same as the sheet, and not as each other', async () => {
  const part = laid({ known: 1 });
  const found = await settlePapers(
    [
      { one: 0, other: 1, laid: [part] },
      { one: 1, other: 2, laid: [part] },
      { one: 0, other: 2, laid: [] },
    ],
    unseen,
  );
  assert.deepEqual(
    found.map(({ score }) => score >= SAME),
    [true, true, false],
  );
});

test('two papers in one file are no rivals: each is another page of it', async () => {
  assert.equal(await settled('AB', [[laid({ a: 1 })], [laid({ a: 2 })]]), 'AB');
  const stack = { one: 0, other: 1, laid: [laid({ a: 1 })] };
  const rest = { one: 0, other: 2, laid: [laid({ a: 2 })] };
  const found = await settlePapers([stack, rest], unseen);
  assert.deepEqual(
    found.map(({ one, other, score }) => [one, other, score]),
    [
      [0, 1, 1],
      [0, 2, 1],
    ],
    'and through the stack they do not become one',
  );
});

test('a page that is another paper takes the rest of its file along, where they belong together', async () => {
  const file = (known: number): readonly Laid[] => [laid({ known, kin: [1] }), laid({ a: 2, b: 2, kin: [0] })];
  const found = await settlePapers(
    [
      { one: 0, other: 1, laid: file(0.6) },
      { one: 0, other: 2, laid: file(1) },
      { one: 1, other: 2, laid: [laid({ score: 0.1, conflict: 2 }), laid({ a: 2, b: 2 })] },
    ],
    unseen,
  );
  assert.deepEqual(
    found.map(({ score }) => score >= SAME),
    [false, true, false],
  );
});

test('a page of terms that two contracts share does not say which of them a third one is', async () => {
  const of = async (evidence: number) => {
    const terms = laid({ a: 2, b: 2, evidence });
    const found = await settlePapers(
      [
        { one: 0, other: 1, laid: [terms] },
        { one: 0, other: 2, laid: [terms] },
        { one: 1, other: 2, laid: [laid({ score: 0, conflict: 5 }), terms] },
      ],
      unseen,
    );
    return found.map(({ score }) => score >= SAME);
  };
  assert.deepEqual(await of(22), [false, false, false]);
});

test('copies of a blank page prove nothing', () => {
  assert.deepEqual(copied([{ page: 1, blank: true }]), []);
});
