import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, type ScanSheet, scanPdf } from '../../../test/support/scans.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { findDocument } from '../../modules/documents/index.ts';
import { type FormDefinition, shippedDefinitions } from '../../modules/forms/index.ts';
import { addStaff, newTotpSecret } from '../../modules/identity/index.ts';
import {
  endingBatches,
  eraseDay,
  eraseDays,
  type Filing,
  fileLetter,
  findBatch,
  letterPdf,
  lettersOfBatch,
  pagesOfBatch,
  pagesOfLetter,
  putAside,
  readScans,
  type ScanLetter,
  separatorCode,
  takeUpAgain,
} from '../../modules/post/index.ts';
import { fixedClock } from '../../platform/clock/index.ts';
import { randomSecret } from '../../platform/crypto/index.ts';
import { projectPath } from '../../platform/env/project.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { eraseScans } from './erase-scans.ts';
import { watchScans } from './scan-folder.ts';

const day = 86_400_000;
const clock = fixedClock('2026-11-02T09:00:00Z');
const office = await openTestOffice(clock);
after(closeMedia);
after(closeReading);
const { services } = office;
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { jobcenter } = tenant;
const scanFolder = mkdtempSync(join(tmpdir(), 'tandem-scans-'));
after(() => rmSync(scanFolder, { recursive: true, force: true }));
const folder = join(scanFolder, 'musterstadt', 'leistung');
const done = join(folder, 'done');
mkdirSync(folder, { recursive: true });
const jobs = { ...office.jobs, scanFolder };
const night = eraseScans(jobs);
const inOffice = <T>(work: Parameters<typeof services.database.tenant<T>>[1]): Promise<T> =>
  services.database.tenant(jobcenter.id, work);
const teamId = tenant.teams['leistung'] ?? null;
const staffId = await inOffice(async (tx) => {
  const login = { login: 'post', name: 'Kim Muster', role: 'lead' as const, password: 'a long password' };
  const added = await addStaff(tx, randomSecret(), { ...login, totpSecret: newTotpSecret(), teamIds: [] });
  return added.kind === 'added' ? added.id : '';
});
const actor = { kind: 'staff', id: staffId, name: 'Kim Muster' } as const;
const reader = { role: 'lead', id: staffId, teamIds: [] } as const;
const form = shippedDefinitions().find((each) => each.key === 'unterlagen') as FormDefinition;
const keys = await services.keyring.of(jobcenter.id);
const letterAct = { actor, reader, office: { store: services.vault, ownName: '', today: '2026-11-02' } };

const sheet = (subject: string): ScanSheet =>
  letterSheet({ sender: 'Berg KG', subject, text: ['Kaltmiete 480,00 EUR'] });
const separator: ScanSheet = { code: separatorCode, lines: [{ text: 'Trennblatt', x: 200, y: 400, size: 30 }] };

/** Puts a stack into the scanner's folder, has it taken and read. */
async function scan(name: string, sheets: readonly ScanSheet[]) {
  const bytes = scanPdf(sheets, name);
  writeFileSync(join(folder, name), bytes);
  const at = clock.now().getTime() / 1_000 - 60;
  utimesSync(join(folder, name), at, at);
  await watchScans(jobs)();
  while (await readScans({ ...services, ownName: jobcenter.name }, jobcenter.id));
  const [row] = await inOffice((tx) =>
    tx.raw<{ id: string; document: string }>(
      'select id, document_id as document from app.scan_batch where jobcenter_id = $1 and name = $2',
      [jobcenter.id, name],
    ),
  );
  assert.ok(row !== undefined);
  return { id: row.id, documentId: row.document, bytes, letters: await inOffice((tx) => lettersOfBatch(tx, row.id)) };
}

async function file(letter: ScanLetter | undefined, bytes: Buffer): Promise<string> {
  assert.ok(letter !== undefined);
  const pages = await inOffice((tx) => pagesOfLetter(tx, letter.id));
  const pdf = await letterPdf(bytes, 'application/pdf', pages);
  assert.ok(!('failed' in pdf));
  const cut = { name: 'Brief.pdf', bytes: pdf, mediaType: 'application/pdf', pages: pages.length };
  const document = await services.vault.prepare(jobcenter.id, cut);
  const filing: Filing = {
    letterId: letter.id,
    version: letter.version,
    kind: 'rent-contract',
    form,
    teamId,
    person: { familyName: '', givenName: '' },
    receivedOn: '2026-11-02',
    document,
    frozen: { concern: form.key, version: form.version, language: 'de', title: 'x', sections: [] },
    receiptByLetter: false,
  };
  const filed = await inOffice((tx) => fileLetter(tx, { actor, reader, jobcenter, keys }, filing));
  assert.equal(filed.kind, 'filed');
  return document.id;
}

