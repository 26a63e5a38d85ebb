import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  findReturnCode,
  issueReturnCode,
  parseReturnCode,
  type RequiredItem,
  requiredItems,
  requireItem,
  returnDays,
  withdrawItem,
} from '../cases/index.ts';
import { receive } from './index.ts';

const app = await startTestApp();
const { services, jobcenter, secondTenant } = app;
const inTenant = <T>(work: (tx: Tx) => Promise<T>, now?: Date) => services.database.tenant(jobcenter.id, work, now);
const { codes } = await services.keyring.of(jobcenter.id);
const staffId = app.staff[0]?.id ?? '';
const actor = { kind: 'staff', id: staffId, name: 'Alex Beispiel' } as const;
const act = (caseId: string) => ({
  actor,
  reader: { role: 'lead', id: staffId, teamIds: [] } as const,
  caseId,
  staffId,
});
const today = dayInGermany(services.clock.now());
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

const newCase = async (): Promise<string> => {
  const input = await submissionInput(services, app);
  const received = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return received.caseId;
};
const ask = async (caseId: string, what: string): Promise<RequiredItem> => {
  await inTenant((tx) => requireItem(tx, act(caseId), { what, why: 'Für die Miete', dueOn: addDays(today, 14) }));
  const item = (await inTenant((tx) => requiredItems(tx, caseId))).find((each) => each.what === what);
  assert.ok(item);
  return item;
};
const print = async (caseId: string, item?: RequiredItem, now?: Date): Promise<string> => {
  const target = {
    caseId,
    by: staffId,
    ...(item === undefined ? { purpose: 'receipt' as const } : { item, purpose: 'item' as const }),
  };
  const issued = await inTenant((tx) => issueReturnCode(tx, codes, target), now);
  assert.ok(issued);
  return issued.code;
};
const find = (code: string, now?: Date) => inTenant((tx) => findReturnCode(tx, code), now);

test('a code names one item of one case, in any spelling, and is the same when it is printed again', async () => {
  const caseId = await newCase();
  const [lease, slip] = [await ask(caseId, 'Mietvertrag'), await ask(caseId, 'Lohnabrechnung')];
  const code = await print(caseId, lease);
  assert.equal(parseReturnCode(code), code);
  assert.equal(await print(caseId, lease), code);
  assert.notEqual(await print(caseId, slip), code);
  assert.notEqual(await print(caseId), code);
  const found = await find(code.toLowerCase().replaceAll('-', ''));
  assert.equal(found?.caseId, caseId);
  assert.equal(found?.itemId, lease.id);
  assert.equal(found?.state, 'open');
  assert.equal((await find(await print(caseId)))?.itemId, undefined);
  assert.equal(await find('0000-0000-0000-0000-0000'), undefined);
});

test('two who print at the same time print the same code', async () => {
  const caseId = await newCase();
  const item = await ask(caseId, 'Mietvertrag');
  assert.equal(new Set(await Promise.all([1, 2, 3].map(() => print(caseId, item)))).size, 1);
});

test('nothing in the table opens anything, and another Jobcenter does not know the code', async () => {
  const code = await print(await newCase());
  const rows = await inTenant((tx) =>
    tx.raw<{ text: string }>('select r::text as text from app.return_code r where jobcenter_id = $1', [jobcenter.id]),
  );
  const plain = code.replaceAll('-', '');
  assert.ok(rows.length > 0);
  for (const { text } of rows) assert.ok(!text.includes(code) && !text.includes(plain));
  assert.equal(await services.database.tenant(secondTenant.jobcenter.id, (tx) => findReturnCode(tx, code)), undefined);
});

test('it works until 90 days after the day it was asked for, or after it was printed last', async () => {
  const caseId = await newCase();
  const item = await ask(caseId, 'Mietvertrag');
  const code = await print(caseId, item);
  const last = addDays(item.dueOn, returnDays);
  assert.equal((await find(code, noon(last)))?.state, 'open');
  assert.equal((await find(code, noon(addDays(last, 1))))?.state, 'expired');
  assert.equal((await find(code, noon(addDays(last, 1))))?.itemId, item.id); // on paper it still says where a page belongs
  await print(caseId, item, noon(addDays(last, 1)));
  assert.equal((await find(code, noon(addDays(last, 1))))?.state, 'open');
});

test('it ends when the item came or is no longer needed', async () => {
  const caseId = await newCase();
  const [lease, slip] = [await ask(caseId, 'Mietvertrag'), await ask(caseId, 'Lohnabrechnung')];
  const [came, withdrawn] = [await print(caseId, lease), await print(caseId, slip)];
  const input = await submissionInput(services, app, { supplement: { caseId, itemId: lease.id } });
  await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  await inTenant((tx) => withdrawItem(tx, act(caseId), slip.id));
  assert.equal((await find(came))?.state, 'fulfilled');
  assert.equal((await find(withdrawn))?.state, 'withdrawn');
});
