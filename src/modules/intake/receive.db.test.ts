import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { prepared, submissionInput } from '../../../test/support/submit.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { accessLog, looksOfOthers, recordAudit } from '../audit/index.ts';
import { clearingQueue, clientView, confirmPerson, findCase, inbox, requireItem } from '../cases/index.ts';
import { addPerson } from '../people/index.ts';
import { publicKeys } from '../settings/index.ts';
import {
  checkReceiptSignature,
  findReceipt,
  findSubmission,
  receive,
  sortSubmission,
  submissionDocuments,
} from './index.ts';

const app = await startTestApp();
const { services, jobcenter, secondTenant } = app;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const client = { kind: 'client' } as const;
const lead = { role: 'lead', id: app.staff[1]?.id ?? '', teamIds: [] } as const;
const actor = { kind: 'staff', id: lead.id, name: 'Alex Beispiel' } as const;

const received = async (extra: Parameters<typeof submissionInput>[2] = {}) => {
  const input = await submissionInput(services, app, extra);
  const outcome = await inTenant((tx) => receive(tx, client, input));
  assert.equal(outcome.kind, 'received');
  return outcome as Extract<typeof outcome, { kind: 'received' }>;
};

test('a submission gets a receipt whose signature proves every document and the answers', async () => {
  const document = await prepared(services, app);
  const { receipt, caseId } = await received({ documents: [{ document, field: 'papers', recorded: false }] });
  const [jwk] = await inTenant(publicKeys);
  const text = checkReceiptSignature(receipt.signature, createPublicKey({ key: jwk as never, format: 'jwk' }));
  assert.deepEqual(JSON.parse(text ?? ''), receipt.payload);
  assert.equal(receipt.payload.documents[0]?.sha256, document.sha256.toString('hex'));
  const submission = await inTenant((tx) => findSubmission(tx, receipt.submissionId));
  assert.equal(receipt.payload.answersSha256, sha256(canonicalJson(submission?.frozen ?? null)).toString('hex'));
  assert.equal((await inTenant((tx) => findCase(tx, lead, caseId)))?.state, 'new');
  assert.equal((await inTenant((tx) => submissionDocuments(tx, receipt.submissionId)))[0]?.documentId, document.id);
});

test('the same command gives the first receipt, also when eight come at once; another one under its key is refused', async () => {
  const input = await submissionInput(services, app, { command: { key: 'k1', requestHash: sha256('one') } });
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => inTenant((tx) => receive(tx, client, input))));
  const numbers = outcomes.map((o) => (o.kind === 'received' || o.kind === 'repeated' ? o.receipt.number : o.kind));
  assert.equal(new Set(numbers).size, 1);
  assert.equal(outcomes.filter((o) => o.kind === 'received').length, 1);
  const other = await inTenant((tx) =>
    receive(tx, client, { ...input, command: { key: 'k1', requestHash: sha256('two') } }),
  );
  assert.equal(other.kind, 'key-reused');
});

test('what fails leaves nothing: no receipt, no case, no job', async () => {
  const input = await submissionInput(services, app);
  const count = () =>
    inTenant((tx) =>
      tx.raw<{ n: number }>(
        'select (select count(*) from submission where jobcenter_id = $1) + (select count(*) from office_case where jobcenter_id = $1) as n',
        [jobcenter.id],
      ),
    );
  const before = await count();
  await assert.rejects(
    inTenant(async (tx) => {
      await receive(tx, client, input);
      throw new Error('crash');
    }),
    /crash/,
  );
  assert.deepEqual(await count(), before);
});

test('another Jobcenter sees nothing of it, whatever it asks', async () => {
  const { receipt, caseId } = await received();
  await services.database.tenant(secondTenant.jobcenter.id, async (tx) => {
    assert.equal(await findReceipt(tx, receipt.number), undefined);
    assert.equal(await findCase(tx, lead, caseId), undefined);
    assert.equal((await inbox(tx, lead, {}, undefined)).rows.length, 0);
    const rows = await tx.raw('select 1 from receipt where jobcenter_id = $1', [jobcenter.id]);
    assert.equal(rows.length, 0, 'row-level security hides it even from a query that names the other tenant');
  });
});

test('a supplement fulfils the required item, and the person sees it', async () => {
  const { caseId } = await received();
  await inTenant((tx) =>
    requireItem(
      tx,
      { actor, reader: lead, caseId, staffId: lead.id },
      { what: 'Kontoauszug', why: 'Mai fehlt', dueOn: '2026-12-20' },
    ),
  );
  const view = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(view?.case.state, 'waiting');
  const itemId = view?.items[0]?.id ?? '';
  const supplement = await received({ supplement: { caseId, itemId } });
  assert.equal(supplement.caseId, caseId);
  const after = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(after?.case.state, 'new');
  assert.ok(after?.items[0]?.fulfilledAt);
  assert.deepEqual(
    after?.events.map((event) => event.kind),
    ['received', 'item-requested', 'received', 'item-fulfilled'],
  );
});

