import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { prepared } from '../../../test/support/submit.ts';
import { randomSecret } from '../../platform/crypto/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import {
  clearingQueue,
  findCase,
  issueReturnCode,
  requiredItems,
  requireItem,
  returnPath,
  timeline,
} from '../cases/index.ts';
import { type FormDefinition, shippedDefinitions } from '../forms/index.ts';
import { addStaff, newTotpSecret } from '../identity/index.ts';
import { findReceipt, moveSubmission, sortSubmission, submissionsOfCase } from '../intake/index.ts';
import {
  correctFiling,
  type Filed,
  type Filing,
  fileLetter,
  lettersOfBatch,
  putAside,
  readScans,
  type ScanLetter,
  splitLetter,
  takeScan,
  takeUpAgain,
} from './index.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { jobcenter } = tenant;
const { services } = office;
const inOffice = <T>(work: Parameters<typeof services.database.tenant<T>>[1]): Promise<T> =>
  services.database.tenant(jobcenter.id, work);
const staffId = await inOffice(async (tx) => {
  const login = {
    login: 'post',
    name: 'Kim Muster',
    role: 'clerk' as const,
    password: 'a long password',
    totpSecret: newTotpSecret(),
  };
  const added = await addStaff(tx, randomSecret(), { ...login, teamIds: [tenant.teams['leistung'] ?? ''] });
  return added.kind === 'added' ? added.id : '';
});
const actor = { kind: 'staff', id: staffId, name: 'Kim Muster' } as const;
const reader = { role: 'clerk', id: staffId, teamIds: [tenant.teams['leistung'] ?? ''] } as const;
const form = shippedDefinitions().find((each) => each.key === 'unterlagen') as FormDefinition;
const keys = await services.keyring.of(jobcenter.id);
const act = { actor, reader, jobcenter, keys };

async function letterOf(text: readonly string[], mark: string, code?: string): Promise<ScanLetter> {
  const sheet = letterSheet({ sender: 'Berg KG', subject: 'Mietvertrag', text });
  const bytes = scanPdf([code === undefined ? sheet : { ...sheet, code }], mark);
  const document = await services.vault.prepare(jobcenter.id, {
    name: 'S.pdf',
    bytes,
    mediaType: 'application/pdf',
    pages: 0,
  });
  const scan = {
    name: 'S.pdf',
    source: 'upload',
    teamId: tenant?.teams['leistung'] ?? null,
    createdBy: staffId,
  } as const;
  const taken = await inOffice((tx) => takeScan(tx, actor, document, scan));
  while (await readScans({ ...services, ownName: jobcenter.name }, jobcenter.id));
  const [letter] = await inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  assert.ok(letter !== undefined);
  return letter;
}

async function filing(letter: ScanLetter, extra: Partial<Filing> = {}): Promise<Filing> {
  assert.ok(tenant !== undefined);
  return {
    letterId: letter.id,
    version: letter.version,
    kind: 'rent-contract',
    form,
    teamId: tenant.teams['leistung'] ?? null,
    person: { familyName: '', givenName: '' },
    receivedOn: '2026-11-02',
    document: await prepared(services, tenant),
    frozen: { concern: form.key, version: form.version, language: 'de', title: 'x', sections: [] },
    receiptByLetter: true,
    ...extra,
  };
}

const file = async (letter: ScanLetter, extra: Partial<Filing> = {}): Promise<Filed> => {
  const wanted = await filing(letter, extra);
  return inOffice((tx) => fileLetter(tx, act, wanted));
};

test('a letter of nobody known is a case in the queue of doubts, opens no person, and counts from its stamp', async () => {
  const letter = await letterOf(['Kaltmiete 480,00 EUR'], 'nobody');
  const people = async (): Promise<unknown> =>
    (await inOffice((tx) => tx.raw('select count(*) n from app.person', [])))[0];
  const before = await people();
  const filed = await file(letter);
  assert.ok(filed.kind === 'filed');
  const [submission] = await inOffice((tx) => submissionsOfCase(tx, filed.caseId));
  assert.equal(submission?.channel, 'post');
  assert.equal(submission?.receivedAt.toISOString(), '2026-11-02T11:00:00.000Z');
  await inOffice((tx) => sortSubmission(tx, submission?.id ?? ''));
  const queue = await inOffice((tx) => clearingQueue(tx, reader, undefined));
  assert.ok(queue.some((item) => item.caseId === filed.caseId && item.reason === 'person-unknown'));
  assert.deepEqual(await people(), before);
  assert.ok((await inOffice((tx) => findReceipt(tx, filed.receiptNumber))) !== undefined);
});

