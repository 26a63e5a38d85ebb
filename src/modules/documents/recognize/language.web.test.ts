import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../../../../test/support/browser.ts';
import { certificates, germanPapers, paragraphs, writtenPaper } from '../../../../test/support/papers.ts';
import { closeReading, type PageReading, readPages } from '../../../platform/reading/index.ts';
import { foreignLanguage } from './language.ts';

const browser = await launchBrowser();
after(closeReading);
after(() => browser.close());

async function readAs(language: string, ...pages: readonly string[]): Promise<PageReading[]> {
  const read: PageReading[] = [];
  for await (const page of readPages(await writtenPaper(browser, { language, pages }), 'application/pdf')) {
    assert.ok(!('failed' in page));
    read.push(page);
  }
  return read;
}

for (const [language, texts] of Object.entries(certificates))
  test(`a paper in ${language} is named as such`, async () => {
    const [page] = await readAs(language, paragraphs(...texts));
    assert.ok(page !== undefined);
    assert.deepEqual([page.source, page.turned], ['text', 0], 'it stands upright, whichever way its lines run');
    assert.equal(await foreignLanguage(page), language);
  });

test('German papers stay German, whoever and whatever is named in them', async () => {
  const pages = await readAs('de', ...Object.values(germanPapers));
  assert.equal(pages.length, Object.keys(germanPapers).length);
  for (const page of pages) {
    assert.equal(page.source, 'text');
    assert.equal(await foreignLanguage(page), undefined);
  }
});

test('of a page in two languages, and of one with a few foreign words, nothing is said', async () => {
  const [both, few] = await readAs(
    'de',
    paragraphs(...certificates.tr) + germanPapers.letter,
    paragraphs('Zaświadczenie wydaje się na prośbę pracownicy', '12.11.2026 · 450,50 · 3704 0044 0532'),
  );
  assert.ok(both !== undefined && few !== undefined);
  assert.equal(await foreignLanguage(both), undefined);
  assert.equal(await foreignLanguage(few), undefined);
});
