import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { bilevelPages, stackTiff } from '../../../test/support/tiff.ts';
import { type BatchRow, lettersOfBatch, listBatches, readScans } from '../../modules/post/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { watchScans } from './scan-folder.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const scanFolder = mkdtempSync(join(tmpdir(), 'tandem-scans-'));
after(() => rmSync(scanFolder, { recursive: true, force: true }));
const team = join(scanFolder, 'musterstadt', 'leistung');
mkdirSync(team, { recursive: true });
const watch = watchScans({ ...office.jobs, scanFolder });
const lead = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] } as const;
const batches = (): Promise<BatchRow[]> =>
  office.services.database.tenant(tenant.jobcenter.id, (tx) => listBatches(tx, lead));
const stack = (mark: string): Buffer =>
  scanPdf([letterSheet({ sender: 'Berg KG', subject: 'Mietvertrag', text: ['Kaltmiete'] })], mark);

/** A file that was written so many seconds ago. */
function put(folder: string, name: string, bytes: Uint8Array, seconds: number): void {
  writeFileSync(join(folder, name), bytes);
  const at = office.services.clock.now().getTime() / 1_000 - seconds;
  utimesSync(join(folder, name), at, at);
}

test('a finished file is taken for the team of its folder and moved away; one that grows is left', async () => {
  put(team, 'scan1.pdf', stack('1'), 60);
  put(team, 'growing.pdf', stack('2'), -60); // written on until in a minute
  put(team, 'half.pdf', stack('3').subarray(0, 400), 60);
  put(team, '.hidden.pdf', stack('4'), 60);
  await watch();
  assert.deepEqual(
    (await batches()).map((b) => [b.name, b.teamId]),
    [['scan1.pdf', tenant.teams['leistung']]],
  );
  assert.deepEqual(readdirSync(team).sort(), ['.hidden.pdf', 'done', 'growing.pdf', 'half.pdf']);
  assert.deepEqual(readdirSync(join(team, 'done')), ['scan1.pdf']);
});

test('the same file again is noticed and not taken twice', async () => {
  put(team, 'scan1.pdf', stack('1'), 60);
  await watch();
  const [only, ...more] = await batches();
  assert.deepEqual([only?.again, more.length], [1, 0]);
  assert.deepEqual(readdirSync(join(team, 'done')).sort(), ['scan1 (2).pdf', 'scan1.pdf']);
});

test('a kill between the commit and the move is no second copy: the move is made up for', async () => {
  put(team, 'scan5.pdf', stack('5'), 60);
  await watch();
  await office.services.database.tenant(tenant.jobcenter.id, (tx) =>
    tx.raw("update app.scan_batch set moved_at = null where name = 'scan5.pdf'", []),
  );
  put(team, 'scan5.pdf', stack('5'), 60);
  await watch();
  const found = (await batches()).filter((batch) => batch.name === 'scan5.pdf');
  assert.deepEqual(
    found.map((batch) => batch.again),
    [0],
  );
});

test('what cannot be read lies in problem, with a row that says why; without a team only leads see it', async () => {
  const root = join(scanFolder, 'musterstadt');
  put(root, 'Rechnung.docx', Buffer.from('PK no scan at all'), 60);
  put(root, 'leer.pdf', Buffer.alloc(0), 3_600);
  put(team, 'half.pdf', stack('3').subarray(0, 400), 3_600);
  await watch();
  await watch();
  const problems = (await batches()).filter((batch) => batch.problem !== null);
  assert.deepEqual(problems.map((batch) => [batch.name, batch.problem, batch.teamId === null]).sort(), [
    ['Rechnung.docx', 'unknown-type', true],
    ['half.pdf', 'broken', false],
    ['leer.pdf', 'empty', true],
  ]);
  assert.deepEqual(readdirSync(join(root, 'problem')).sort(), ['Rechnung.docx', 'leer.pdf']);
  const clerk = { role: 'clerk', id: lead.id, teamIds: [tenant.teams['leistung'] ?? ''] } as const;
  const seen = await office.services.database.tenant(tenant.jobcenter.id, (tx) => listBatches(tx, clerk));
  assert.ok(seen.every((batch) => batch.teamId !== null));
});

const newest = async (name: string): Promise<BatchRow[]> => (await batches()).filter((batch) => batch.name === name);
/** As if somebody had written into a file so many seconds ago. */
function touch(path: string, seconds: number): void {
  const at = office.services.clock.now().getTime() / 1_000 - seconds;
  utimesSync(path, at, at);
}
const readAll = async (): Promise<void> => {
  while (await readScans({ ...office.services, ownName: 'Jobcenter' }, tenant.jobcenter.id));
};

