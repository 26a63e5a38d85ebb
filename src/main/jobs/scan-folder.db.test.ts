import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { type BatchRow, listBatches } from '../../modules/post/index.ts';
import { watchScans } from './scan-folder.ts';

const office = await openTestOffice();
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
  put(team, 'growing.pdf', stack('2'), 2);
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
  put(root, 'leer.pdf', Buffer.alloc(0), 60);
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
