import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { closeTypesetter, typeset } from './index.ts';
import { qrSvg } from './qr.ts';
import { sampleLetter, sampleReceipt } from './sample.ts';

describe('typeset', () => {
  let library: PDFiumLibrary;
  before(async () => {
    library = await PDFiumLibrary.init();
  });
  after(async () => {
    library.destroy();
    await closeTypesetter();
  });

  /** The text of a PDF, invisible break points and line ends taken out. */
  const read = async (bytes: Uint8Array): Promise<{ pages: number; text: string }> => {
    const document = await library.loadDocument(bytes);
    const texts = [...document.pages()].map((page) => page.getText());
    document.destroy();
    return { pages: texts.length, text: texts.join('\n').replace(/[\u200b\r\n]/g, '') };
  };

  test('a receipt is tagged, in its language, and shows number, hashes and answers', async () => {
    const data = sampleReceipt({ documents: 3, answers: 5 });
    const bytes = await typeset('receipt.typ', data);
    const raw = Buffer.from(bytes).toString('latin1');
    assert.match(raw, /pdfuaid:part>1</);
    assert.match(raw, /\/Marked true/);
    assert.match(raw, /\/Lang ?\(de/);
    const { text } = await read(bytes);
    for (const part of [
      'MU-2026-004711',
      data.documents.rows[2]?.sha256 ?? '?',
      'Antwort 1',
      'K7QM-4TXA-9WRD',
      data.signature?.value ?? '?',
    ])
      assert.ok(text.includes(part), `the receipt shows ${part}`);
  });

  test('the same data gives the same bytes', async () => {
    const data = sampleReceipt({ documents: 1, answers: 1 });
    assert.deepEqual(await typeset('receipt.typ', data), await typeset('receipt.typ', data));
  });

  test('a receipt without access code, answers, check page and signature is complete too', async () => {
    const {
      access: _a,
      answers: _b,
      check: _c,
      signature: _s,
      intro: _i,
      next: _n,
      ...data
    } = sampleReceipt({ documents: 0, answers: 0 });
    const { pages, text } = await read(await typeset('receipt.typ', data));
    assert.equal(pages, 1);
    assert.ok(text.includes(data.documents.none));
  });

  test('300 answers and 200 documents fit', async () => {
    const { pages, text } = await read(await typeset('receipt.typ', sampleReceipt({ documents: 200, answers: 300 })));
    assert.ok(pages > 10 && pages < 40);
    assert.ok(text.includes('Antwort 300') && text.includes('Seite 1 von'));
  });

  test('markup in data stays text', async () => {
    const hostile = '#panic() *a* _b_ $x$ @ref <label> `code` \\ // /* = H #{sys} "q" https://x.example [c]';
    const data = {
      ...sampleReceipt({ documents: 1, answers: 1 }),
      title: hostile,
      facts: [{ label: hostile, value: hostile }],
    };
    const { text } = await read(await typeset('receipt.typ', data));
    assert.ok(text.replaceAll(' ', '').split(hostile.replaceAll(' ', '')).length >= 4);
  });

  test('characters that no font has, controls and half pairs do not stop a receipt', async () => {
    const odd = 'Anna 家龍 😀 \u0000\u0007 \ud800 محمد य \\u0000 ﷽';
    const data = { ...sampleReceipt({ documents: 1, answers: 1 }), facts: [{ label: 'Von', value: odd }] };
    const { text } = await read(await typeset('receipt.typ', data));
    assert.ok(text.includes('Anna □□'));
    assert.ok(text.includes('\\u0000'), 'a typed backslash is no escape');
  });

  test('a letter is set', async () => {
    const { pages, text } = await read(await typeset('letter.typ', sampleLetter()));
    assert.equal(pages, 1);
    assert.ok(text.includes('Mina Beispielova'));
  });

  test('wrong names and wrong data are errors, and the thread lives on', async () => {
    const data = sampleReceipt({ documents: 0, answers: 0 });
    await assert.rejects(typeset('../base.typ', data), /not the name of a template/);
    await assert.rejects(typeset('receipt.typ', { lang: 'de', date: '2026-11-23' }), /receipt\.typ/);
    await assert.rejects(typeset('receipt.typ', { ...data, date: 'today' }), /YYYY-MM-DD/);
    assert.ok((await typeset('receipt.typ', data)).length > 1000);
  });
});

test('a QR code has a quiet zone of four modules and a finder pattern in three corners', () => {
  const svg = qrSvg('https://example.org/pruefen/1');
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const dark = svg.slice(svg.lastIndexOf('<path'));
  const runs = [...dark.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => ({
    x: Number(x),
    y: Number(y),
    length: Number(length),
  }));
  assert.ok(runs.every(({ x, y, length }) => x >= 4 && y >= 4 && y < size - 4 && x + length <= size - 4));
  for (const [x, y] of [
    [4, 4],
    [size - 11, 4],
    [4, size - 11],
  ])
    assert.ok(
      runs.some((run) => run.x === x && run.y === y && run.length === 7),
      `finder at ${x}, ${y}`,
    );
});
