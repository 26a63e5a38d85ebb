import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared, smallPdf } from '../../../test/support/submit.ts';
import { fixedClock } from '../../platform/clock/index.ts';
import { closeCase, confirmPerson, decideCase, findCase, requiredItems, requireItem } from '../cases/index.ts';
import { type Document, documentsByIds } from '../documents/index.ts';
import { shippedDefinitions } from '../forms/index.ts';
import {
  arrivalsOfDocuments,
  arrivalsOfSubmissions,
  movePaper,
  moveSubmission,
  receiptOfSubmission,
  type SubmissionInput,
  submissionDocuments,
  submissionsOfCase,
} from '../intake/index.ts';
import { addPerson } from '../people/index.ts';
import {
  type CaseItem,
  decidePair,
  decisionsOf,
  enqueueUnnoticed,
  itemsAsTheyCame,
  itemsOfCase,
  mergeCases,
  noticeCase,
  noticeSubmission,
  openPairs,
  ownHints,
  pairsOfCase,
  twiceOverview,
} from './index.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const clock = fixedClock('2026-05-03T08:00:00Z');
const office = await openTestOffice(clock);
const { services } = office;
const [tenant, other] = office.tenants as [(typeof office.tenants)[number], (typeof office.tenants)[number]];
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(tenant.jobcenter.id, work);
const lead = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] } as const;
const actor = { kind: 'staff', id: lead.id, name: 'Alex Beispiel' } as const;
const act = { actor, reader: lead };
const form = (key: string) => shippedDefinitions().find((each) => each.key === key) as SubmissionInput['form'];

let people = 0;
/** Somebody nobody has seen in this file before. */
const somebody = () => {
  people += 1;
  return { familyName: `Muster${'abcdefghijklmnopqrstuvwxyz'[people]}`, givenName: 'Mika', birthDate: '1990-04-03' };
};

const file = (name: string, text = name) =>
  services.vault.prepare(tenant.jobcenter.id, { name, bytes: smallPdf(text), mediaType: 'application/pdf', pages: 1 });
const papers = async (...names: string[]) =>
  Promise.all(names.map(async (name) => ({ document: await file(name), field: 'papers', recorded: false as const })));

/** Takes something in and looks at it as the job does. */
async function arrive(extra: Partial<SubmissionInput>): Promise<{ caseId: string; submissionId: string }> {
  clock.advance(minute);
  const { caseId, receipt } = await office.submit(tenant, { receivedAt: clock.now(), ...extra });
  await inTenant((tx) => noticeSubmission(tx, receipt.submissionId));
  return { caseId, submissionId: receipt.submissionId };
}

const found = async (caseId: string) =>
  (await inTenant((tx) => pairsOfCase(tx, lead, caseId))).map((pair) => `${pair.level} ${pair.reason}`);
const ways = (items: readonly CaseItem[]) =>
  items.map(
    (item) =>
      `${item.document?.name ?? item.concern}: ${item.ways.map((way) => way.channel).join(', ')} (${item.sure})`,
  );

test('the same bytes by post and online: one item with both ways, likely until somebody decides, and undone again', async () => {
  const person = somebody();
  const first = await arrive({ person, channel: 'post', documents: await papers('Mietvertrag.pdf') });
  clock.advance(2 * day);
  const second = await arrive({
    person,
    documents: await papers('Mietvertrag.pdf', 'Lohn Mai.pdf'),
    supplement: { caseId: first.caseId },
  });
  await inTenant((tx) => noticeSubmission(tx, second.submissionId)); // a job may run twice
  const [pair, ...more] = await inTenant((tx) => pairsOfCase(tx, lead, first.caseId));
  assert.ok(pair);
  assert.deepEqual(
    [more.length, pair.level, pair.earlier.channel, pair.later.channel],
    [0, 'same-bytes', 'post', 'portal'],
  );
  const items = () => inTenant((tx) => itemsOfCase(tx, first.caseId));
  assert.deepEqual(ways(await items()), ['Mietvertrag.pdf: post, portal (likely)', 'Lohn Mai.pdf: portal (single)']);
  const decide = (decision: Parameters<typeof decidePair>[3]) => {
    clock.advance(1_000);
    return inTenant((tx) => decidePair(tx, act, pair.id, decision));
  };
  assert.equal((await decide('same')).kind, 'done');
  assert.equal((await decide('same')).kind, 'unchanged');
  assert.match(ways(await items())[0] ?? '', /\(decided\)/);
  assert.equal((await decide('undone')).kind, 'done');
  assert.match(ways(await items())[0] ?? '', /\(likely\)/);
  assert.equal((await decide('different')).kind, 'done');
  assert.equal((await items()).length, 3);
  const log = await inTenant((tx) => decisionsOf(tx, pair.id));
  assert.deepEqual(
    log.map((row) => row.decision),
    ['same', 'undone', 'different'],
  );
  const audit = await inTenant((tx) =>
    tx.raw<{ action: string }>(
      "select action from audit_entry where jobcenter_id = $1 and subject_id = $2 and action like 'twice.%' order by id",
      [tenant.jobcenter.id, pair.id],
    ),
  );
  assert.deepEqual(
    audit.map((row) => row.action),
    ['twice.decided', 'twice.undone', 'twice.decided'],
  );
  await assert.rejects(
    inTenant((tx) => tx.raw('delete from twice_decision where jobcenter_id = $1', [tenant.jobcenter.id])),
    /permission denied/,
  );
});

