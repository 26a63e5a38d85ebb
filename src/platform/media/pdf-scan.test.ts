import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { scanPdf } from './pdf-scan.ts';
import { mutate, packedPdf, pdfOf, seeded, simplePdf } from './samples.ts';

const active = (bytes: Buffer): boolean => scanPdf(bytes).active;

test('code is found wherever a reader would find it', () => {
  const js = '<< /S /JavaScript /JS (app.alert(1)) >>';
  for (const [what, bytes] of Object.entries({
    plain: simplePdf(1, `/OpenAction ${js}`),
    indirect: simplePdf(1, '/OpenAction 4 0 R', [js]),
    escaped: simplePdf(1, '/OpenAction << /S /J#61va#53cript /J#53 (x) >>'),
    'name by itself': simplePdf(1, '/OpenAction << /S 4 0 R >>', ['/JavaScript']),
    launch: simplePdf(1, '/OpenAction << /S /Launch /F (cmd.exe) >>'),
    comments: simplePdf(1, '/OpenAction << /S %\n/JavaScript%\n/JS(x)>>'),
    'inside a string': simplePdf(1, `/A (unfinished`, [js]),
    'inside a stream': simplePdf(1, '/OpenAction 9 0 R', [{ dict: '', data: Buffer.from(`9 0 obj ${js} endobj`) }]),
    'behind the word stream': simplePdf(1, `/A stream /OpenAction ${js}`),
    'behind a crooked bracket': simplePdf(1, `/A <41>> /B stream /OpenAction ${js}`),
    packed: packedPdf('/OpenAction 10 0 R', [js]),
    'packed and escaped': packedPdf('/OpenAction 10 0 R', ['<< /S /#4aavaScript >>']),
    'packed behind a string': packedPdf('/OpenAction 11 0 R', ['(never closed', js]),
    form: simplePdf(1, '/AcroForm << /XFA 4 0 R >>'),
    sending: simplePdf(1, '/OpenAction << /S /SubmitForm /F (http://example.org) >>'),
  }))
    assert.ok(active(bytes), what);
});

test('a text about JavaScript is only a text', () => {
  const text = 'BT (HTML/CSS/JavaScript /JS) Tj ET /JavaScript 1 0 0 rg';
  assert.equal(active(simplePdf(1, '', [{ dict: '', data: Buffer.from(text) }])), false);
  assert.equal(active(simplePdf(1, '', ['<< /Keywords (HTML /JavaScript /JS \\) /Launch) >>'])), false);
  assert.equal(active(simplePdf(1, '', ['<< /Keywords <2f4a53> /Next /JSON >>'])), false);
});

test('packing that no writer uses is opaque, not innocent', () => {
  assert.equal(scanPdf(packedPdf('', [], 'hex')).opaque, true);
  const bomb = deflateSync(Buffer.alloc(80_000_000, 0x20), { level: 9 });
  assert.equal(
    scanPdf(simplePdf(1, '', [{ dict: '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', data: bomb }])).opaque,
    true,
  );
  assert.equal(scanPdf(packedPdf('')).opaque, false);
});

test('files made to be slow are given up early', () => {
  const started = performance.now();
  for (const hostile of ['obj(', '1 0 obj<<', 'obj<', '(((', 'obj%', '<<'.repeat(8)]) {
    const bytes = pdfOf([hostile.repeat(400_000 / hostile.length)]);
    scanPdf(bytes);
  }
  const took = performance.now() - started;
  assert.ok(took < 20_000, `${took} ms`);
});

test('5,000 damaged PDFs: always an answer', () => {
  const next = seeded(7);
  const originals = [simplePdf(3), packedPdf('/OpenAction 10 0 R', ['<< /S /JavaScript >>']), packedPdf('', ['[1 2]'])];
  for (let i = 0; i < 5_000; i++) scanPdf(mutate(originals[i % 3] ?? Buffer.alloc(0), next));
});
