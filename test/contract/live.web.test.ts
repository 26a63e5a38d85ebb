import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, mock, test } from 'node:test';
import { addNote, assignCase, moveToTeam } from '../../src/modules/cases/index.ts';
import { addEmployer, changeEmployer, type EmployerSaid } from '../../src/modules/employers/index.ts';
import { addStaff, newTotpSecret } from '../../src/modules/identity/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import { propose } from '../../src/modules/plans/index.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import { Stream } from '../proof/support/together/stream.ts';
import { Visitor } from '../proof/support/visitor.ts';
import { startTestApp, type TestTenant } from '../support/app.ts';
import { submissionInput } from '../support/submit.ts';

// The beat of the streams (ten seconds) comes when a test says so.
mock.timers.enable({ apis: ['setInterval'] });
const beat = (): void => mock.timers.tick(10_000);

const app = await startTestApp();
const { database } = app.services;
const lead = { kind: 'staff', id: app.staff[1]?.id ?? '', name: 'Alex Beispiel' } as const;
const agent = new Agent({ keepAlive: true });
after(() => agent.destroy());

async function newCase(): Promise<string> {
  const input = await submissionInput(app.services, app, { teamId: app.teams['leistung'] ?? null });
  const received = await database.tenant(app.jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return received.caseId;
}

/** Somebody new who works in the given teams, signed in. */
async function signedIn(login: string, teams: readonly string[], tenant: TestTenant = app) {
  const person = { login, name: `Mensch ${login}`, password: `password of ${login}`, totpSecret: newTotpSecret() };
  const teamIds = teams.map((team) => tenant.teams[team] ?? '');
  const added = await database.tenant(tenant.jobcenter.id, (tx) =>
    addStaff(tx, totpKey(app.services), { ...person, role: 'clerk', teamIds }),
  );
  assert.ok(added.kind === 'added');
  const visitor = new Visitor(app.baseUrl, agent);
  await visitor.signIn({ jobcenter: tenant.jobcenter } as never, { id: added.id, ...person });
  return { id: added.id, name: person.name, visitor };
}

/** The stream of a case, with a way to wait for what it says. */
function listen(visitor: Visitor, caseId: string, fileId = '', list = '') {
  const said: string[] = [];
  const waiting: { readonly words: string; readonly done: () => void }[] = [];
  const stream = new Stream(
    () =>
      `${app.baseUrl}/arbeit/strom?vorgang=${caseId}&aktenid=${fileId}&liste=${list}&teil=${fileId === '' ? 'notizen' : 'akte'}`,
    () => visitor.cookieHeader(),
    (event, data) => {
      said.push(`${event} ${data}`);
      for (const each of waiting) if (`${event} ${data}`.includes(each.words)) each.done();
    },
  );
  after(() => stream.close());
  const says = (words: string): Promise<void> =>
    new Promise((done) => {
      if (said.some((each) => each.includes(words))) done();
      else waiting.push({ words, done });
    });
  /** The state it names last, at the next beat. */
  const standsAt = async (): Promise<string> => {
    said.length = 0;
    beat();
    await says('stand ');
    return said.find((each) => each.startsWith('stand '))?.slice('stand '.length) ?? '';
  };
  return { said, says, standsAt, close: () => stream.close() };
}

const act = (caseId: string) => ({ actor: lead, reader: { role: 'lead', id: lead.id, teamIds: [] } as const, caseId });

test('a stream tells that something changed and who is there, and nothing of what was written', async () => {
  const caseId = await newCase();
  const [kim, mika] = [await signedIn('kim', ['leistung']), await signedIn('mika', ['leistung'])];
  const heard = listen(kim.visitor, caseId);
  await heard.says('stand ');
  const other = listen(mika.visitor, caseId);
  await heard.says('Mensch mika');
  await database.tenant(app.jobcenter.id, (tx) => addNote(tx, act(caseId), 'Ein Satz, der niemanden angeht.'));
  await heard.says('neu ');
  other.close();
  assert.ok(!heard.said.join('\n').includes('niemanden angeht'));
  const windows = await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ n: number }>('select count(*)::int n from app.presence where jobcenter_id = $1', [tx.jobcenterId]),
  );
  assert.ok((windows[0]?.n ?? 0) >= 1);
  heard.close();
});

