import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { projectPath } from '../../platform/env/project.ts';
import { readTexts } from './folder.ts';
import { openLibrary } from './library.ts';

const own = mkdtempSync(join(tmpdir(), 'tandem-texts-'));
after(() => rmSync(own, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(own, path, '..'), { recursive: true });
  writeFileSync(join(own, path), text);
}

let now = new Date('2026-11-26T09:00:00Z');
const failures: unknown[] = [];
const library = (folder = own) =>
  openLibrary({
    shipped: projectPath('texts'),
    own: folder,
    now: () => now,
    failed: (error) => void failures.push(error),
  });

test('what is shipped is sound: every file is read without a problem', async () => {
  const files = await readTexts(projectPath('texts'), false);
  assert.ok(files.length > 50);
  assert.deepEqual(
    files.filter(({ read }) => read.kind === 'problems').map(({ file, read }) => ({ file, read })),
    [],
  );
});

test('a text of the Jobcenter takes the place of the shipped one, for this Jobcenter alone', async () => {
  write(
    'nord/help/de/inbox.md',
    '---\ntitle: Unser Eingang\nsince: 2027-01-01\nlaw: § 1 X\n---\nBei uns **anders**.\n',
  );
  const { of } = library();
  const text = (await of('nord')).help('de', 'inbox');
  assert.equal(text?.title, 'Unser Eingang');
  assert.deepEqual([text?.own, text?.since, text?.law], [true, '2027-01-01', '§ 1 X']);
  const other = (await of('sued')).help('de', 'inbox');
  assert.deepEqual([other?.title, other?.own], ['Posteingang', false]);
  assert.equal((await of('nord')).help('en', 'inbox')?.title, 'Unser Eingang');
});

test('a broken file changes nothing and is named with line and reason', async () => {
  write('ost/help/de/search.md', '---\ntitle: Suche\nsince: morgen\nfarbe: rot\n---\n<script>alert(1)</script>\n');
  write('ost/help/de/kein-schluessel.md', '---\ntitle: X\nsince: 2026-01-01\n---\nText\n');
  write('ost/help/de/post.md', 'Nur Text, kein Kopf.\n');
  write('ost/news/de/leer.md', '---\ntitle: X\ndate: 2026-11-01\nwhy: Y\nfor: alle\n---\n\n');
  write('ost/tour/de/weg.md', '---\ntitle: X\nday: 2\nlink: https://evil.example\nplace: practice\n---\nText\n');
  write('ost/help/de/clarify.md', `---\ntitle: X\nsince: 2026-01-01\n---\n${'x'.repeat(20_001)}`);
  const shelf = await library().of('ost');
  assert.equal(shelf.help('de', 'search')?.own, false);
  const found = Object.fromEntries(
    shelf.broken.map(({ file, problems }) => [
      file,
      problems.map((p) => `${p.line} ${p.code} ${p.field ?? ''}`.trim()),
    ]),
  );
  assert.deepEqual(found, {
    'help/de/search.md': ['3 value since', '4 unknown farbe', '1 missing since', '6 html'],
    'help/de/kein-schluessel.md': ['1 name'],
    'help/de/post.md': ['1 head'],
    'help/de/clarify.md': ['1 size'],
    'news/de/leer.md': ['7 empty'],
    'tour/de/weg.md': ['4 value link', '1 missing link'],
  });
});

test('a text can be hidden, an entry added, and what lies in the future waits', async () => {
  write('west/help/de/inbox.md', '---\nhidden: yes\n---\n');
  write('west/news/de/eigenes.md', '---\ntitle: Eigenes\ndate: 2026-11-26\nwhy: weil\nfor: alle\n---\nText\n');
  write('west/news/de/spaeter.md', '---\ntitle: Später\ndate: 2027-11-26\nwhy: weil\nfor: alle\n---\nText\n');
  const shelf = await library().of('west');
  assert.equal(shelf.help('de', 'inbox'), undefined);
  assert.equal(shelf.help('en', 'inbox'), undefined);
  const dates = shelf.news('de', '2026-11-26').map((entry) => entry.date);
  assert.deepEqual(dates, dates.toSorted().reverse());
  const titles = shelf.news('de', '2026-11-26').map((entry) => entry.title);
  assert.ok(titles.includes('Eigenes') && !titles.includes('Später'));
});

test('the tour has five days in order', async () => {
  const days = (await library().of('sued')).tour('de').map((task) => task.day);
  assert.deepEqual([...new Set(days)], [1, 2, 3, 4, 5]);
});

test('a changed file shows after ten seconds, and a folder that is not there is no error', {
  timeout: 30_000,
}, async () => {
  write('mitte/help/de/inbox.md', '---\ntitle: Erst\nsince: 2026-01-01\n---\nText\n');
  const { of } = library();
  assert.equal((await of('mitte')).help('de', 'inbox')?.title, 'Erst');
  write('mitte/help/de/inbox.md', '---\ntitle: Dann\nsince: 2026-01-01\n---\nText\n');
  now = new Date(now.getTime() + 10_000);
  const shows = async (title: string): Promise<boolean> => (await of('mitte')).help('de', 'inbox')?.title === title;
  while (!(await shows('Dann'))) await new Promise(setImmediate); // until the files are read, or the test's time is over
  const gone = library(join(own, 'no such folder'));
  assert.equal((await gone.of('mitte')).help('de', 'inbox')?.own, false);
});
