import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeMedia, inspect } from '../platform/media/index.ts';
import { closeTypesetter, typeset } from '../platform/pdf/index.ts';
import { printBundle } from './print-bundle.ts';

after(closeMedia);
after(closeTypesetter);

const now = new Date('2026-11-26T09:00:00Z');
const sheets = (count: number) =>
  typeset('separator.typ', {
    lang: 'de',
    date: '2026-11-26',
    title: 'Blatt',
    word: 'Blatt',
    text: '',
    jobcenter: '',
    count,
    qr: '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    alt: 'nichts',
  } as never);
const pagesOf = async (pdf: Uint8Array): Promise<number> => {
  const found = await inspect(pdf);
  assert.ok(found.ok);
  return found.pages;
};

test('on both sides every paper begins on an odd page, and nothing is laid behind the last one; on one side nothing is added', async () => {
  const papers = [await sheets(1), await sheets(2), await sheets(3), await sheets(1)];
  assert.equal(await pagesOf(await printBundle(papers, 'both', now)), 2 + 2 + 4 + 1);
  assert.equal(await pagesOf(await printBundle(papers, 'one', now)), 1 + 2 + 3 + 1);
  assert.equal(await pagesOf(await printBundle([await sheets(3)], 'both', now)), 3);
});
