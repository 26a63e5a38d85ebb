import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { listInbox } from '../../../test/support/practice.ts';
import { addStaff, findSession, newTotpSecret, openGuestSession, signIn } from '../../modules/identity/index.ts';
import { allTeams, readJobcenters } from '../../modules/settings/index.ts';
import { closeTypesetter } from '../../platform/pdf/index.ts';
import { totpKey } from '../../surfaces/totp-key.ts';
import { compose } from '../compose.ts';
import { fillPractice } from '../demo/fill.ts';
import { emptyPractice, ensurePractice } from './practice.ts';

after(closeTypesetter);
const office = await openTestOffice();
const { services, database, config, tenants } = office;
const home = tenants[0]?.jobcenter as (typeof tenants)[number]['jobcenter'];
const owner = compose({ config, urls: { app: database.ownerUrl }, name: 'command', poolSize: 2 });
after(() => owner.close());
const { tenant } = services.database;
const folders = [config.blobFolder, join(config.dataFolder, 'derived')];

test('practice is made once, filled, and emptied without touching the real Jobcenter', async () => {
  await office.submit(tenants[0] as (typeof tenants)[number]);
  const real = await listInbox(services, home.id);
  assert.equal(real.length, 1);
  const practice = await ensurePractice(owner.services, owner.master, home);
  assert.deepEqual([practice.practiceOf, practice.hosts, practice.isDefault], [home.id, [], false]);
  assert.match(practice.name, /^Übung /);
  assert.equal((await ensurePractice(owner.services, owner.master, home)).id, practice.id);
  assert.equal((await readJobcenters(services.database)).filter((each) => each.practiceOf === home.id).length, 1);

  const added = await fillPractice(owner.services, practice, 12);
  assert.ok(added > 5);
  assert.equal(await fillPractice(owner.services, practice, 12), 0, 'a second time nothing is missing');
  assert.ok((await listInbox(services, practice.id)).length > 0);
  assert.deepEqual(await listInbox(services, home.id), real, 'nothing invented among the real ones');

  assert.ok((await emptyPractice(owner.services, practice, folders)) > 0);
  assert.deepEqual(await listInbox(services, practice.id), []);
  assert.deepEqual(await listInbox(services, home.id), real);
  assert.equal(await fillPractice(owner.services, practice, 12), added);
});

test('a real Jobcenter is never emptied, whatever somebody claims about it', async () => {
  await assert.rejects(emptyPractice(owner.services, { ...home, practiceOf: home.id }, folders), /no practice/);
  assert.equal((await listInbox(services, home.id)).length, 1);
});

test('a guest gets a session of their own name in practice, and no password opens their login', async () => {
  const practice = await ensurePractice(owner.services, owner.master, home);
  const key = totpKey(services);
  const secrets = { password: 'a long password', totpSecret: newTotpSecret() };
  await tenant(home.id, (tx) =>
    addStaff(tx, key, { login: 'kim', name: 'Kim Muster', role: 'clerk', teamIds: [], ...secrets }),
  );
  const enter = (name: string, role: 'clerk' | 'lead') =>
    tenant(practice.id, async (tx) => {
      const teamIds = (await allTeams(tx)).map((team) => team.id);
      return openGuestSession(tx, key, { login: 'kim', name, role, teamIds });
    });
  const first = await enter('Kim Muster', 'clerk');
  const second = await enter('Kim Beispiel', 'lead');
  assert.equal(first.staffId, second.staffId);
  const session = await tenant(practice.id, (tx) => findSession(tx, second.token));
  assert.deepEqual([session?.secondFactor, session?.staff.name, session?.staff.role], [true, 'Kim Beispiel', 'lead']);
  assert.equal(await tenant(home.id, (tx) => findSession(tx, second.token)), undefined, 'it opens nothing real');
  const typed = { login: 'kim', password: secrets.password };
  assert.equal((await tenant(practice.id, (tx) => signIn(tx, typed))).kind, 'refused');
});
