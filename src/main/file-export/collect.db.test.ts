import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { findCase, readerOf } from '../../modules/cases/index.ts';
import { circlesOf, foundCircle, leaveCircle, writeNote } from '../../modules/contacts/index.ts';
import { askForExport, findExport } from '../../modules/files/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { collect } from './collect.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const { jobcenter } = tenant;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenter.id, work);
const teamIds = [tenant.teams['leistung'] ?? ''];

async function hire(name: string, role: 'clerk' | 'lead') {
  const secrets = { password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' };
  const hired = await inTenant((tx) =>
    addStaff(tx, Buffer.alloc(32, 1), { login: name.toLowerCase(), name, role, teamIds, ...secrets }),
  );
  assert.ok(hired.kind === 'added');
  return { id: hired.id, name, role, teamIds };
}
const ada = await hire('Ada', 'clerk');
const ben = await hire('Ben', 'clerk');
const lou = await hire('Lou', 'lead');
const actorOf = ({ id, name }: typeof ada) => ({ kind: 'staff', id, name }) as const;

test('an export holds notes of a circle only for a member who asked for them, as long as they belong to it', async () => {
  const { caseId } = await office.submit(tenant, { teamId: teamIds[0] ?? null });
  await inTenant((tx) => foundCircle(tx, { actor: actorOf(lou), role: 'lead' }, 'Zu zweit', [ada.id, ben.id]));
  const circleId = (await inTenant((tx) => circlesOf(tx, readerOf(ada))))[0]?.id ?? '';
  const note = { topic: 'debts', whom: 'stated', way: null, day: null, corrects: null };
  const act = { actor: actorOf(ada), reader: readerOf(ada), caseId };
  await inTenant((tx) => writeNote(tx, act, { ...note, text: 'Für alle.', circleId: null }));
  await inTenant((tx) => writeNote(tx, act, { ...note, text: 'Nur wir zwei.', circleId }));
  const fileId = (await inTenant((tx) => findCase(tx, readerOf(ada), caseId)))?.fileId ?? '';
  const notesFor = async (who: typeof ada, circles: boolean): Promise<string[]> => {
    const { id, role } = who;
    const asked = { fileId, reason: 'Einsicht', language: 'de', withheld: {}, circles, by: who.name };
    const exportId = await inTenant((tx) => askForExport(tx, { ...asked, reader: { id, role, teamIds } }));
    const found = await inTenant((tx) => findExport(tx, exportId));
    assert.ok(found);
    const collected = await collect(office.services, jobcenter.id, found);
    const events = collected?.cases.flatMap((each) => each.events) ?? [];
    return events.flatMap((event) => (event.kind === 'note' ? [event.detail.text] : []));
  };
  assert.deepEqual(await notesFor(ada, true), ['Für alle.', 'Nur wir zwei.']);
  assert.deepEqual(await notesFor(ada, false), ['Für alle.']);
  assert.deepEqual(await notesFor(lou, true), ['Für alle.'], 'a lead is no member');
  await inTenant((tx) => leaveCircle(tx, { actor: actorOf(ada), role: 'clerk' }, circleId, ben.id));
  assert.deepEqual(await notesFor(ben, true), ['Für alle.']);
});