test('a TIFF in black and white: taken after a longer silence, and what the scanner still writes into it is not lost', async () => {
  const letter = (subject: string) => letterSheet({ sender: 'Berg KG', subject, text: ['Kaltmiete 480,00 EUR'] });
  const pages = await bilevelPages(scanPdf([letter('Mietvertrag'), letter('Nebenkosten'), letter('Mahnung')]), 3);
  put(team, 'stapel.tif', stackTiff(pages.slice(0, 2)), 60);
  await watch();
  assert.deepEqual(await newest('stapel.tif'), [], 'between two pages it is whole, and the next one may take its time');
  touch(join(team, 'stapel.tif'), 180);
  await watch();
  await readAll();
  assert.deepEqual(
    (await newest('stapel.tif')).map(({ pages, later }) => [pages, later]),
    [[2, undefined]],
  );
  // The scanner has the file open still, wherever it lies.
  const moved = join(team, 'done', 'stapel.tif');
  writeFileSync(moved, stackTiff(pages));
  touch(moved, 30);
  await watch();
  assert.equal((await newest('stapel.tif')).length, 1, 'and it may go on');
  touch(moved, 180);
  await watch();
  await readAll();
  const [whole, part] = await newest('stapel.tif');
  assert.deepEqual([whole?.pages, whole?.earlier, part?.pages, part?.later], [3, part?.id, 2, whole?.id]);
  const inOffice = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]) =>
    office.services.database.tenant(tenant.jobcenter.id, work);
  const letters = await inOffice((tx) => lettersOfBatch(tx, whole?.id ?? ''));
  assert.ok(letters.length > 0 && letters.every(({ suggestion }) => /Berg/.test(suggestion.sender?.name ?? '')));
  touch(moved, 170); // touched, not changed: by a copy program
  await watch();
  assert.deepEqual(
    (await newest('stapel.tif')).map(({ again }) => again),
    [0, 0],
  );
  assert.ok(readdirSync(join(team, 'done')).includes('stapel.tif'), 'it lies where it lay');
});

test('a PDF that was replaced after it was taken, and an empty file that was filled, are taken as what they are then', async () => {
  put(team, 'zweimal.pdf', stack('first'), 60);
  put(team, 'spaeter.pdf', Buffer.alloc(0), 3_600);
  await watch();
  assert.equal((await newest('spaeter.pdf'))[0]?.problem, 'empty');
  put(join(team, 'done'), 'zweimal.pdf', stack('second'), 60);
  put(join(team, 'problem'), 'spaeter.pdf', stack('late'), 60);
  await watch();
  await watch();
  const [second, first] = await newest('zweimal.pdf');
  assert.deepEqual([second?.earlier, first?.later], [first?.id, second?.id]);
  const [late, empty] = await newest('spaeter.pdf');
  assert.deepEqual([late?.problem, late?.earlier, empty?.later], [null, undefined, late?.id]);
  assert.ok(readdirSync(join(team, 'done')).includes('spaeter.pdf'), 'no problem any more');
});

test('killed between the commit and the move of a file that grew: made up for, and not once more', async () => {
  put(team, 'tod.pdf', stack('short'), 60);
  await watch();
  put(join(team, 'done'), 'tod.pdf', stack('long'), 60);
  await watch();
  const [long, short] = await newest('tod.pdf');
  // As it stood after the commit: the earlier batch is looked at still, the later one not settled yet.
  await office.services.database.tenant(tenant.jobcenter.id, async (tx) => {
    const set = 'update app.scan_batch set folder_file = $2, folder_stamp = $3, moved_at = $4 where id = $1';
    await tx.raw(set, [short?.id, 'leistung/done/tod.pdf', '1 1', tx.now]);
    await tx.raw(set, [long?.id, null, null, null]);
  });
  await watch();
  await watch();
  assert.deepEqual(
    (await newest('tod.pdf')).map(({ id, again }) => [id, again]),
    [
      [long?.id, 0],
      [short?.id, 0],
    ],
  );
});

/** Root may read everything: a while as nobody, who owns what the worker writes to. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  const give = (path: string): void => {
    chownSync(path, 65_534, 65_534);
    for (const each of readdirSync(path, { withFileTypes: true })) if (each.isDirectory()) give(join(path, each.name));
  };
  give(scanFolder);
  for (const folder of [office.jobs.blobFolder, office.jobs.derivedFolder]) {
    mkdirSync(folder, { recursive: true });
    give(folder);
  }
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a file without the right to read it stops no other; the list says whom to tell, and it is taken once it can be', async () => {
  put(team, 'a verboten.pdf', stack('secret'), 60);
  put(team, 'b erlaubt.pdf', stack('open'), 60);
  chmodSync(join(team, 'a verboten.pdf'), 0o000);
  chmodSync(join(team, 'b erlaubt.pdf'), 0o644);
  await asNobody(async () => {
    await watch();
    await watch();
  });
  assert.equal((await newest('b erlaubt.pdf'))[0]?.problem, null);
  assert.deepEqual(
    (await newest('a verboten.pdf')).map(({ problem }) => problem),
    ['no-access'],
    'said once',
  );
  assert.ok(readdirSync(team).includes('a verboten.pdf'), 'and left where it is');
  chmodSync(join(team, 'a verboten.pdf'), 0o644);
  await watch();
  const [taken, refused] = await newest('a verboten.pdf');
  assert.deepEqual([taken?.problem, refused?.later], [null, taken?.id]);
});

test('a stack of more than 500 pages is refused with what to do, and nothing of it is read', async () => {
  put(
    team,
    'zu viel.pdf',
    scanPdf(
      Array.from({ length: 501 }, () => ({})),
      'many',
    ),
    60,
  );
  await watch();
  await readAll();
  const [refused] = await newest('zu viel.pdf');
  assert.deepEqual([refused?.problem, refused?.read, refused?.letters], ['too-many-pages', 0, 0]);
  assert.match(translate('de')(`post:problem.${refused?.problem}`), /mehr als 500 Seiten.*teilen/);
});
