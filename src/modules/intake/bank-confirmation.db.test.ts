import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  bankCode,
  bankConfirmation,
  clientView,
  confirmBankAtCounter,
  confirmBankByLetter,
  isBankCode,
} from '../cases/index.ts';
import { shippedDefinitions } from '../forms/index.ts';
import { addPerson } from '../people/index.ts';
import { accessCode, receive } from './index.ts';

const app = await startTestApp();
const { services, jobcenter } = app;
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenter.id, work);
const lead = { role: 'lead', id: app.staff[1]?.id ?? '', teamIds: [] } as const;
const staff = { kind: 'staff', id: lead.id, name: 'Alex Beispiel' } as const;
const iban = 'DE89370400440532013000';

const send = async (concern: string, answers: Record<string, string | boolean>, extra = {}) => {
  const form = shippedDefinitions().find((each) => each.key === concern);
  assert.ok(form);
  const input = await submissionInput(services, app, { form, answers, ...extra });
  const outcome = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  assert.equal(outcome.kind, 'received');
  return outcome as Extract<typeof outcome, { kind: 'received' }>;
};
const bankOf = (caseId: string) => inTenant((tx) => bankConfirmation(tx, caseId));

test('every account number waits for a confirmation, whichever concern asked for it; nothing else does', async () => {
  for (const [concern, answers] of [
    ['bankverbindung', { iban }],
    ['hauptantrag', { iban }],
    ['hauptantrag', { landlordIban: iban }],
  ] as const) {
    const { caseId } = await send(concern, answers);
    assert.equal((await bankOf(caseId))?.confirmedAt, null, concern);
    assert.equal((await inTenant((tx) => clientView(tx, caseId)))?.bank?.confirmedAt, null);
  }
  assert.equal(await bankOf((await send('hauptantrag', {})).caseId), undefined);
  assert.equal(await bankOf((await send('unterlagen', { note: iban })).caseId), undefined);
  const personId = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' }),
  );
  const seen = { channel: 'counter', identified: { personId, householdId: null } };
  assert.equal(await bankOf((await send('bankverbindung', { iban }, seen)).caseId), undefined);
});

test('staff confirm at the counter, once; it stands in the history of both sides', async () => {
  const { caseId } = await send('bankverbindung', { iban });
  const act = { actor: staff, reader: lead, caseId };
  assert.equal((await inTenant((tx) => confirmBankAtCounter(tx, act))).kind, 'done');
  assert.equal((await inTenant((tx) => confirmBankAtCounter(tx, act))).kind, 'unchanged');
  const view = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(view?.bank?.confirmedWay, 'counter');
  assert.deepEqual(
    view?.events.flatMap((event) => (event.kind === 'bank-confirmed' ? [event.detail.way] : [])),
    ['counter'],
  );
});

test('a clerk of another team cannot confirm', async () => {
  const { caseId } = await send('bankverbindung', { iban });
  const reader = { role: 'clerk', id: staff.id, teamIds: [] } as const;
  assert.equal((await inTenant((tx) => confirmBankAtCounter(tx, { actor: staff, reader, caseId }))).kind, 'not-found');
  assert.equal((await bankOf(caseId))?.confirmedAt, null);
});

test('the code of the letter is another one than that of the receipt, and the same each time it is printed', async () => {
  const { caseId, receipt } = await send('bankverbindung', { iban });
  const bank = await bankOf(caseId);
  assert.ok(bank);
  const { codes } = await services.keyring.of(jobcenter.id);
  const code = bankCode(codes, bank);
  assert.equal(code, bankCode(codes, bank));
  assert.notEqual(code, accessCode(codes, receipt.number));
  assert.ok(isBankCode(codes, bank, ` ${code.toLowerCase().replace('-', ' ')}`));
  for (const wrong of ['', code.slice(1), accessCode(codes, receipt.number)])
    assert.ok(!isBankCode(codes, bank, wrong));
  const confirm = () =>
    inTenant((tx) => confirmBankByLetter(tx, { kind: 'client', receiptId: receipt.number }, caseId));
  assert.equal((await confirm()).kind, 'done');
  assert.equal((await bankOf(caseId))?.confirmedWay, 'letter-code');
});