test('the same request under another key within minutes is one request sent again; its papers count as one with it', async () => {
  const person = somebody();
  const say = async () => ({
    person,
    form: form('wohnkosten'),
    answers: { reason: 'Neue Miete' },
    documents: await papers('Miete.pdf'),
  });
  const first = await arrive(await say());
  const again = await arrive(await say());
  assert.deepEqual(await found(again.caseId), ['same-bytes same-bytes', 'same-request sent-again']);
  clock.advance(60 * minute);
  const late = await arrive(await say());
  assert.ok((await found(late.caseId)).includes('same-concern same-answers'));
  assert.ok((await found(first.caseId)).length >= 3);
});

test('the same concern of the same person, by two ways, is noticed; another time of it is not the same', async () => {
  const person = somebody();
  const sick = (from: string, channel: SubmissionInput['channel']) =>
    arrive({
      person,
      channel,
      form: form('krankmeldung'),
      answers: { illness: { from, to: `${from.slice(0, 8)}28` } },
    });
  const first = await sick('2026-05-01', 'portal');
  const second = await sick('2026-05-01', 'api');
  assert.deepEqual(await found(second.caseId), ['same-concern same-answers']);
  const next = await sick('2026-06-01', 'portal');
  assert.deepEqual(await found(next.caseId), []);
  const told = await arrive({ person, channel: 'phone', form: form('krankmeldung'), answers: { said: 'ist krank' } });
  assert.equal((await found(told.caseId)).length, 3, 'a telephone note says nothing of the time');
  await inTenant((tx) => decideCase(tx, { ...act, caseId: first.caseId }, { result: 'settled', reasons: 'erledigt' }));
  await inTenant((tx) => closeCase(tx, { ...act, caseId: first.caseId }));
  clock.advance(31 * day);
  const later = await sick('2026-05-01', 'portal');
  const pairs = await inTenant((tx) => pairsOfCase(tx, lead, later.caseId));
  assert.ok(!pairs.some((pair) => pair.earlierCase === first.caseId), 'it ended more than 30 days ago');
});

test('somebody else with the same words and nobody with a name are not the same person', async () => {
  const say = { form: form('wohnkosten'), answers: { reason: 'Neue Miete' } };
  await arrive({ person: somebody(), ...say });
  const second = await arrive({ person: somebody(), ...say });
  assert.deepEqual(await found(second.caseId), []);
  const nobody = { familyName: '', givenName: '' };
  await arrive({ person: nobody, ...say, channel: 'email' });
  const unknown = await arrive({ person: nobody, ...say, channel: 'email' });
  assert.deepEqual(await found(unknown.caseId), []);
});

test('two cases of one concern become one by a person, and two again', async () => {
  const person = somebody();
  const first = await arrive({ person, form: form('umzug'), answers: { note: 'online' } });
  const second = await arrive({ person, channel: 'phone', form: form('umzug'), answers: { said: 'zieht um' } });
  await arrive({ person, channel: 'post', documents: await papers('Mietangebot.pdf'), supplement: second });
  const [pair] = await inTenant((tx) => pairsOfCase(tx, lead, second.caseId));
  const items = async (caseId: string) => ways(await inTenant((tx) => itemsOfCase(tx, caseId)));
  assert.equal((await inTenant((tx) => mergeCases(tx, act, pair?.id ?? ''))).kind, 'done');
  assert.deepEqual(await items(first.caseId), ['umzug: portal, phone (decided)', 'Mietangebot.pdf: post (single)']);
  assert.deepEqual(await items(second.caseId), []);
  assert.equal((await inTenant((tx) => findCase(tx, lead, second.caseId)))?.state, 'closed');
  clock.advance(minute);
  await inTenant((tx) => decidePair(tx, act, pair?.id ?? '', 'undone'));
  assert.deepEqual(await items(first.caseId), ['umzug: portal (single)']);
  assert.deepEqual(await items(second.caseId), ['umzug: phone (single)', 'Mietangebot.pdf: post (single)']);
});

