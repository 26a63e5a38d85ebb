import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { newId } from '../../kernel/ids.ts';
import { randomSecret, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { addStaff, newTotpSecret } from '../identity/index.ts';
import {
  announce,
  dropDraft,
  enterCase,
  fieldStates,
  fieldWritten,
  findStaffDraft,
  forgetPresence,
  forgetStaffDrafts,
  leaveCase,
  lockField,
  openAnnouncements,
  openOutageFolder,
  presentIn,
  saveStaffDraft,
  staffDrafts,
  stillThere,
  withdrawAnnouncements,
} from './index.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
if (tenant === undefined) throw new Error('No Jobcenter.');
const { database } = office.services;
const inTenant = <T>(work: (tx: Tx) => Promise<T>, now?: Date): Promise<T> =>
  database.tenant(tenant.jobcenter.id, work, now);
const key = randomSecret();
const add = (login: string): Promise<string> =>
  inTenant(async (tx) => {
    const person = {
      login,
      name: `Mensch ${login}`,
      role: 'clerk',
      password: 'ein langes Passwort',
      teamIds: [],
    } as const;
    const added = await addStaff(tx, key, { ...person, totpSecret: newTotpSecret() });
    return added.kind === 'added' ? added.id : '';
  });
const [kim, alex] = [await add('kim'), await add('alex')];
const staff = (id: string) => ({ kind: 'staff', id, name: id === kim ? 'Kim' : 'Alex' }) as const;
const minutes = (count: number): Date => new Date(office.services.clock.now().getTime() + count * 60_000);

test('a field counts its versions and names its last writer, whoever asks first', async () => {
  const subject = newId(minutes(0));
  assert.equal((await inTenant((tx) => lockField(tx, subject, 'email'))).version, 0);
  await inTenant((tx) => fieldWritten(tx, staff(kim), subject, 'email'));
  await inTenant((tx) => fieldWritten(tx, staff(alex), subject, 'email'));
  const states = await inTenant((tx) => fieldStates(tx, [subject]));
  assert.equal(states(subject, 'email').version, 2);
  assert.equal(states(subject, 'email').writerName, 'Alex');
  assert.equal(states(subject, 'other').version, 0);
});

test('two who write the same untouched field wait for each other, and the second sees the first', async () => {
  const subject = newId(minutes(0));
  const locked = Promise.withResolvers<void>();
  const order: string[] = [];
  const first = inTenant(async (tx) => {
    await lockField(tx, subject, 'email');
    locked.resolve();
    await fieldWritten(tx, staff(kim), subject, 'email');
    order.push('first');
  });
  await locked.promise;
  const second = inTenant(async (tx) => {
    const { version } = await lockField(tx, subject, 'email');
    order.push('second');
    return version;
  });
  await first;
  assert.equal(await second, 1);
  assert.deepEqual(order, ['first', 'second']);
});

test('a draft is of one person and place, sealed, replaced, dropped, and gone after fourteen days', async () => {
  const place = '/arbeit/vorgaenge/x/notizen';
  const save = (staffId: string, text: string, now?: Date) =>
    inTenant((tx) => saveStaffDraft(tx, key, { staffId, place, page: '/arbeit', fields: { text } }), now);
  const find = (staffId: string, now?: Date) => inTenant((tx) => findStaffDraft(tx, key, staffId, place), now);
  await save(kim, 'erst');
  await save(kim, 'dann');
  assert.deepEqual((await find(kim))?.fields, { text: 'dann' });
  assert.equal(await find(alex), undefined);
  const rows = await inTenant((tx) =>
    tx.raw<{ sealed: Buffer }>('select sealed from app.staff_draft where jobcenter_id = $1', [tx.jobcenterId]),
  );
  assert.equal(rows.length, 1);
  assert.ok(!rows[0]?.sealed.toString('latin1').includes('dann'));
  await assert.rejects(inTenant((tx) => findStaffDraft(tx, randomSecret(), kim, place)));
  const [listed] = await inTenant((tx) => staffDrafts(tx, key, kim, 5));
  assert.equal(listed?.page, '/arbeit');
  const later = minutes(14 * 24 * 60 + 1);
  assert.equal(await find(kim, later), undefined);
  assert.equal(await inTenant(forgetStaffDrafts, later), 1);
  await save(kim, 'neu');
  await inTenant((tx) => dropDraft(tx, kim, place));
  assert.deepEqual(await inTenant((tx) => staffDrafts(tx, key, kim, 5)), []);
});

test('an older text never takes the place of a newer one: another page is told what is there, and the person chooses', async () => {
  const place = '/arbeit/vorgaenge/y/notizen';
  const times = [0, 1, 2, 3, 4, 5].map(minutes);
  const save = (writer: string, turn: number, text: string, at: number, seenAt?: Date) =>
    inTenant(
      (tx) =>
        saveStaffDraft(tx, key, {
          staffId: kim,
          place,
          page: '/arbeit',
          fields: { text },
          writing: { writer, turn, seenAt },
        }),
      times[at],
    );
  const text = async () => (await inTenant((tx) => findStaffDraft(tx, key, kim, place)))?.fields['text'];
  assert.equal((await save('page-one', 1, 'eins', 0)).kind, 'saved');
  const two = await save('page-two', 1, 'eins zwei', 1, times[0]);
  assert.equal(two.kind, 'saved', 'it was built on what is there');
  const old = await save('page-one', 2, 'eins drei', 2, times[0]);
  assert.equal(old.kind === 'other' && old.draft.fields['text'], 'eins zwei');
  assert.equal(await text(), 'eins zwei');
  assert.equal((await save('page-new', 1, 'neu', 2)).kind, 'other', 'a page that knows of none is no exception');
  assert.equal((await save('page-one', 3, 'eins zwei', 2)).kind, 'saved', 'the same words are no question');
  assert.equal((await save('page-one', 2, 'älter', 3)).kind, 'older', 'what the same page wrote before comes late');
  assert.equal((await save('page-one', 3, 'anders', 3)).kind, 'other', 'nothing is called saved that is not kept');
  assert.equal(await text(), 'eins zwei');
  const both = await Promise.all([save('page-six', 1, 'a', 4, times[2]), save('page-sev', 1, 'b', 5, times[2])]);
  assert.deepEqual(both.map(({ kind }) => kind).sort(), ['other', 'saved'], 'of two at the same time one is second');
  await inTenant((tx) => dropDraft(tx, kim, place));
});

test('a form that was refused comes back as another page: it knows what it was sent with, and nothing that was written later', async () => {
  const place = '/arbeit/vorgaenge/w/notizen';
  const save = (writer: string, turn: number, text: string, shown: readonly { writer: string; turn: number }[] = []) =>
    inTenant((tx) =>
      saveStaffDraft(tx, key, {
        staffId: kim,
        place,
        page: '/arbeit',
        fields: { text },
        writing: { writer, turn, shown },
      }),
    );
  const text = async () => (await inTenant((tx) => findStaffDraft(tx, key, kim, place)))?.fields['text'];
  const refused = [{ writer: 'page-old', turn: 3 }];
  await save('page-old', 2, 'bis hierher');
  assert.equal((await save('page-back', 1, 'bis hierher, gesendet', refused)).kind, 'saved');
  assert.equal((await save('page-old', 9, 'von ganz woanders')).kind, 'other');
  await inTenant((tx) => dropDraft(tx, kim, place));
  await save('page-was', 9, 'weiter geschrieben');
  const known = [{ writer: 'page-was', turn: 3 }];
  const again = await save('page-anew', 1, 'bis hierher', known);
  assert.equal(again.kind === 'other' && again.draft.fields['text'], 'weiter geschrieben');
  await inTenant((tx) => dropDraft(tx, kim, place, { writer: 'page-anew', turn: 2, shown: known }));
  assert.equal(await text(), 'weiter geschrieben', 'sending what was shown deletes nothing that was not');
  assert.equal((await save('page-was', 3, 'bis hierher')).kind, 'sent', 'but what was shown was sent');
  await inTenant((tx) => dropDraft(tx, kim, place));
});

test('what arrives after its form was sent is no draft; what another page wrote and the sender never saw stays one', async () => {
  const place = '/arbeit/vorgaenge/z/notizen';
  const save = (writer: string, turn: number, text: string) =>
    inTenant((tx) =>
      saveStaffDraft(tx, key, { staffId: kim, place, page: '/arbeit', fields: { text }, writing: { writer, turn } }),
    );
  const text = async () => (await inTenant((tx) => findStaffDraft(tx, key, kim, place)))?.fields['text'];
  await save('sent-page', 1, 'halb');
  await inTenant((tx) => dropDraft(tx, kim, place, { writer: 'sent-page', turn: 3 }));
  assert.equal((await save('sent-page', 2, 'halb fertig')).kind, 'sent');
  assert.equal(await text(), undefined);
  assert.equal(
    (await save('sent-page', 4, 'danach')).kind,
    'saved',
    'who goes back and writes on writes something new',
  );
  await inTenant((tx) => dropDraft(tx, kim, place, { writer: 'other-page', turn: 1 }));
  assert.equal(await text(), 'danach');
  await inTenant((tx) => dropDraft(tx, kim, place));
  assert.equal((await save('sent-page', 4, 'danach')).kind, 'sent', 'thrown away is thrown away');
  const [row] = await inTenant((tx) =>
    tx.raw<{ n: number }>('select count(*)::int n from app.sent_draft where jobcenter_id = $1', [tx.jobcenterId]),
  );
  assert.ok((row?.n ?? 0) > 0);
  await inTenant(forgetStaffDrafts, minutes(15 * 24 * 60));
  assert.deepEqual(
    await inTenant((tx) => tx.raw('select 1 from app.sent_draft where jobcenter_id = $1', [tx.jobcenterId])),
    [],
  );
});

test('somebody is there while they give a sign, and gone soon after the last one', async () => {
  const { caseId } = await office.submit(tenant);
  const window = { caseId, staffId: kim, staffName: 'Kim', part: 'notizen' };
  const id = await inTenant((tx) => enterCase(tx, window));
  const second = await inTenant((tx) => enterCase(tx, { ...window, part: 'case' }));
  const seen = (except: string, now?: Date) => inTenant((tx) => presentIn(tx, [caseId], except), now);
  assert.deepEqual(await seen(alex), [{ staffId: kim, name: 'Kim', parts: ['notizen', 'case'] }]);
  assert.deepEqual(await seen(kim), [], 'nobody sees themselves');
  await inTenant((tx) => leaveCase(tx, second, caseId));
  await inTenant((tx) => stillThere(tx, { ...window, id }), minutes(1));
  assert.equal((await seen(alex, minutes(1.3))).length, 1);
  assert.equal((await seen(alex, minutes(1.5))).length, 0);
  assert.equal(await inTenant(forgetPresence, minutes(62)), 1);
});

test('what is touched is told after the commit, once, and not after a rollback', async () => {
  const told: string[][] = [];
  const before = database.onTouched;
  after(() => {
    database.onTouched = before;
  });
  database.onTouched = (topics) => void told.push([...topics]);
  await inTenant(async (tx) => {
    tx.touch('a');
    tx.touch('a');
    assert.deepEqual(told, []);
  });
  await assert.rejects(
    inTenant(async (tx) => {
      tx.touch('b');
      throw new Error('no');
    }),
  );
  assert.deepEqual(told, [['a']]);
});

test('an announcement stands until it is over or taken back', async () => {
  const input = { text: 'Neue Fassung', at: minutes(60), endsAt: minutes(90) };
  await inTenant((tx) => announce(tx, input));
  assert.deepEqual(
    (await inTenant(openAnnouncements)).map((each) => each.text),
    ['Neue Fassung'],
  );
  assert.deepEqual(await inTenant(openAnnouncements, minutes(91)), []);
  assert.equal(await inTenant(withdrawAnnouncements), 1);
  assert.deepEqual(await inTenant(openAnnouncements), []);
});

test('a saved list opens with the token of its session and nothing else, and goes with the session', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-outage-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const lists = openOutageFolder(folder, key);
  const { id } = tenant.jobcenter;
  const list = {
    staffId: kim,
    staffName: 'Kim',
    savedAt: minutes(0).toISOString(),
    expiresAt: minutes(60).toISOString(),
    rows: [{ kind: 'promise' as const, person: 'Yılmaz, Elif', number: 'V-1', what: 'Rückruf' }],
  };
  const hash = sha256('token of kim').toString('hex');
  await lists.save(id, new Map([[hash, list]]));
  assert.deepEqual(await lists.find(id, 'token of kim', minutes(1)), list);
  assert.equal(await lists.find(id, 'token of alex', minutes(1)), undefined);
  assert.equal(await lists.find(id, 'token of kim', minutes(61)), undefined, 'the session has run out');
  const [file = ''] = readdirSync(join(folder, id, 'lists'));
  assert.ok(!file.includes(hash.slice(0, 10)));
  assert.ok(!readFileSync(join(folder, id, 'lists', file)).includes('Yılmaz'));
  const looks: string[] = [];
  await lists.noteLook(id, 'one', { staffId: kim, staffName: 'Kim', at: list.savedAt, rows: 1 });
  const take = () => lists.takeLooks(id, async (look) => void looks.push(look.staffName));
  await take();
  await take();
  assert.deepEqual(looks, ['Kim']);
  await lists.save(id, new Map());
  assert.equal(await lists.find(id, 'token of kim', minutes(1)), undefined);
});