test('nobody hears a case they may not see: strangers, other teams, other Jobcenters, cases that do not exist', async () => {
  const caseId = await newCase();
  const elsewhere = await signedIn('wohnen', ['wohnen']);
  const foreign = await signedIn('fremd', ['leistung'], app.secondTenant);
  const ask = (visitor: Visitor, id: string) => visitor.page(`/arbeit/strom?vorgang=${id}`);
  assert.equal((await ask(new Visitor(app.baseUrl, agent), caseId)).status, 303);
  for (const visitor of [elsewhere.visitor, foreign.visitor]) assert.equal((await ask(visitor, caseId)).status, 404);
  for (const id of ['01920000-0000-7000-8000-000000000000', 'x', "'"])
    assert.equal((await ask(elsewhere.visitor, id)).status, 404);
});

test('a stream ends when its reader may not see the case any more, or has no session any more', async () => {
  const caseId = await newCase();
  const [left, out] = [await signedIn('left', ['leistung']), await signedIn('out', ['leistung'])];
  const [first, second] = [listen(left.visitor, caseId), listen(out.visitor, caseId)];
  await Promise.all([first.says('stand '), second.says('stand ')]);
  await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.staff_session set ended_at = $3 where staff_id = $1 and jobcenter_id = $2', [
      out.id,
      tx.jobcenterId,
      tx.now,
    ]),
  );
  beat();
  await second.says('abgemeldet');
  await database.tenant(app.jobcenter.id, (tx) =>
    moveToTeam(tx, act(caseId), { id: app.teams['wohnen'] ?? '', name: 'Wohnen' }),
  );
  beat();
  await first.says('verwehrt');
  first.close();
  second.close();
});

/** Two cases in one file, the newest first. */
async function fileOfTwo(): Promise<{ file: string; newest: string; older: string }> {
  const [older, newest] = [await newCase(), await newCase()];
  const [row] = await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ file: string }>(
      `update app.office_case set file_id = (select file_id from app.office_case where jobcenter_id = $1 and id = $2)
       where jobcenter_id = $1 and id = $3 returning file_id file`,
      [tx.jobcenterId, newest, older],
    ),
  );
  return { file: row?.file ?? '', newest, older };
}
const away = (caseId: string) =>
  database.tenant(app.jobcenter.id, (tx) =>
    moveToTeam(tx, act(caseId), { id: app.teams['wohnen'] ?? '', name: 'Wohnen' }),
  );
const shownStamp = async (visitor: Visitor, file: string): Promise<string> => {
  const html = (await visitor.page(`/arbeit/akte/${file}`)).body.toString();
  return /data-live-stamp="([^"]*)"/.exec(html)?.[1] ?? '';
};

test('the page of a file and its stream agree after a case left it and after one joined it: nothing is fetched again and again', async () => {
  const { file, newest, older } = await fileOfTwo();
  const { visitor } = await signedIn('einig', ['leistung']);
  const heard = listen(visitor, newest, file);
  await heard.says('stand ');
  assert.equal(await heard.standsAt(), await shownStamp(visitor, file));
  await away(older);
  const left = await heard.standsAt();
  assert.equal(left, await shownStamp(visitor, file));
  const joined = await newCase();
  await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.office_case set file_id = $2 where jobcenter_id = $1 and id = $3', [
      tx.jobcenterId,
      file,
      joined,
    ]),
  );
  const more = await heard.standsAt();
  assert.notEqual(more, left, 'the page is told that there is one more');
  assert.equal(more, await shownStamp(visitor, file));
  heard.said.length = 0;
  await database.tenant(app.jobcenter.id, (tx) => addNote(tx, act(joined), 'Der neue Vorgang.'));
  await heard.says('neu ');
  heard.close();
});