test('a merge takes along what was filed alone in the later case, and brings it back', async () => {
  const person = somebody();
  const first = await arrive({ person, form: form('umzug'), answers: { note: 'online' } });
  const second = await arrive({ person, channel: 'phone', form: form('umzug'), answers: { said: 'zieht um' } });
  const strange = await arrive({ person: somebody(), documents: await papers('Bleibt.pdf', 'Falsch gelegt.pdf') });
  const [, alone] = await inTenant((tx) => arrivalsOfSubmissions(tx, [strange.submissionId]));
  const documentId = alone?.documentId ?? '';
  await inTenant((tx) => movePaper(tx, actor, { documentId, toCaseId: second.caseId }));
  const place = async () => (await inTenant((tx) => arrivalsOfDocuments(tx, [documentId])))[0]?.caseId;
  assert.equal(await place(), second.caseId);
  const [pair] = (await inTenant((tx) => pairsOfCase(tx, lead, second.caseId))).filter(
    (one) => one.level === 'same-concern',
  );
  clock.advance(minute);
  assert.equal((await inTenant((tx) => mergeCases(tx, act, pair?.id ?? ''))).kind, 'done');
  assert.equal(await place(), first.caseId);
  assert.equal((await inTenant((tx) => findCase(tx, lead, second.caseId)))?.state, 'closed', 'nothing is left in it');
  clock.advance(minute);
  assert.equal((await inTenant((tx) => decidePair(tx, act, pair?.id ?? '', 'undone'))).kind, 'done');
  assert.equal(await place(), second.caseId);
  assert.notEqual((await inTenant((tx) => findCase(tx, lead, second.caseId)))?.state, 'closed');
});

test('a merge asks for nothing again; taken back, everything is where it was, also when the first one lies elsewhere by then', async () => {
  const person = somebody();
  const first = await arrive({ person, form: form('umzug'), answers: { note: 'online' } });
  const second = await arrive({ person, channel: 'phone', form: form('umzug'), answers: { said: 'zieht um' } });
  const { caseId } = second;
  for (const what of ['Mietangebot', 'Kündigung'])
    await inTenant((tx) =>
      requireItem(tx, { ...act, caseId, staffId: actor.id }, { what, why: 'Fehlt.', dueOn: '2030-01-01' }),
    );
  const items = () => inTenant((tx) => requiredItems(tx, caseId));
  const missing = async () => (await items()).filter((item) => item.fulfilledAt === null).map((item) => item.what);
  const offer = (await items()).find((item) => item.what === 'Mietangebot');
  const supplement = { caseId, itemId: offer?.id ?? '' };
  await arrive({ person, channel: 'post', documents: await papers('Angebot.pdf'), supplement });
  assert.deepEqual(await missing(), ['Kündigung']);
  const [pair] = (await inTenant((tx) => pairsOfCase(tx, lead, caseId))).filter((one) => one.level === 'same-concern');
  clock.advance(minute);
  assert.equal((await inTenant((tx) => mergeCases(tx, act, pair?.id ?? ''))).kind, 'done');
  assert.deepEqual(await missing(), ['Kündigung'], 'what was handed in is not asked for again');
  const third = await arrive({ person: somebody(), form: form('rueckruf') });
  clock.advance(minute);
  const away = { submissionId: first.submissionId, toCaseId: third.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, away)), 'moved');
  clock.advance(minute);
  assert.equal((await inTenant((tx) => decidePair(tx, act, pair?.id ?? '', 'undone'))).kind, 'done');
  assert.equal((await inTenant((tx) => submissionsOfCase(tx, caseId))).length, 2, 'both are back');
  assert.deepEqual(await missing(), ['Kündigung']);
  assert.equal((await inTenant((tx) => findCase(tx, lead, caseId)))?.state, 'waiting');
});

test('confirming the person brings the household together', async () => {
  const person = somebody();
  const known = await arrive({ person, form: form('umzug'), answers: { note: 'online' } });
  const letter = await arrive({ person: { familyName: '', givenName: '' }, channel: 'post', form: form('umzug') });
  assert.deepEqual(await found(letter.caseId), []);
  const id = await inTenant((tx) => addPerson(tx, person));
  const name = `${person.familyName}, ${person.givenName}`;
  for (const { caseId } of [known, letter])
    await inTenant((tx) =>
      confirmPerson(tx, { ...act, caseId }, { id, householdId: null, name, birthDate: person.birthDate }),
    );
  await inTenant((tx) => noticeCase(tx, letter.caseId));
  assert.deepEqual(await found(letter.caseId), ['same-concern confirmed-person']);
});

