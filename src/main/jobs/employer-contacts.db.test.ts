import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addContact, addEmployer, contactsOf } from '../../modules/employers/index.ts';
import { setRetentionRule } from '../../modules/files/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forgetEmployerContacts } from './employer-contacts.ts';

const office = await openTestOffice();
const { services } = office;
const [here, there] = office.tenants;
assert.ok(here && there);

test('every night people at employers’ go of whom nobody knew any more for as long as the Jobcenter says, each by its own rule', async () => {
  const made: Record<string, string> = {};
  for (const { jobcenter } of [here, there])
    await services.database.tenant(
      jobcenter.id,
      async (tx) => {
        const login = {
          login: 'ada',
          name: 'Ada',
          role: 'clerk',
          password: 'Ada Ada Ada',
          totpSecret: 'JBSWY3DP',
        } as const;
        const added = await addStaff(tx, Buffer.alloc(32, 1), { ...login, teamIds: [] });
        assert.ok(added.kind === 'added');
        const act = { actor: { kind: 'staff', id: added.id, name: 'Ada' } } as const;
        const said = { kind: 'network', name: 'Kammer', place: '', sector: '', wants: '', carerId: '' } as const;
        const kept = await addEmployer(tx, act, said);
        assert.ok(kept.kind === 'done');
        made[jobcenter.id] = kept.id;
        await addContact(tx, act, kept.id, { name: 'Kim', task: '', phone: '1', email: '' });
      },
      new Date('2024-02-29T10:00:00Z'),
    );
  const rule = { class: 'employer-contacts', source: 'Test', years: 3 } as const;
  const set = (byItself: boolean) => (tx: Tx) => setRetentionRule(tx, { ...rule, byItself }, 'Ada');
  await services.database.tenant(here.jobcenter.id, set(true));
  const left = async (day: string): Promise<number[]> => {
    const clock = { now: () => new Date(`${day}T03:00:00Z`) };
    await forgetEmployerContacts({ ...services, clock, blobFolder: '', derivedFolder: '' })();
    const counts = [];
    for (const { jobcenter } of [here, there])
      counts.push(
        (await services.database.tenant(jobcenter.id, (tx) => contactsOf(tx, made[jobcenter.id] ?? ''))).length,
      );
    return counts;
  };
  assert.deepEqual(await left('2026-02-28'), [1, 1]);
  assert.deepEqual(await left('2026-03-02'), [1, 0], 'as shipped two years, here three');
  await services.database.tenant(here.jobcenter.id, set(false));
  assert.deepEqual(await left('2030-01-01'), [1, 0], 'where the rule wants a person, none is deleted by itself');
  await services.database.tenant(here.jobcenter.id, set(true));
  assert.deepEqual(await left('2030-01-01'), [0, 0]);
});