test('nobody is seen in a case that is closed to the reader; the file stays open while one of its cases is', async () => {
  const { file, newest, older } = await fileOfTwo();
  const { visitor } = await signedIn('akte', ['leistung']);
  const there = await signedIn('dort', ['wohnen', 'leistung']);
  const stays = await signedIn('bleibt', ['leistung']);
  const heard = listen(visitor, newest, file);
  const other = listen(there.visitor, newest);
  await heard.says('Mensch dort');
  await away(newest);
  await heard.standsAt();
  await heard.says('anwesend');
  assert.ok(!heard.said.join('\n').includes('Mensch dort'), 'who is in the closed case is not told');
  assert.ok(!heard.said.join('\n').includes('verwehrt'), 'the file is still open to its reader');
  const old = listen(stays.visitor, older);
  await old.says('Mensch akte');
  await heard.says('Mensch bleibt');
  await away(older);
  beat();
  await heard.says('verwehrt');
  for (const each of [heard, other, old]) each.close();
});

test('a page that renews itself keeps no session alive, and its looks are in the log', async () => {
  const caseId = await newCase();
  const { visitor, id } = await signedIn('still', ['leistung']);
  await database.tenant(app.jobcenter.id, (tx) => assignCase(tx, act(caseId), { id, name: 'Mensch still' }));
  const old =
    "update app.staff_session set last_seen_at = last_seen_at - interval '1 hour' where staff_id = $1 and jobcenter_id = $2";
  await database.tenant(app.jobcenter.id, (tx) => tx.raw(old, [id, tx.jobcenterId]));
  const seen = () =>
    database.tenant(app.jobcenter.id, (tx) =>
      tx.raw<{ at: Date }>(
        'select last_seen_at as at from app.staff_session where staff_id = $1 and jobcenter_id = $2',
        [id, tx.jobcenterId],
      ),
    );
  const before = (await seen())[0]?.at.getTime();
  const path = `/arbeit/vorgaenge/${caseId}`;
  const renewed = await visitor.send({ method: 'GET', path, headers: { 'X-Tandem-Refresh': '1' } });
  assert.ok(typeof renewed !== 'string' && renewed.status === 200);
  await visitor.page('/arbeit/lebt');
  assert.equal((await seen())[0]?.at.getTime(), before);
  await visitor.page(path);
  assert.notEqual((await seen())[0]?.at.getTime(), before);
  const looks = await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ n: number }>(
      "select count(*)::int n from app.audit_entry where action = 'case.read' and actor_id = $1 and jobcenter_id = $2",
      [id, tx.jobcenterId],
    ),
  );
  assert.equal(looks[0]?.n, 2);
});

test('a draft is kept for its writer only, and never from another page', async () => {
  const { visitor } = await signedIn('entwurf', ['leistung']);
  const caseId = await newCase();
  const html = (await visitor.page(`/arbeit/vorgaenge/${caseId}?tun=notizen`)).body.toString();
  const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const place = `/arbeit/vorgaenge/${caseId}/notizen`;
  const fields = { 'entwurf-ort': place, 'entwurf-seite': '/arbeit', text: 'halb' };
  assert.equal((await visitor.post('/arbeit/entwuerfe', { ...fields, csrf })).status, 200);
  assert.equal((await visitor.post('/arbeit/entwuerfe', { ...fields, csrf: 'x' })).status, 403);
  for (const wrong of ['//evil.example', 'https://evil.example', '/arbeit/../x', '/portal'])
    assert.equal((await visitor.post('/arbeit/entwuerfe', { ...fields, csrf, 'entwurf-seite': wrong })).status, 422);
  const away = await visitor.post('/arbeit/entwuerfe/verwerfen', {
    csrf,
    'entwurf-ort': place,
    nach: 'https://evil.example',
  });
  assert.equal(away.headers.location, '/arbeit/entwuerfe');
});

test('a form without a command that writes something new takes its draft along in its own transaction', async () => {
  const away = await signedIn('urlaub', ['leistung']);
  const substitute = await signedIn('vertritt', ['leistung']);
  const place = '/arbeit/vertretung';
  const html = (await away.visitor.page(place)).body.toString();
  const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const [tomorrow = ''] = new Date(app.services.clock.now().getTime() + 86_400_000).toISOString().split('T');
  const day = tomorrow.split('-').reverse().join('.');
  const words = { substitute: substitute.id, from: day, until: day };
  const draft = { ...words, csrf, 'entwurf-ort': place, 'entwurf-seite': place };
  await away.visitor.post('/arbeit/entwuerfe', { ...draft, 'entwurf-stand': 'open-form.1' });
  const sent = await away.visitor.post(place, { ...draft, 'entwurf-stand': 'open-form.2' });
  assert.equal(sent.headers.location, `${place}?ok=benannt`);
  const rows = await database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ same: boolean; drafts: number }>(
      `select d.xmin::text = s.xmin::text same,
         (select count(*)::int from app.staff_draft where jobcenter_id = $1 and staff_id = $2) drafts
       from app.sent_draft d join app.substitution s on s.jobcenter_id = d.jobcenter_id and s.absent_id = d.staff_id
       where d.jobcenter_id = $1 and d.staff_id = $2`,
      [tx.jobcenterId, away.id],
    ),
  );
  assert.deepEqual(rows, [{ same: true, drafts: 0 }]);
});