test('something filed with the wrong person is seen by those who may see both cases, and a leaflet by nobody', async () => {
  const { leistung = '' } = tenant.teams;
  const first = await arrive({ person: somebody(), documents: await papers('Falsch abgelegt.pdf'), teamId: null });
  const second = await arrive({ person: somebody(), documents: await papers('Falsch abgelegt.pdf'), teamId: leistung });
  assert.deepEqual(await found(second.caseId), ['same-bytes same-bytes-elsewhere']);
  const clerk = { role: 'clerk', id: lead.id, teamIds: ['00000000-0000-7000-8000-000000000009'] } as const;
  assert.deepEqual(
    await inTenant((tx) => pairsOfCase(tx, clerk, first.caseId)),
    [],
    'sees the first case, not the second',
  );
  const [pair] = await inTenant((tx) => pairsOfCase(tx, lead, first.caseId));
  const refused = await inTenant((tx) => decidePair(tx, { actor, reader: clerk }, pair?.id ?? '', 'same'));
  assert.equal(refused.kind, 'not-found');
  const open = await inTenant((tx) => openPairs(tx, clerk, undefined));
  assert.ok(open.rows.every((row) => row.id !== pair?.id));
  for (let i = 0; i < 6; i += 1) await arrive({ person: somebody(), documents: await papers('Merkblatt.pdf') });
  const last = await arrive({ person: somebody(), documents: await papers('Merkblatt.pdf') });
  assert.deepEqual(await found(last.caseId), []);
});

test('a person is told what they sent, as they sent it, and no receipt of somebody else', async () => {
  const one = await arrive({ person: somebody(), documents: await papers('Eigener.pdf', 'Verirrter.pdf') });
  const two = await arrive({ person: somebody(), documents: await papers('Nachbar.pdf') });
  const stray = (await inTenant((tx) => submissionDocuments(tx, one.submissionId))).at(-1)?.documentId ?? '';
  assert.equal(await inTenant((tx) => movePaper(tx, actor, { documentId: stray, toCaseId: two.caseId })), 'moved');
  const inOffice = await inTenant((tx) => itemsOfCase(tx, two.caseId));
  assert.ok(
    inOffice.some((item) => item.document?.id === stray),
    'the office sees it where it lies',
  );
  for (const [place, names] of [
    [one, ['Eigener.pdf', 'Verirrter.pdf']],
    [two, ['Nachbar.pdf']],
  ] as const) {
    const items = await inTenant((tx) => itemsAsTheyCame(tx, place.caseId));
    assert.deepEqual(
      items.map((item) => item.document?.name),
      names,
    );
    const number = (await inTenant((tx) => receiptOfSubmission(tx, place.submissionId)))?.number;
    assert.deepEqual([...new Set(items.flatMap((item) => item.ways.map((way) => way.number)))], [number]);
  }
  // Before sending, each is told of what they sent, wherever it lies now, and not of what the office filed with them.
  const hinted = (caseId: string, name: string) =>
    inTenant(async (tx) => {
      const { sha256, ...file } = (await documentsByIds(tx, [name === 'Verirrter.pdf' ? stray : own]))[0] as Document;
      return (await ownHints(tx, [{ ...file, sha256, id: tx.newId() }], [caseId])).map((hint) => hint.name);
    });
  const own = (await inTenant((tx) => submissionDocuments(tx, one.submissionId)))[0]?.documentId ?? '';
  assert.deepEqual(await hinted(one.caseId, 'Eigener.pdf'), ['Eigener.pdf']);
  assert.deepEqual(await hinted(one.caseId, 'Verirrter.pdf'), ['Verirrter.pdf']);
  assert.deepEqual(await hinted(two.caseId, 'Verirrter.pdf'), []);
});

test('another Jobcenter learns nothing, with the same paper in its hands', async () => {
  const { caseId } = await arrive({ person: somebody(), documents: await papers('Grenze.pdf') });
  const document = await prepared(services, other, 'Grenze.pdf');
  const there = await office.submit(other, { documents: [{ document, field: 'papers', recorded: false }] });
  await services.database.tenant(other.jobcenter.id, async (tx) => {
    await noticeSubmission(tx, there.receipt.submissionId);
    assert.deepEqual(await pairsOfCase(tx, lead, there.caseId), []);
    assert.deepEqual(await pairsOfCase(tx, lead, caseId), []);
    assert.deepEqual((await openPairs(tx, lead, undefined)).rows, []);
  });
});