test('pressing twice files once; an old page of the letter files nothing', async () => {
  const letter = await letterOf(['Kaltmiete 481,00 EUR'], 'twice');
  const [first, second] = await Promise.all([file(letter), file(letter)]);
  assert.deepEqual([first.kind, second.kind].sort(), ['already', 'filed']);
  const other = await letterOf(['Kaltmiete 482,00 EUR'], 'old');
  assert.equal((await file({ ...other, version: other.version - 1 })).kind, 'changed');
});

test('paper back from our letter is suggested for the missing item, also to somebody who does not see the case', async () => {
  assert.ok(tenant !== undefined);
  const received = await office.submit(tenant);
  const item = { what: 'Mietvertrag', why: 'Für die Miete.', dueOn: '2026-12-31' };
  const lead = { role: 'lead', id: staffId, teamIds: [] } as const;
  await inOffice((tx) => requireItem(tx, { actor, reader: lead, caseId: received.caseId, staffId }, item));
  const [row] = await inOffice((tx) => tx.raw<{ id: string }>('select id from app.required_item limit 1', []));
  const code = await inOffice((tx) =>
    issueReturnCode(tx, keys.codes, {
      caseId: received.caseId,
      item: { id: row?.id ?? '', dueOn: item.dueOn },
      purpose: 'item',
      by: 'test',
    }),
  );
  const letter = await letterOf(['Mieter: Tom Klee'], 'code', `http://localhost:4000${returnPath(code?.code ?? '')}`);
  assert.deepEqual(letter.suggestion.returns, { caseId: received.caseId, itemId: row?.id });
  await inOffice((tx) => tx.raw("update app.return_code set expires_on = '2024-05-31'", []));
  const late = await letterOf(['Mieter: Tom Klee'], 'old code', `http://localhost:4000${returnPath(code?.code ?? '')}`);
  assert.deepEqual(late.suggestion.returns, letter.suggestion.returns, 'whatever the age of the code');
  const stranger = { ...act, reader: { ...reader, teamIds: [] } };
  const wanted = await filing(letter, { supplement: { caseId: received.caseId, itemId: row?.id ?? '' } });
  assert.equal(await inOffice((tx) => findCase(tx, stranger.reader, received.caseId)), undefined);
  const filed = await inOffice((tx) => fileLetter(tx, stranger, wanted));
  assert.deepEqual([filed.kind, filed.kind === 'filed' && filed.caseId], ['filed', received.caseId]);
  const other = await letterOf(['Mieter: Tom Klee'], 'no code');
  const foreign = await filing(other, { supplement: { caseId: received.caseId } });
  assert.equal((await inOffice((tx) => fileLetter(tx, stranger, foreign))).kind, 'case-not-found');
});

test('a filed letter is taken up again and moved; its pages and its receipt stay', async () => {
  assert.ok(tenant !== undefined);
  const letter = await letterOf(['Kaltmiete 483,00 EUR'], 'move');
  const filed = await file(letter);
  assert.ok(filed.kind === 'filed');
  const target = await office.submit(tenant);
  const letterAct = { actor, reader, office: { store: services.vault, ownName: '', today: '2026-11-25' } };
  await inOffice((tx) => takeUpAgain(tx, letterAct, letter.id));
  assert.equal((await inOffice((tx) => splitLetter(tx, letterAct, letter.id, 1))).kind, 'refused');
  const wanted = { letterId: letter.id, version: letter.version + 1, to: { caseId: target.caseId } };
  const moved = await inOffice((tx) => correctFiling(tx, act, wanted));
  assert.ok(moved.kind === 'filed');
  assert.equal(moved.receiptNumber, filed.receiptNumber);
  assert.equal((await inOffice((tx) => submissionsOfCase(tx, target.caseId))).length, 2);
});

