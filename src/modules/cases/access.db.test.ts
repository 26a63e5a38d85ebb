import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addStaff } from '../identity/index.ts';
import { assignCase, type CaseReader, findCase, inbox, teamLoad, unassignedLoad } from './index.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const inTenant = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]) =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const secrets = { password: 'Eli Eli Eli Eli', totpSecret: 'JBSWY3DP' };
const hired = await inTenant((tx) =>
  addStaff(tx, Buffer.alloc(32, 1), { login: 'eli', name: 'Eli', role: 'clerk', teamIds: [], ...secrets }),
);
assert.ok(hired.kind === 'added');
const { id } = hired;
const own = tenant.teams['leistung'] ?? '';
const clerk = (...teamIds: string[]): CaseReader => ({ role: 'clerk', id, teamIds });

test('who belongs to no team sees no case: not one without a team, not one that was given to them', async () => {
  const ofTeam = await office.submit(tenant);
  const ofNone = await office.submit(tenant, { teamId: null });
  const sees = async (reader: CaseReader, caseId: string): Promise<boolean> =>
    (await inTenant((tx) => findCase(tx, reader, caseId))) !== undefined;
  const lead: CaseReader = { role: 'lead', id, teamIds: [] };
  const act = { actor: { kind: 'staff', id, name: 'Lou' }, reader: lead } as const;
  assert.deepEqual([await sees(clerk(own), ofTeam.caseId), await sees(clerk(own), ofNone.caseId)], [true, true]);
  await inTenant((tx) => assignCase(tx, { ...act, caseId: ofTeam.caseId }, { id, name: 'Eli' }));
  await inTenant((tx) => assignCase(tx, { ...act, caseId: ofNone.caseId }, { id, name: 'Eli' }));
  assert.deepEqual([await sees(clerk(), ofTeam.caseId), await sees(clerk(), ofNone.caseId)], [false, false]);
  assert.deepEqual((await inTenant((tx) => inbox(tx, clerk(), {}, undefined))).rows, []);
  assert.equal(await sees(lead, ofNone.caseId), true, 'a lead sees all, with a team or without');
});

test('who belongs to no team is told no numbers either', async () => {
  await office.submit(tenant, { teamId: null });
  const load = (reader: CaseReader) => inTenant((tx) => teamLoad(tx, reader, null, '2026-11-26'));
  const free = (reader: CaseReader) => inTenant((tx) => unassignedLoad(tx, reader, null, '2026-11-26'));
  assert.ok((await load(clerk(own))).length > 0);
  assert.ok((await free(clerk(own))).open > 0);
  assert.deepEqual(await load(clerk()), []);
  assert.equal((await free(clerk())).open, 0);
});
