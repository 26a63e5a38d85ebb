import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { entryUrl } from '../../platform/env/project.ts';
import { closeMedia, renderPage } from '../../platform/media/index.ts';

after(closeMedia);
const root = mkdtempSync(join(tmpdir(), 'tandem-duplicates-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** The command as an operator types it; it needs no database. */
function duplicates(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [fileURLToPath(entryUrl('cli')), 'duplicates', ...args], {
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const payslip = (month: string, day: string, net: string): Buffer =>
  scanPdf([
    letterSheet({
      sender: 'Bäckerei Sonne GmbH',
      to: ['Jürgen Schröder', 'Gartenstraße 5', '01234 Musterstadt'],
      date: day,
      subject: `Entgeltabrechnung ${month} 2026`,
      text: [
        'Personalnummer 4711081522, Steuerklasse 1',
        'Gesamtbrutto 1.450,00 EUR, Lohnsteuer 11,07 EUR',
        'Krankenversicherung 118,90 EUR, Rentenversicherung 134,85 EUR',
        `Auszahlungsbetrag ${net} EUR am ${day}`,
      ],
    }),
  ]);

test('a folder is compared, and the list names files relative to it, scores, and what nobody could read', async () => {
  const folder = join(root, 'papers');
  mkdirSync(join(folder, 'mail'), { recursive: true });
  const november = payslip('November', '27.11.2026', '1.120,50');
  const drawn = await renderPage(november, 'application/pdf', 1, 1_240);
  assert.ok(!('failed' in drawn));
  writeFileSync(join(folder, 'mail', 'november.pdf'), november);
  writeFileSync(join(folder, 'photo.jpg'), await sharp(drawn.bytes).jpeg({ quality: 80 }).toBuffer());
  writeFileSync(join(folder, 'december.pdf'), payslip('Dezember', '28.12.2026', '1.098,31'));
  writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7\nnothing that anybody could open');
  const list = join(root, 'pairs.json');
  const { code, out, err } = duplicates(folder, '--json', list);
  assert.equal(code, 0, err);
  assert.match(out, /^4 files, 1 pairs are the same document, 1 files unread, [\d.]+ s a document$/m);

  const found = JSON.parse(readFileSync(list, 'utf8')) as Record<string, unknown>;
  assert.deepEqual(Object.keys(found).sort(), ['files', 'pairs', 'secondsPerDocument', 'unread']);
  assert.equal(found['files'], 4);
  assert.ok(typeof found['secondsPerDocument'] === 'number' && found['secondsPerDocument'] > 0);
  assert.deepEqual(found['unread'], [['broken.pdf', 'broken']]);
  const pairs = found['pairs'] as [string, string, number, string][];
  const readable = ['december.pdf', 'mail/november.pdf', 'photo.jpg'];
  for (const [a, b, score, reason] of pairs) {
    assert.ok(readable.includes(a) && readable.includes(b) && a < b, `${a}, ${b}`);
    assert.ok(score >= 0.1 && score <= 1 && reason !== '', `${score} ${reason}`);
  }
  const scores = pairs.map(([, , score]) => score);
  assert.deepEqual(
    scores,
    scores.toSorted((x, y) => y - x),
    'the surest first',
  );
  const same = pairs.filter(([, , score]) => score >= 0.5).map(([a, b]) => [a, b]);
  assert.deepEqual(same, [['mail/november.pdf', 'photo.jpg']], 'the next month is another paper');
});

test('a folder that is not there is one sentence, and nothing is written', () => {
  const list = join(root, 'none.json');
  const { code, err } = duplicates(join(root, 'nowhere'), '--json', list);
  assert.notEqual(code, 0);
  assert.match(err, /There is no folder/);
  assert.throws(() => readFileSync(list), /ENOENT/);
});