const isThere = async (documentId: string): Promise<boolean> =>
  (await inOffice((tx) => services.vault.read(tx, documentId))) !== undefined;
const derivedOf = (documentId: string): string[] =>
  readdirSync(jobs.derivedFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(documentId));

test('a stack goes thirty days after its last letter was filed, with every copy; the letters and the list stay', async () => {
  const stack = await scan('two.pdf', [sheet('Mietvertrag'), separator, sheet('Kündigung'), {}]);
  assert.equal(stack.letters.length, 2);
  assert.equal(stack.letters[0]?.suggestion.sender?.name, 'Berg KG');
  const first = await file(stack.letters[0], stack.bytes);
  clock.advance(40 * day);
  await night();
  assert.ok(await isThere(stack.documentId), 'one letter is still open');
  await file(stack.letters[1], stack.bytes);
  clock.advance(29 * day);
  await night();
  assert.ok(await isThere(stack.documentId), 'the days count from the last letter');
  assert.deepEqual(readdirSync(done), ['two.pdf']);
  assert.ok(derivedOf(stack.documentId).length >= 4);
  writeFileSync(join(done, 'not ours.pdf'), 'something that somebody put there');
  utimesSync(join(done, 'not ours.pdf'), 0, 0);
  clock.advance(day);
  await night();
  assert.equal(await isThere(stack.documentId), false);
  assert.ok((await inOffice((tx) => findDocument(tx, stack.documentId)))?.erasedAt);
  assert.deepEqual(derivedOf(stack.documentId), []);
  assert.deepEqual(readdirSync(done), ['not ours.pdf']);
  assert.equal(existsSync(join(jobs.blobFolder, jobcenter.id, stack.documentId.slice(0, 8), stack.documentId)), false);
  assert.ok(await isThere(first), 'the letter is a document of its own');
  const batch = await inOffice((tx) => findBatch(tx, reader, stack.id));
  assert.deepEqual([batch?.documentId, batch?.filed], [null, 2]);
  const [letter] = await inOffice((tx) => lettersOfBatch(tx, stack.id));
  assert.deepEqual([letter?.suggestion.kind, letter?.suggestion.sender], ['rent-contract', undefined]);
  const logged = await inOffice((tx) =>
    tx.raw(`select actor_name from app.audit_entry where jobcenter_id = $1 and action = 'scan-batch.erased'`, [
      jobcenter.id,
    ]),
  );
  assert.deepEqual(logged, [{ actor_name: 'erase-scans' }]);
  await night(); // once more changes nothing
  // The very same file again: it is known, and its copy goes at night as well.
  writeFileSync(join(folder, 'two.pdf'), stack.bytes);
  utimesSync(join(folder, 'two.pdf'), 1, 1);
  await watchScans(jobs)();
  assert.ok(readdirSync(done).includes('two.pdf'));
  await night();
  assert.deepEqual(readdirSync(done), ['not ours.pdf']);
});

test('what was taken up again keeps its stack, and what lies aside does for a year', async () => {
  const aside = await scan('aside.pdf', [sheet('Mietvertrag'), separator, sheet('Werbung')]);
  await file(aside.letters[0], aside.bytes);
  await inOffice((tx) => putAside(tx, letterAct, aside.letters[1]?.id ?? '', 'not-ours'));
  const again = await scan('again.pdf', [sheet('Mietvertrag zwei')]);
  await file(again.letters[0], again.bytes);
  await inOffice((tx) => takeUpAgain(tx, letterAct, again.letters[0]?.id ?? ''));
  clock.advance(364 * day);
  await night();
  assert.deepEqual([await isThere(aside.documentId), await isThere(again.documentId)], [true, true]);
  assert.ok(readdirSync(done).includes('aside.pdf') && readdirSync(done).includes('again.pdf'));
  clock.advance(day);
  await night();
  assert.deepEqual([await isThere(aside.documentId), await isThere(again.documentId)], [false, true]);
  const [, advert] = await inOffice((tx) => lettersOfBatch(tx, aside.id));
  assert.deepEqual(
    [advert?.state, advert?.suggestion.sender],
    ['aside', undefined],
    'it stays in the list, without its words',
  );
  const takenUp = await inOffice((tx) => takeUpAgain(tx, letterAct, advert?.id ?? ''));
  assert.deepEqual(takenUp, { kind: 'refused', why: 'erased' });
});