test('nothing is merged by a machine: a match is a suggestion in the queue, once', async () => {
  const personId = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Müller-Özdemir', givenName: 'Änne', birthDate: '1984-02-29' }),
  );
  const { receipt, caseId } = await received({
    person: { familyName: 'MUELLER ÖZDEMIR', givenName: 'Aenne', birthDate: '1984-02-29' },
  });
  await inTenant((tx) => sortSubmission(tx, receipt.submissionId));
  await inTenant((tx) => sortSubmission(tx, receipt.submissionId));
  const queue = (await inTenant((tx) => clearingQueue(tx, lead, undefined))).filter((item) => item.caseId === caseId);
  assert.equal(queue.length, 1);
  assert.equal(queue[0]?.reason, 'person-suggested');
  assert.match(JSON.stringify(queue[0]?.detail), new RegExp(personId));
  assert.equal((await inTenant((tx) => findCase(tx, lead, caseId)))?.personId, null);
});

test('who looks often at their own case pushes nobody of the office out of the list', async () => {
  const { receipt, caseId } = await received();
  const mina = { kind: 'client', receiptId: receipt.number } as const;
  const looks = (by: Actor, action: string, times: number) =>
    inTenant(async (tx) => {
      for (let i = 0; i < times; i += 1)
        await recordAudit(tx, by, { action, subjectType: 'case', subjectId: caseId, caseId });
    });
  const told = async () => {
    const { entries, more } = await inTenant((tx) => looksOfOthers(tx, caseId, 2));
    return [...entries.map(({ action }) => action), more];
  };
  await looks(actor, 'case.read', 1);
  await looks(mina, 'case.read-by-client', 12);
  const before = (await told()).filter((each) => each !== 'submission.received');
  assert.deepEqual(before, ['case.read', false]);
  await looks(actor, 'document.read', 1);
  await looks(actor, 'case.note', 1);
  assert.deepEqual(await told(), ['case.note', 'document.read', true]);
  const withOwn = (await inTenant((tx) => accessLog(tx, caseId))).filter(({ actorKind }) => actorKind === 'client');
  assert.ok(withOwn.length >= 12, 'for the office the own looks stay in the list');
});

test('the audit log tells who received and read, and cannot be changed by the application', async () => {
  const { caseId } = await received();
  await inTenant((tx) =>
    recordAudit(tx, actor, { action: 'case.read', subjectType: 'case', subjectId: caseId, caseId, reason: 'inbox' }),
  );
  const log = await inTenant((tx) => accessLog(tx, caseId));
  assert.deepEqual(
    log.map((entry) => entry.action),
    ['case.read', 'submission.received'],
  );
  await assert.rejects(
    inTenant((tx) => tx.raw('delete from audit_entry where jobcenter_id = $1', [jobcenter.id])),
    /permission denied/,
  );
  await assert.rejects(
    inTenant((tx) => tx.raw("update submission set channel = 'post' where jobcenter_id = $1", [jobcenter.id])),
    /permission denied/,
  );
});

test('a clerk sees the cases of the own teams, not those of others', async () => {
  const { caseId } = await received();
  const wohnen = { role: 'clerk', id: app.staff[0]?.id ?? '', teamIds: [app.teams['wohnen'] ?? ''] } as const;
  const leistung = { ...wohnen, teamIds: [app.teams['leistung'] ?? ''] };
  assert.equal(await inTenant((tx) => findCase(tx, wohnen, caseId)), undefined);
  assert.equal((await inTenant((tx) => findCase(tx, leistung, caseId)))?.id, caseId);
});

test('something from nobody known is a case without a name; whoever the office finds out gives it theirs', async () => {
  const { caseId, receipt } = await received({ person: { familyName: '', givenName: '' }, channel: 'email' });
  assert.equal((await inTenant((tx) => findCase(tx, lead, caseId)))?.birthDate, null);
  await inTenant((tx) => sortSubmission(tx, receipt.submissionId));
  const doubts = await inTenant((tx) => clearingQueue(tx, lead, undefined));
  assert.equal(doubts.find((doubt) => doubt.caseId === caseId)?.reason, 'person-unknown');
  const birthDate = '1971-02-03';
  const id = await inTenant((tx) => addPerson(tx, { familyName: 'Findling', givenName: 'Ina', birthDate }));
  const found = { id, householdId: null, name: 'Findling, Ina', birthDate };
  await inTenant((tx) => confirmPerson(tx, { actor, reader: lead, caseId }, found));
  const named = await inTenant((tx) => findCase(tx, lead, caseId));
  assert.deepEqual([named?.personName, named?.birthDate], ['Findling, Ina', birthDate]);
  const byName = await received({ person: { familyName: 'Findling', givenName: 'Ina' }, channel: 'post' });
  await inTenant((tx) => sortSubmission(tx, byName.receipt.submissionId));
  const suggested = await inTenant((tx) => clearingQueue(tx, lead, undefined));
  assert.equal(suggested.find((doubt) => doubt.caseId === byName.caseId)?.reason, 'person-suggested');
});
