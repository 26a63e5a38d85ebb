import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { projectPath } from '../../platform/env/project.ts';
import { fileById, holdFile, holdsOfFile } from '../files/index.ts';
import { addHousehold, addPerson, householdById } from '../people/index.ts';
import { addTeam } from '../settings/index.ts';
import { type CaseReader, casesOfFile, confirmPerson, findCase, moveToTeam } from './index.ts';

const office = await openTestOffice();
const tenant = office.tenants[0];
assert.ok(tenant);
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenterId, work);
const id = '019ac000-0000-7000-8000-000000000001';
const actor = { kind: 'staff', id, name: 'Kim Muster' } as const;
const lead: CaseReader = { role: 'lead', id, teamIds: [] };
const clerk: CaseReader = { role: 'clerk', id, teamIds: [tenant.teams['leistung'] ?? ''] };

const open = async (): Promise<string> => (await office.submit(tenant)).caseId;
const fileOf = async (caseId: string): Promise<string> => {
  const found = await inTenant((tx) => findCase(tx, lead, caseId));
  assert.ok(found?.fileId);
  return found.fileId;
};
const confirm = (caseId: string, personId: string | null, householdId: string | null = null) =>
  inTenant((tx) =>
    confirmPerson(
      tx,
      { actor, reader: lead, caseId },
      personId === null ? null : { id: personId, householdId, name: 'Muster, Mika', birthDate: '1990-04-03' },
    ),
  );
const person = (birthDate: string): Promise<string> =>
  inTenant((tx) => addPerson(tx, { familyName: 'Muster', givenName: 'Mika', birthDate }));

test('a case lies in a file from its first moment; confirmed, it lies in the one of the household, and a hold goes along', async () => {
  const [first, second] = [await open(), await open()];
  const nameless = await fileOf(first);
  assert.notEqual(nameless, await fileOf(second));
  await inTenant((tx) => holdFile(tx, 'Kim', { fileId: nameless, documentId: null, reason: 'Klage' }));
  const alone = await person('1990-04-03');
  await confirm(first, alone);
  await confirm(second, alone);
  const file = await fileOf(first);
  assert.equal(await fileOf(second), file, 'one file of one person');
  assert.equal(await inTenant((tx) => fileById(tx, nameless)), undefined, 'the nameless file is dissolved');
  assert.equal((await inTenant((tx) => holdsOfFile(tx, file))).length, 1);
  const known = await inTenant((tx) => fileById(tx, file));
  const household = await inTenant((tx) => householdById(tx, known?.householdId ?? ''));
  assert.equal(household?.members.length, 1, 'a household of one');
  await confirm(first, null);
  assert.notEqual(await fileOf(first), file, 'taken back, it lies in a file of its own again');
});

test('two people of one household have one file, and two confirmations at once make one household', async () => {
  const [one, two] = [await person('1991-01-01'), await person('1992-02-02')];
  const members = [one, two].map((personId) => ({ personId, role: 'member' }));
  const householdId = await inTenant((tx) =>
    addHousehold(tx, { fileNumber: '4711/9', members, fromDay: '2026-01-01' }),
  );
  const [first, second] = [await open(), await open()];
  await confirm(first, one, householdId);
  await confirm(second, two);
  assert.equal(await fileOf(first), await fileOf(second));
  const single = await person('1993-03-03');
  const cases = [await open(), await open(), await open()];
  await Promise.all(cases.map((caseId) => confirm(caseId, single)));
  assert.equal(new Set(await Promise.all(cases.map(fileOf))).size, 1);
});

test('a file shows the cases its reader may see, and is none for who may see none', async () => {
  const someone = await person('1994-04-04');
  const [own, other] = [await open(), await open()];
  await confirm(own, someone);
  await confirm(other, someone);
  const file = await fileOf(own);
  const away = async (caseId: string, key: string): Promise<void> => {
    await inTenant(async (tx) => {
      const team = await addTeam(tx, { key, name: key, phone: '030 23125 300' });
      assert.ok(team.kind === 'added');
      await moveToTeam(tx, { actor, reader: lead, caseId }, { id: team.id, name: key });
    });
  };
  const seen = async (reader: CaseReader) =>
    (await inTenant((tx) => casesOfFile(tx, reader, file))).map((each) => each.id).sort();
  assert.deepEqual(await seen(clerk), [own, other].sort());
  await away(other, 'eins');
  assert.deepEqual(await seen(clerk), [own]);
  await away(own, 'zwei');
  assert.deepEqual(await seen(clerk), []);
  assert.deepEqual(await seen(lead), [own, other].sort());
  const elsewhere = office.tenants[1]?.jobcenter.id ?? '';
  assert.deepEqual(await office.services.database.tenant(elsewhere, (tx) => casesOfFile(tx, lead, file)), []);
});

test('the migration gives every case that is there a file, and everybody a household', async () => {
  const someone = await person('1995-05-05');
  const [confirmed, unknown] = [await open(), await open()];
  await confirm(confirmed, someone);
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenterId}')`);
  await owner.query('update app.office_case set file_id = null, household_id = null');
  for (const table of ['legal_hold', 'file', 'household_member', 'household'])
    await owner.query(`delete from app.${table}`);
  await owner.query('commit');
  const sql = readFileSync(projectPath('db/migrations/0018_file.sql'), 'utf8');
  await owner.query(`begin; ${sql.slice(sql.indexOf('do $$'), sql.indexOf('select app.protect'))}; commit`);
  await owner.end();
  const lost = await inTenant((tx) =>
    tx.raw('select 1 from office_case where jobcenter_id = $1 and file_id is null', [jobcenterId]),
  );
  assert.deepEqual(lost, []);
  const file = await inTenant(async (tx) => fileById(tx, await fileOf(confirmed)));
  const household = await inTenant((tx) => householdById(tx, file?.householdId ?? ''));
  assert.deepEqual(
    household?.members.map((each) => each.id),
    [someone],
  );
  assert.equal((await inTenant(async (tx) => fileById(tx, await fileOf(unknown))))?.householdId, null);
});