test('open pairs come in pages, and what was asked for although it was there carries the day it was asked for', async () => {
  const person = somebody();
  const first = await arrive({ person, documents: await papers('Konto.pdf') });
  clock.advance(day);
  const staff = await inTenant((tx) =>
    tx.raw<{ id: string }>('select id from staff where jobcenter_id = $1', [tenant.jobcenter.id]),
  );
  assert.equal(staff.length, 0);
  await inTenant((tx) =>
    requireItem(
      tx,
      { ...act, caseId: first.caseId, staffId: lead.id },
      { what: 'Kontoauszug', why: 'Mai', dueOn: '2026-08-01' },
    ),
  );
  const [item] = await inTenant((tx) =>
    tx.raw<{ id: string; requested_at: Date }>(
      'select id, requested_at from required_item where jobcenter_id = $1 and case_id = $2',
      [tenant.jobcenter.id, first.caseId],
    ),
  );
  await arrive({
    person,
    documents: await papers('Konto.pdf'),
    supplement: { caseId: first.caseId, itemId: item?.id ?? '' },
  });
  const [pair] = await inTenant((tx) => pairsOfCase(tx, lead, first.caseId));
  assert.deepEqual(pair?.askedAt, item?.requested_at);
  const all = (await inTenant((tx) => openPairs(tx, lead, undefined, 500))).rows.map((row) => row.id);
  const paged: string[] = [];
  for (let after: Parameters<typeof openPairs>[2]; ; ) {
    const page = await inTenant((tx) => openPairs(tx, lead, after, 2));
    paged.push(...page.rows.map((row) => row.id));
    if (page.next === undefined) break;
    after = page.next;
  }
  assert.ok(all.length > 4);
  assert.deepEqual(paged, all);
});

test('a submission that was not looked at is announced again until it was', async () => {
  const { receipt } = await office.submit(tenant, { person: somebody(), receivedAt: clock.now() });
  clock.advance(6 * minute);
  assert.equal(await inTenant((tx) => enqueueUnnoticed(tx, 2)), 1);
  await inTenant((tx) => noticeSubmission(tx, receipt.submissionId));
  assert.equal(await inTenant((tx) => enqueueUnnoticed(tx, 2)), 0);
  assert.equal((await inTenant((tx) => submissionsOfCase(tx, receipt.submissionId))).length, 0);
});

test('the overview counts two submissions once, by ways and reason, without what was decided to be different', async () => {
  clock.advance(200 * day);
  const numbers = async () =>
    (await inTenant((tx) => twiceOverview(tx, 30))).map(
      (row) => `${row.earlier} ${row.later} ${row.cause} ${row.count} ${row.decided}`,
    );
  assert.deepEqual(await numbers(), []);
  const person = somebody();
  const both = () => papers('Übersicht A.pdf', 'Übersicht B.pdf');
  const first = await arrive({ person, channel: 'post', documents: await both() });
  clock.advance(2 * day);
  await arrive({ person, documents: await both(), supplement: first });
  assert.deepEqual(await numbers(), ['post portal second-way 1 0']);
  clock.advance(day);
  const third = await arrive({ person, channel: 'email', documents: await both(), supplement: first });
  assert.deepEqual(
    await numbers(),
    ['portal email second-way 1 0', 'post portal second-way 1 0'],
    'what came three times came again twice',
  );
  for (const each of await inTenant((tx) => pairsOfCase(tx, lead, first.caseId)))
    if (each.later.submissionId === third.submissionId)
      await inTenant((tx) => decidePair(tx, act, each.id, 'different'));
  const say = { person: somebody(), form: form('wohnkosten'), answers: { reason: 'Miete' } };
  await arrive(say);
  const again = await arrive(say);
  assert.deepEqual(await numbers(), ['portal portal resent 1 0', 'post portal second-way 1 0']);
  const [pair] = await inTenant((tx) => pairsOfCase(tx, lead, again.caseId));
  await inTenant((tx) => decidePair(tx, act, pair?.id ?? '', 'same'));
  assert.deepEqual(await numbers(), ['portal portal resent 1 1', 'post portal second-way 1 0']);
  clock.advance(1_000);
  await inTenant((tx) => decidePair(tx, act, pair?.id ?? '', 'different'));
  assert.deepEqual(await numbers(), ['post portal second-way 1 0']);
  await services.database.tenant(other.jobcenter.id, async (tx) => assert.deepEqual(await twiceOverview(tx, 90), []));
});
