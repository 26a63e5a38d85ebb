import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../src/main/demo/random.ts';
import { makeBases } from './bases.ts';
import { labelledSet, labelOf } from './labels.ts';
import { pdfium } from './pdfium.ts';
import { project, projection } from './picture.ts';
import { planFiles } from './plan.ts';
import { createSetter } from './typst.ts';
import { makeVariant } from './variants.ts';

describe('the labelled set', () => {
  const bases = makeBases(7, 8);

  test('has the same papers for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([bases, makeBases(7, 8), makeBases(8, 8)]);
    assert.deepEqual(
      again.map(({ pdf }) => Buffer.from(pdf)),
      first.map(({ pdf }) => Buffer.from(pdf)),
    );
    assert.notDeepEqual(Buffer.from(other[0]?.pdf ?? []), Buffer.from(first[0]?.pdf ?? []));
  });

  test('makes the same bytes from the same plan', async () => {
    const set = await createSetter();
    const [base] = await bases;
    assert.ok(base);
    for (const shape of ['resaved', 'scanned', 'bad-photo'] as const) {
      const make = () => makeVariant([{ base, page: 0 }], shape, set, createRandom('x'));
      const [one, two] = [await make(), await make()];
      assert.ok(Buffer.from(one.bytes).equals(two.bytes), shape);
    }
  });

  test('labels follow from the pages', async () => {
    const plans = planFiles(await bases, 5, createRandom('plan'));
    const set = labelledSet(plans.map((plan, i) => labelOf(`d${i}`, plan, 'application/pdf')));
    const same = set.samePairs().map((pair) => pair.join(' '));
    const hard = set.hardNegatives().map((pair) => pair.join(' '));
    const unsettled = set.unsettledPairs().map((pair) => pair.join(' '));
    assert.ok(same.length > 20 && hard.length > 20);
    assert.equal(new Set([...same, ...hard, ...unsettled]).size, same.length + hard.length + unsettled.length);
    for (const base of await bases)
      assert.ok(
        base.kind === 'form' || base.pages.some(({ common, twin }) => !common && !twin),
        `${base.id} can be told`,
      );
    assert.ok(set.files.filter(({ telling }) => telling.length === 0).every(({ kind }) => kind === 'form'));
    const merged = set.files.find(({ variant }) => variant === 'merged');
    assert.ok(merged && merged.base.length > 1);
  });

  test('pages drawn have the colours of the PDF, and projections meet their points', async () => {
    const set = await createSetter();
    const pdf = set('stamp.typ', { look: 'bar', font: 'Roboto', lines: ['', ''], fill: '#ff0000', colour: '#000000' });
    const { data, width, height } = await (await pdfium()).render(pdf, 0, 72);
    const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3;
    assert.deepEqual([...data.subarray(middle, middle + 3)], [255, 0, 0]);
    const corners = [
      [1, 2],
      [50, 3],
      [60, 80],
      [0, 70],
    ] as const;
    const p = projection(
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
      corners,
    );
    const [x, y] = project(p, [1, 1]);
    assert.ok(Math.abs(x - 60) < 1e-6 && Math.abs(y - 80) < 1e-6);
  });
});