test('the page of an employer renews itself when this employer or one of its cases changed, and no look is logged where it shows nothing new', async () => {
  const { id, visitor } = await signedIn('betriebe', ['leistung']);
  const tenant = app.jobcenter.id;
  const said = (name: string): EmployerSaid => ({
    ...{ kind: 'employer', name, place: 'Musterstadt', sector: '', wants: '', carerId: '' },
  });
  const added = async (name: string): Promise<string> => {
    const kept = await database.tenant(tenant, (tx) => addEmployer(tx, { actor: lead }, said(name)));
    assert.ok(kept.kind === 'done');
    return kept.id;
  };
  const changed = async (employer: string, name: string, wants: string) => {
    const change = { opened: said(name), mine: { ...said(name), wants } };
    const kept = await database.tenant(tenant, (tx) => changeEmployer(tx, { actor: lead }, employer, change));
    assert.equal(kept.kind, 'done');
  };
  const [shown, other] = [await added('Backstube Mohn'), await added('Backstube Sesam')];
  const caseId = await newCase();
  const proposal = {
    kind: 'job',
    title: 'Verkauf',
    provider: '',
    employerId: shown,
    onDay: '2026-11-02',
    words: '',
  } as const;
  const staff = { ...act(caseId), staffId: lead.id };
  const proposed = await database.tenant(tenant, (tx) => propose(tx, staff, proposal));
  assert.equal(proposed.kind, 'done');
  const looks = async (): Promise<number> => {
    const sql =
      "select count(*)::int n from app.audit_entry where case_id = $1 and actor_id = $2 and action = 'case.read'";
    return (await database.tenant(tenant, (tx) => tx.raw<{ n: number }>(sql, [caseId, id])))[0]?.n ?? -1;
  };
  const path = `/arbeit/betriebe/${shown}`;
  const page = (await visitor.page(path)).body.toString();
  assert.match(page, /Verkauf/);
  const mark = (name: string, html: string): string => html.match(new RegExp(`data-live-${name}="([^"]*)"`))?.[1] ?? '';
  assert.equal(mark('list', page), shown);
  assert.equal(await looks(), 1);
  const live = listen(visitor, '', '', shown);
  await live.says('stand ');
  const renew = async (as: string) => {
    const answer = await visitor.send({ method: 'GET', path, headers: { 'X-Tandem-Refresh': as } });
    assert.ok(typeof answer !== 'string');
    return answer;
  };
  const stamp = await live.standsAt();
  assert.equal(stamp, mark('stamp', page), 'the page and its stream agree');
  await changed(other, 'Backstube Sesam', 'Früh um vier');
  assert.equal(await live.standsAt(), stamp, 'another employer is no change of this one');
  const same = await renew(mark('shown', page));
  assert.deepEqual([same.status, same.body.length, await looks()], [204, 0, 1], 'nothing is sent, so nobody looks');

  live.said.length = 0;
  await database.tenant(tenant, (tx) => addNote(tx, act(caseId), 'Nichts über den Betrieb', { topic: 'other' }));
  await live.says('neu');
  assert.notEqual(await live.standsAt(), stamp);
  const still = await renew(mark('shown', page));
  assert.deepEqual([still.status, still.headers['x-tandem-stamp'], await looks()], [204, await live.standsAt(), 1]);

  live.said.length = 0;
  await changed(shown, 'Backstube Mohn', 'Ab Mai jemanden');
  await live.says('neu');
  const next = await renew(mark('shown', page));
  assert.equal(next.status, 200);
  assert.match(next.body.toString(), /Ab Mai jemanden/);
  assert.equal(await looks(), 2);
  live.close();
});