test('the day that the list names is the day on which the scan goes; thirty days before, it is warned of', async () => {
  const stack = await scan('named.pdf', [sheet('Gutachten'), separator, sheet('Reklame'), {}]);
  const named = async () => (await inOffice((tx) => endingBatches(tx, reader, 30))).filter(({ id }) => id === stack.id);
  await file(stack.letters[0], stack.bytes);
  clock.advance(20 * day);
  await inOffice((tx) => putAside(tx, letterAct, stack.letters[1]?.id ?? '', 'later'));
  const batch = await inOffice((tx) => findBatch(tx, reader, stack.id));
  assert.ok(batch);
  const goes = (await inOffice((tx) => eraseDays(tx, [batch], 30))).get(stack.id);
  const pages = await inOffice((tx) => pagesOfBatch(tx, stack.id));
  assert.equal(goes, eraseDay(batch, await inOffice((tx) => lettersOfBatch(tx, stack.id)), pages, 30));
  assert.equal(goes, addDays(dayInGermany(clock.now()), 365));
  clock.advance(334 * day);
  assert.deepEqual(await named(), [], 'there is more than a month');
  clock.advance(day);
  assert.deepEqual(await named(), [{ id: stack.id, name: 'named.pdf', aside: 1, day: goes }]);
  const stranger = { role: 'clerk', id: stack.id, teamIds: [] } as const;
  assert.deepEqual(await inOffice((tx) => endingBatches(tx, stranger, 30)), [], 'of other teams nothing is named');
  assert.deepEqual(
    await inOffice((tx) => endingBatches(tx, reader, 400)),
    [],
    'nor where the office keeps scans for longer',
  );
  clock.advance(29 * day);
  await night();
  assert.deepEqual([await isThere(stack.documentId), (await named()).length], [true, 1]);
  clock.advance(day);
  assert.equal(dayInGermany(clock.now()), goes);
  await night();
  assert.deepEqual([await isThere(stack.documentId), (await named()).length], [false, 0]);
});

test('a letter that was put aside before anybody noted since when keeps its stack, and its year begins with the migration', async () => {
  const old = await scan('old.pdf', [sheet('Alte Werbung')]);
  const letterId = old.letters[0]?.id ?? '';
  await inOffice((tx) => putAside(tx, letterAct, letterId, 'not-ours'));
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenter.id}')`);
  await owner.query('update app.scan_letter set aside_at = null where id = $1', [letterId]);
  await owner.query("update app.scan_batch set created_at = now() - interval '9 years' where id = $1", [old.id]);
  await owner.query('commit');
  clock.advance(400 * day);
  await night();
  assert.ok(await isThere(old.documentId), 'older than a year, and nobody was told');
  const sql = readFileSync(projectPath('db/migrations/0079_aside_from_now.sql'), 'utf8');
  const before = new Date();
  await owner.query(`begin; ${sql}; commit`).finally(() => owner.end());
  const batch = await inOffice((tx) => findBatch(tx, reader, old.id));
  const letters = await inOffice((tx) => lettersOfBatch(tx, old.id));
  const since = letters[0]?.asideAt;
  assert.ok(batch && since && Math.abs(since.getTime() - before.getTime()) < 3_600_000, 'the year begins now');
  const pages = await inOffice((tx) => pagesOfLetter(tx, letterId));
  assert.equal(eraseDay(batch, letters, pages, 30), addDays(dayInGermany(since), 365));
  const takenUp = await inOffice((tx) => takeUpAgain(tx, letterAct, letterId));
  assert.equal(takenUp.kind, 'changed');
});

test('a kill after the commit leaves noise and a copy; the next night removes the copy', async () => {
  const stack = await scan('kill.pdf', [sheet('Mietvertrag drei')]);
  await file(stack.letters[0], stack.bytes);
  clock.advance(31 * day);
  await eraseScans({ ...jobs, scanFolder: undefined })();
  assert.equal(await isThere(stack.documentId), false);
  assert.ok(readdirSync(done).includes('kill.pdf'));
  await night();
  assert.equal(readdirSync(done).includes('kill.pdf'), false);
});