test('a letter answers what was asked for; taking it back or moving it away makes it missing again', async () => {
  assert.ok(tenant !== undefined);
  const { caseId } = await office.submit(tenant);
  const lead = { role: 'lead', id: staffId, teamIds: [] } as const;
  const asked = { what: 'Mietvertrag', why: 'Für die Miete.', dueOn: '2026-12-31' };
  await inOffice((tx) => requireItem(tx, { actor, reader: lead, caseId, staffId }, asked));
  const state = () =>
    inOffice(async (tx) => {
      const [item] = await requiredItems(tx, caseId);
      return { item, missing: item?.fulfilledAt === null, case: (await findCase(tx, lead, caseId))?.state };
    });
  const itemId = (await state()).item?.id ?? '';
  const letter = await letterOf(['Kaltmiete 484,00 EUR'], 'item');
  const whole = { ...act, reader: lead };
  const wanted = await filing(letter, { supplement: { caseId, itemId } });
  const filed = await inOffice((tx) => fileLetter(tx, whole, wanted));
  assert.ok(filed.kind === 'filed');
  const { item: _, ...there } = await state();
  assert.deepEqual(there, { missing: false, case: 'new' });
  const letterAct = { actor, reader: lead, office: { store: services.vault, ownName: '', today: '2026-11-25' } };
  const takeBack = () => inOffice((tx) => takeUpAgain(tx, letterAct, letter.id));
  const correct = async (to?: Filing['supplement']) => {
    const [now] = await inOffice((tx) => lettersOfBatch(tx, letter.batchId));
    const outcome = await inOffice((tx) =>
      correctFiling(tx, whole, { letterId: letter.id, version: now?.version ?? 0, to }),
    );
    assert.equal(outcome.kind, 'filed');
  };
  await takeBack();
  assert.deepEqual([(await state()).missing, (await state()).case], [true, 'waiting']);
  await correct({ caseId, itemId });
  assert.deepEqual([(await state()).missing, (await state()).case], [false, 'working']);
  await takeBack();
  await correct(); // it stays in the case, and is something else
  assert.deepEqual([(await state()).missing, (await state()).case], [true, 'waiting']);
  await takeBack();
  await correct({ caseId, itemId });
  const elsewhere = await office.submit(tenant);
  const [, submission] = await inOffice((tx) => submissionsOfCase(tx, caseId));
  const move = (toCaseId: string) =>
    inOffice((tx) => moveSubmission(tx, actor, { submissionId: submission?.id ?? '', toCaseId }));
  await move(elsewhere.caseId);
  assert.equal((await state()).missing, true, 'what lies elsewhere answers nothing here');
  const [lies] = await inOffice((tx) => lettersOfBatch(tx, letter.batchId));
  assert.equal(lies?.caseId, caseId);
  await takeBack(); // taken up, it is shown where it lies now
  assert.equal((await inOffice((tx) => lettersOfBatch(tx, letter.batchId)))[0]?.caseId, elsewhere.caseId);
  await correct();
  assert.equal((await inOffice((tx) => submissionsOfCase(tx, elsewhere.caseId))).length, 2);
  await move(caseId);
  assert.equal((await state()).missing, false);
  const events = (await inOffice((tx) => timeline(tx, caseId))).map((event) => event.kind);
  assert.equal(events.filter((kind) => kind === 'item-reopened').length, 3);
});

test('a letter that has its pages only in the scan of its stack is not taken up once that is deleted, and nothing is undone for it', async () => {
  const letter = await letterOf(['ein Blatt'], 'gelöscht');
  const letterAct = { actor, reader, office: { store: services.vault, ownName: jobcenter.name, today: '2026-11-26' } };
  await inOffice((tx) => putAside(tx, letterAct, letter.id, 'later'));
  await inOffice((tx) => tx.raw('update app.scan_batch set document_id = null where id = $1', [letter.batchId]));
  let undone = 0;
  const takeUp = () =>
    inOffice((tx) =>
      takeUpAgain(tx, letterAct, letter.id, async () => {
        undone += 1;
        return undefined;
      }),
    );
  assert.deepEqual(await takeUp(), { kind: 'refused', why: 'erased' });
  assert.equal(undone, 0);
  const [still] = await inOffice((tx) => lettersOfBatch(tx, letter.batchId));
  assert.equal(still?.state, 'aside');
});
