import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import pg from 'pg';
import type { Actor } from '../../src/kernel/actor.ts';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import { recordAudit } from '../../src/modules/audit/index.ts';
import {
  attachSubmission,
  bankCode,
  bankConfirmation,
  type CaseAct,
  closeCase,
  decideCase,
  openRequiredItems,
  reopenCase,
  requireItem,
  type TimelineEvent,
  timeline,
  writeToClient,
} from '../../src/modules/cases/index.ts';
import { formDefinition, publishForm, shippedDefinitions } from '../../src/modules/forms/index.ts';
import { accessCode, findReceipt, findSubmission, newReceiptNumber } from '../../src/modules/intake/index.ts';
import { chooseDelivery } from '../../src/modules/notices/index.ts';
import { addMailbox, switchMailbox } from '../../src/modules/settings/index.ts';
import type { Clock } from '../../src/platform/clock/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { startTestApp } from '../support/app.ts';
import { smallPdf } from '../support/submit.ts';

let time = new Date('2026-11-23T09:00:00Z').getTime();
const clock: Clock = { now: () => new Date(time) };
const pass = (minutes: number): void => {
  time += minutes * 60_000;
};
const app = await startTestApp({ clock });

/** A browser without scripts: cookies, forms, and redirects that are followed by hand. */
class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;
  html = '';
  constructor(headers: Record<string, string> = {}) {
    this.#headers = headers;
  }
  async #ask(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${app.baseUrl}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...this.#headers, Cookie: cookie, ...init.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /Max-Age=0/.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    if (/text\/html/.test(answer.headers.get('content-type') ?? '')) this.html = await answer.text();
    return answer;
  }
  /** Another window of the same browser. */
  alike(): Visitor {
    const other = new Visitor(this.#headers);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    other.html = this.html;
    return other;
  }
  get = (path: string, headers: Record<string, string> = {}): Promise<Response> => this.#ask(path, { headers });
  get csrf(): string {
    return /name="csrf" value="([^"]+)"/.exec(this.html)?.[1] ?? '';
  }
  post = (path: string, fields: Record<string, string>): Promise<Response> =>
    this.#ask(path, { method: 'POST', body: new URLSearchParams({ csrf: this.csrf, ...fields }) });
  upload(
    path: string,
    field: string,
    files: readonly { name: string; bytes: Uint8Array }[],
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new FormData();
    body.append('csrf', this.csrf);
    body.append('aktion', 'hochladen');
    for (const file of files) body.append(field, new Blob([new Uint8Array(file.bytes)]), file.name);
    return this.#ask(path, { method: 'POST', body, headers });
  }
  /** The status of a page at another host name, with the cookies of this visitor. */
  statusAt(host: string, path: string): Promise<number | undefined> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Promise((resolve, reject) => {
      request(`${app.baseUrl}${path}`, { headers: { Host: host, Cookie: cookie } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
  /** Begins a draft and gives its address. */
  async begin(concern: string): Promise<string> {
    await this.get(`/anliegen/${concern}`);
    const answer = await this.post(`/anliegen/${concern}/entwurf`, {});
    assert.equal(answer.status, 303);
    return (answer.headers.get('location') ?? '').replace(/\/frage\/.*/, '');
  }
}

const person = { familyName: 'Beispiel', givenName: 'Mina', birthDate: '3.4.1990' };

type Answered = readonly (readonly [question: string, fields: Record<string, string>])[];
const callBack: Answered = [
  ['person', person],
  ['thema', { topic: 'letter' }],
  ['nachricht', {}],
  ['antwort', { answerBy: 'write' }],
  ['schriftlich', {}],
  ['verstaendigung', {}],
];
const newAccount: Answered = [
  ['person', person],
  ['erreichbarkeit', {}],
  ['konto', { iban: 'DE89 3704 0044 0532 0130 00' }],
  ['inhaber', { holderKind: 'me' }],
  ['altes-konto', { oldAccountClosed: 'no' }],
  ['nachweis', { 'accountProof.later': 'yes' }],
  ['bestaetigung', { confirmBy: 'letter-code' }],
];

/** A concern, answered and ready to be sent; gives the address of its draft. */
async function readyToSend(visitor: Visitor, concern = 'rueckruf', answers = callBack): Promise<string> {
  const draft = await visitor.begin(concern);
  await visitor.get(`${draft}/frage/person`);
  for (const [key, fields] of answers) {
    assert.equal((await visitor.post(`${draft}/frage/${key}`, fields)).status, 303, key);
  }
  await visitor.get(`${draft}/pruefen`);
  return draft;
}

const codesOf = (html: string): { number: string; code: string } => {
  const [number = '', code = ''] = [...html.matchAll(/td-code__value">([^<]+)</g)].map((match) => match[1] ?? '');
  return { number, code };
};

async function sent(
  visitor = new Visitor(),
  concern?: string,
  answers?: Answered,
): Promise<{ number: string; code: string }> {
  const draft = await readyToSend(visitor, concern, answers);
  const answer = await visitor.post(`${draft}/absenden`, {});
  await visitor.get(answer.headers.get('location') ?? '');
  return codesOf(visitor.html);
}

test('sending twice at the same time and again later gives one receipt', async () => {
  const visitor = new Visitor();
  const draft = await readyToSend(visitor);
  const answers = await Promise.all([1, 2, 3].map(() => visitor.post(`${draft}/absenden`, {})));
  assert.equal(new Set(answers.map((answer) => answer.headers.get('location'))).size, 1);
  const again = await visitor.get(`${draft}/pruefen`);
  assert.equal(again.headers.get('location'), `${draft}/gesendet`);
  assert.equal((await visitor.get(`${draft}/gesendet`)).headers.get('location'), answers[0]?.headers.get('location'));
  pass(31);
  assert.equal((await visitor.get(`${draft}/gesendet`)).status, 200);
  assert.equal((await visitor.get(answers[0]?.headers.get('location') ?? '')).status, 303);
});

test('what is missing stands on the check page and nothing is sent', async () => {
  const visitor = new Visitor();
  const draft = await visitor.begin('rueckruf');
  await visitor.get(`${draft}/pruefen`);
  const answer = await visitor.post(`${draft}/absenden`, {});
  assert.equal(answer.status, 422);
  assert.match(visitor.html, /Es fehlen noch \d+ Angaben/);
  assert.match(visitor.html, /frage\/person\?pruefen=1/);
});

test('wrong codes are slowed by address; the owner still comes in', async () => {
  const owner = new Visitor();
  const { number, code } = await sent(owner);
  const proof = { nummer: number, birthDate: '03.04.1990', code };
  await owner.get('/stand');
  assert.equal((await owner.post('/stand', proof)).status, 303);
  const stranger = new Visitor();
  await stranger.get('/stand');
  for (let i = 0; i < 5; i += 1)
    assert.equal((await stranger.post('/stand', { ...proof, code: 'AAAAA-AAAAA' })).status, 422);
  assert.equal((await stranger.post('/stand', proof)).status, 429);
  pass(16);
  await owner.get('/stand');
  assert.equal((await owner.post('/stand', proof)).status, 303);
});

test('the same sentence for a wrong number, birth date or code', async () => {
  const { number, code } = await sent();
  const other = await sent();
  const texts = [];
  for (const proof of [
    { nummer: other.number, birthDate: '3.4.1990', code },
    { nummer: number, birthDate: '4.4.1990', code },
    { nummer: number, birthDate: '3.4.1990', code: other.code },
  ]) {
    const visitor = new Visitor();
    await visitor.get('/stand');
    assert.equal((await visitor.post('/stand', proof)).status, 422);
    texts.push(/error-summary__list"><li><a[^>]*>([^<]+)/.exec(visitor.html)?.[1]);
  }
  assert.equal(new Set(texts).size, 1);
  assert.ok(texts[0]);
  pass(20);
});

test('a new account counts only with the code of the letter; wrong codes are counted, also many at once', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor, 'bankverbindung', newAccount);
  assert.match(visitor.html, /Ihr Konto bestätigen Sie noch einmal/);
  const account = `/eingang/${number}/konto`;
  const found = await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const receipt = await findReceipt(tx, number);
    const caseId = (await findSubmission(tx, receipt?.submissionId ?? ''))?.caseId ?? '';
    return { caseId, bank: await bankConfirmation(tx, caseId) };
  });
  assert.ok(found.bank);
  const code = bankCode((await app.services.keyring.of(app.jobcenter.id)).codes, found.bank);
  await visitor.get(`/eingang/${number}`);
  assert.match(visitor.html, /Code aus dem Brief/);
  assert.ok(!visitor.html.includes(code));
  await visitor.post(account, { code: '' });
  assert.match(visitor.html, /Bitte geben Sie den Code/);
  const pages = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const other = visitor.alike();
      await other.post(account, { code: 'AAAAA-AAAAA' });
      return other.html;
    }),
  );
  assert.equal(pages.filter((html) => html.includes('Der Code stimmt nicht')).length, 10);
  assert.equal(pages.filter((html) => html.includes('zu viele Versuche')).length, 2);
  await visitor.post(account, { code });
  assert.match(visitor.html, /zu viele Versuche/);
  pass(24 * 60 + 1);
  const again = new Visitor();
  await again.get('/stand');
  const { codes } = await app.services.keyring.of(app.jobcenter.id);
  await again.post('/stand', { nummer: number, birthDate: '03.04.1990', code: accessCode(codes, number) });
  await again.get(`/eingang/${number}`);
  for (let i = 0; i < 2; i += 1) assert.equal((await again.post(account, { code })).status, 303);
  await again.get(`/eingang/${number}?konto=1`);
  assert.match(again.html, /Ihr Konto ist bestätigt/);
  assert.doesNotMatch(again.html, /Code aus dem Brief/);
});

test('another Jobcenter knows neither draft nor receipt', async () => {
  const visitor = new Visitor();
  const draft = await readyToSend(visitor);
  assert.equal((await visitor.get(`${draft}/pruefen`)).status, 200);
  const sentHere = await visitor.post(`${draft}/absenden`, {});
  const receipt = sentHere.headers.get('location') ?? '';
  assert.equal((await visitor.get(receipt)).status, 200);
  assert.equal(await visitor.statusAt('kleinstadt.localhost', draft), 404);
  assert.equal(await visitor.statusAt('kleinstadt.localhost', receipt), 303);
  assert.equal(await visitor.statusAt('kleinstadt.localhost', `/pruefen/${codesOf(visitor.html).number}`), 404);
});

test('whoever has the number of a receipt checks it without its code, and has the field again after a wrong one', async () => {
  const { number } = await sent();
  const visitor = new Visitor();
  for (const [language, words] of [
    ['de', 'Eingangsbestätigung prüfen'],
    ['en', 'Check a receipt'],
  ] as const)
    for (const from of ['/', '/stand']) {
      const other = new Visitor({ 'Accept-Language': language });
      await other.get(from);
      assert.match(other.html, new RegExp(`<a href="/pruefen">${words}</a>`), `${from} in ${language}`);
    }
  assert.equal((await visitor.get('/pruefen')).status, 200);
  const field = (): string | undefined => /<input[^>]*name="nummer"[^>]*>/.exec(visitor.html)?.[0];
  assert.match(field() ?? '', /value=""/);
  assert.equal((await visitor.post('/pruefen', { nummer: '' })).status, 422);
  assert.match(visitor.html, /Bitte geben Sie die Eingangsnummer ein/);
  assert.equal((await visitor.post('/pruefen', { nummer: 'AAAA-"><b>' })).status, 422);
  assert.match(visitor.html, /href="#f-nummer"/);
  assert.match(field() ?? '', /value="AAAA-&quot;&gt;&lt;b&gt;"/);
  const right = await visitor.post('/pruefen', { nummer: ` ${number.toLowerCase().replaceAll('-', ' ')}` });
  assert.equal(right.headers.get('location'), `/pruefen/${number}`);
  await visitor.get(`/pruefen/${number}`);
  assert.match(visitor.html, /Diese Bestätigung ist echt/);

  const slip = `${number.slice(0, -1)}${number.endsWith('A') ? 'B' : 'A'}`;
  const unknown = newReceiptNumber();
  for (const [wrong, words] of [
    [slip, /Diese Nummer kann nicht stimmen/],
    [unknown, /Diese Bestätigung kennen wir nicht/],
  ] as const) {
    assert.equal((await visitor.get(`/pruefen/${wrong}`)).status, 404);
    assert.match(visitor.html, words);
    assert.match(field() ?? '', new RegExp(`value="${wrong}"`));
    assert.equal((await visitor.post('/pruefen', { nummer: number })).status, 303, 'the form of that page works');
  }
});

test('who looked is told once for each person and day, however many pages they loaded', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor);
  const kim = { kind: 'staff', id: '0197a0a0-0000-7000-8000-000000000001', name: 'Kim Muster' } as const;
  const namesake = { ...kim, id: '0197a0a0-0000-7000-8000-000000000002' };
  const at = <T>(work: (tx: Tx, caseId: string) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, async (tx) => {
      const receipt = await findReceipt(tx, number);
      return work(tx, (await findSubmission(tx, receipt?.submissionId ?? ''))?.caseId ?? '');
    });
  const looks = (actor: Actor, action: string, subjects: readonly string[], reason?: string): Promise<void> => {
    pass(1);
    return at(async (tx, caseId) => {
      for (const subjectId of subjects)
        await recordAudit(tx, actor, { action, subjectType: 'any', subjectId, caseId, ...(reason && { reason }) });
    });
  };
  const told = async (): Promise<string[]> => {
    await visitor.get(`/eingang/${number}/zugriffe`);
    return [...visitor.html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)]
      .map(([, row = '']) =>
        row
          .replaceAll(/<[^>]+>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .slice(1);
  };
  const before = await told();
  await looks(kim, 'case.read', ['a', 'a', 'a'], 'Bearbeitung');
  await looks(kim, 'document.read', ['p', 'p', 'q', 'p']);
  await looks(kim, 'case.message-out', ['a']);
  await looks(kim, 'case.read', ['a'], 'Bearbeitung');
  await looks(namesake, 'case.read', ['a', 'a'], 'Bearbeitung in Vertretung');
  await looks(namesake, 'case.read', ['a'], 'Vergleich: zweimal angekommen?');
  await looks(namesake, 'case.read', ['a'], 'Work on the case, standing in');
  const rows = (await told()).filter((row) => !before.includes(row));
  assert.equal(rows.length, 2);
  const [other = '', first = ''] = rows;
  assert.match(
    first,
    /Eine Person aus dem Jobcenter Hat das Anliegen angesehen\. Grund: Arbeit an Ihrem Anliegen\. Hat 2 Dokumente/,
  );
  assert.match(first, /Dokumente angesehen\. Hat Ihnen geschrieben\.$/);
  assert.match(
    other,
    /Hat das Anliegen angesehen\. Grund: Arbeit an Ihrem Anliegen, als Vertretung; nachgesehen, ob etwas zweimal angekommen ist\.$/,
  );
  assert.doesNotMatch(visitor.html, /-mal|Kim Muster/);
  pass(24 * 60);
  const nextDay = new Visitor();
  const { codes } = await app.services.keyring.of(app.jobcenter.id);
  await nextDay.get('/stand');
  await nextDay.post('/stand', { nummer: number, birthDate: '03.04.1990', code: accessCode(codes, number) });
  await looks(kim, 'case.read', ['a'], 'Bearbeitung');
  await nextDay.get(`/eingang/${number}/zugriffe`);
  const days = [...nextDay.html.matchAll(/<th scope="row"[^>]*>([^<]+)/g)].map(([, day]) => day);
  assert.equal(new Set(days.slice(0, 2)).size, 2, 'the next day is a line of its own, and stands above');
  await nextDay.get(`/eingang/${number}/zugriffe?sprache=en`);
  await nextDay.get(`/eingang/${number}/zugriffe`);
  assert.match(
    nextDay.html,
    /Reason: work on your request\./,
    'in the language of the person, whatever that of the office was',
  );
  assert.doesNotMatch(nextDay.html, /Bearbeitung|Vergleich/);
  await nextDay.get(`/eingang/${number}/zugriffe?sprache=de`);
  const kept = await at((tx, caseId) =>
    tx.raw<{ n: string }>(
      "select count(*) n from app.audit_entry where jobcenter_id = $1 and case_id = $2 and actor_kind = 'staff'",
      [app.jobcenter.id, caseId],
    ),
  );
  assert.equal(Number(kept[0]?.n), 14, 'every look stays in the log');
  const cut = /Hier stehen nur die neuesten Einträge/;
  assert.doesNotMatch(nextDay.html, cut);
  await looks(
    kim,
    'document.read',
    Array.from({ length: 1_001 }, (_, i) => `p${i}`),
  );
  await nextDay.get(`/eingang/${number}/zugriffe`);
  assert.match(nextDay.html, cut);
});

test('what the office wrote stands at the top until the person answers it or says that they read it', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor);
  const staff = app.staff[1];
  assert.ok(staff);
  const page = `/eingang/${number}`;
  const asStaff = async (text?: string): Promise<TimelineEvent[]> => {
    pass(1);
    return app.services.database.tenant(app.jobcenter.id, async (tx) => {
      const receipt = await findReceipt(tx, number);
      const caseId = (await findSubmission(tx, receipt?.submissionId ?? ''))?.caseId ?? '';
      const reader = { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) } as const;
      const act = {
        actor: { kind: 'staff', id: staff.id, name: 'Alex Beispiel' },
        reader,
        caseId,
        staffId: staff.id,
      } as const;
      if (text !== undefined) assert.equal((await writeToClient(tx, act, text)).kind, 'done');
      return timeline(tx, caseId);
    });
  };
  const box = async (query = ''): Promise<string> => {
    pass(1); // entries of one moment have no order
    await visitor.get(page + query);
    return /<h1>.*?kern-alert(.*?)<h2/s.exec(visitor.html)?.[1] ?? '';
  };
  const shown = (): string => /name="bis" value="([^"]*)"/.exec(visitor.html)?.[1] ?? '';
  const nothing = /Sie müssen gerade nichts tun/;
  assert.match(await box(), nothing);

  await asStaff('Wer wohnt noch bei Ihnen?');
  for (let i = 0; i < 2; i += 1) {
    const top = await box();
    assert.match(top, /Lesen Sie bitte, was wir Ihnen am \d+\.\d+\.\d+ geschrieben haben/);
    assert.doesNotMatch(top, nothing, 'that the page was loaded answers nothing');
    const [, anchor = ''] = /href="#(nachricht-[^"]+)"/.exec(top) ?? [];
    assert.match(visitor.html, new RegExp(`<li[^>]* id="${anchor}"(?:(?!</li>).)*Wer wohnt noch bei Ihnen`, 's'));
  }
  const first = shown();
  assert.equal((await visitor.post(`${page}/nachricht/gelesen`, { bis: first, was: 'brief' })).status, 303);
  assert.match(await box('?gelesen=brief'), /was wir Ihnen am/, 'that a letter was read says nothing of a message');
  await asStaff('Und seit wann?');
  assert.match(await box(), /unsere 2 Nachrichten/);
  for (const was of ['nachrichten', 'nachrichten'])
    assert.equal((await visitor.post(`${page}/nachricht/gelesen`, { bis: first, was })).status, 303);
  assert.doesNotMatch(await box('?gelesen=1'), nothing, 'what came meanwhile waits on');
  assert.doesNotMatch(visitor.html, /Danke, wir wissen jetzt/);
  assert.equal((await visitor.post(`${page}/nachricht`, { text: 'Niemand.', bis: first })).status, 303);
  assert.match(await box(), /was wir Ihnen am/, 'the answer was written before it came');
  assert.equal((await visitor.post(`${page}/nachricht/gelesen`, { bis: shown() })).status, 303);
  assert.match(await box('?gelesen=1'), nothing);
  assert.match(visitor.html, /Danke, wir wissen jetzt/);
  assert.doesNotMatch(visitor.html, /nachricht\/gelesen/);
  await asStaff('Danke. Noch etwas?');
  await box();
  assert.equal((await visitor.post(`${page}/nachricht`, { text: 'Nein.', bis: shown() })).status, 303);
  assert.match(await box(), nothing);
  const events = await asStaff();
  const reads = events.flatMap((event) => (event.kind === 'message-read' ? [event.detail.what] : []));
  assert.deepEqual(
    reads,
    ['messages', undefined],
    'a page from before messages and letters were told apart says neither',
  );
  const kinds = events.map(({ kind }) => kind).filter((kind) => kind.startsWith('message-'));
  assert.deepEqual(
    kinds,
    ['out', 'out', 'read', 'in', 'read', 'out', 'in'].map((kind) => `message-${kind}`),
  );
});

test('a message waits no longer than until something is handed in, the case is closed, or sixty days have passed', async () => {
  const { number } = await sent();
  const staff = app.staff[1];
  assert.ok(staff);
  const inCase = async <T>(work: (tx: Tx, act: CaseAct, submissionId: string) => Promise<T>): Promise<T> => {
    pass(1); // entries of one moment have no order
    return app.services.database.tenant(app.jobcenter.id, async (tx) => {
      const submissionId = (await findReceipt(tx, number))?.submissionId ?? '';
      const caseId = (await findSubmission(tx, submissionId))?.caseId ?? '';
      const reader = { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) } as const;
      const actor = { kind: 'staff', id: staff.id, name: 'Alex Beispiel' } as const;
      return work(tx, { actor, reader, caseId }, submissionId);
    });
  };
  const writes = (text: string) => inCase(async (tx, act) => (await writeToClient(tx, act, text)).kind);
  const { codes } = await app.services.keyring.of(app.jobcenter.id);
  /** What waits, by the page of somebody who comes anew. */
  const waits = async (): Promise<string> => {
    const visitor = new Visitor();
    await visitor.get('/stand');
    await visitor.post('/stand', { nummer: number, birthDate: '03.04.1990', code: accessCode(codes, number) });
    await visitor.get(`/eingang/${number}`);
    const asks =
      /Lesen Sie bitte (was wir|unsere \d)?/.exec(visitor.html.replace('bitte, was', 'bitte was'))?.[1] ?? '';
    assert.equal(asks !== '', visitor.html.includes('nachricht/gelesen'), 'the button goes with what waits');
    return asks;
  };
  assert.equal(await writes('Uns fehlt der Lohnzettel.'), 'done');
  assert.equal(await waits(), 'was wir');
  const handedIn = { channel: 'portal', documents: 1 };
  await inCase(async (tx, { caseId }, submissionId) =>
    assert.equal(
      await attachSubmission(tx, { kind: 'client', receiptId: number }, { ...handedIn, caseId, submissionId }),
      'attached',
    ),
  );
  assert.equal(await waits(), '', 'a paper is an answer');

  await writes('Danke.');
  assert.equal(await waits(), 'was wir');
  await inCase(async (tx, act) => assert.equal((await closeCase(tx, act)).kind, 'done'));
  assert.equal(await waits(), '', 'settled with the case');
  await inCase(async (tx, act) => assert.equal((await reopenCase(tx, act, 'Nachfrage')).kind, 'done'));
  assert.equal(await waits(), '', 'a case that is opened again brings no old messages back');

  await writes('Noch eine Frage.');
  pass(59 * 24 * 60);
  assert.equal(await waits(), 'was wir');
  await writes('Und noch eine.');
  assert.equal(await waits(), 'unsere 2');
  pass(24 * 60);
  assert.equal(await waits(), 'was wir', 'the older one waits no longer');
});

test('an account to confirm is something to do', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor, 'bankverbindung', newAccount);
  await visitor.get(`/eingang/${number}`);
  assert.match(visitor.html, /<a href="#konto">Bestätigen Sie Ihr Konto/);
  assert.match(visitor.html, /<section[^>]* id="konto"/);
  assert.doesNotMatch(visitor.html, /gerade nichts tun/);
});

test('the last day of a paper that is set for a Saturday is the Monday, also on the page of the person', async () => {
  while (clock.now().getUTCDay() !== 1) pass(24 * 60);
  const monday = dayInGermany(clock.now());
  const { number } = await sent();
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const receipt = await findReceipt(tx, number);
    const caseId = (await findSubmission(tx, receipt?.submissionId ?? ''))?.caseId ?? '';
    const staff = app.staff[1];
    assert.ok(staff);
    const actor = { kind: 'staff', id: staff.id, name: 'Alex Beispiel' } as const;
    const reader = { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) } as const;
    const item = { what: 'Kontoauszug', why: 'Für die Akte.', dueOn: addDays(monday, -2) };
    assert.equal((await requireItem(tx, { actor, reader, caseId, staffId: staff.id }, item)).kind, 'done');
  });
  const { codes } = await app.services.keyring.of(app.jobcenter.id);
  const seen = async (): Promise<string> => {
    const visitor = new Visitor();
    await visitor.get('/stand');
    await visitor.post('/stand', { nummer: number, birthDate: '03.04.1990', code: accessCode(codes, number) });
    await visitor.get(`/eingang/${number}`);
    return visitor.html;
  };
  const date = monday.split('-').reverse().join('\\.');
  const inTime = await seen();
  assert.match(inTime, new RegExp(`Geben Sie bis zum ${date} ab: Kontoauszug`));
  assert.match(inTime, new RegExp(`Bitte bis zum ${date}\\.`));
  assert.match(inTime, /nur noch heute/);
  pass(24 * 60);
  const late = await seen();
  assert.match(late, /Geben Sie bitte noch ab: Kontoauszug/);
  assert.match(late, /seit 1 Tag vorbei/);
});

test('a closed case asks for nothing: what can still be handed in is named as that', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor, 'bankverbindung', newAccount);
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const receipt = await findReceipt(tx, number);
    const caseId = (await findSubmission(tx, receipt?.submissionId ?? ''))?.caseId ?? '';
    const staff = app.staff[1];
    assert.ok(staff);
    const act = {
      actor: { kind: 'staff', id: staff.id, name: 'Alex Beispiel' },
      reader: { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) },
      caseId,
      staffId: staff.id,
    } as const;
    const dueOn = addDays(dayInGermany(tx.now), 7);
    for (const what of ['Kontoauszug', 'Ausweis', 'Meldebescheinigung', 'Mietvertrag'])
      assert.equal((await requireItem(tx, act, { what, why: 'Für die Akte.', dueOn })).kind, 'done');
    const open = await openRequiredItems(tx, caseId);
    const items = new Map(open.map(({ id }) => [id, 'kept'] as const));
    const choices = { staffId: staff.id, end: [], keep: [], why: '', items };
    assert.equal((await closeCase(tx, act, choices)).kind, 'done');
  });
  await visitor.get(`/eingang/${number}`);
  const top = /<h1>.*?kern-alert(.*?)<h2/s.exec(visitor.html)?.[1] ?? '';
  assert.match(top, /Ihr Anliegen ist erledigt.*Das ist noch offen:.*Sie können bis zum [\d.]+ noch abgeben: /s);
  assert.match(top, /Noch 1 weitere Unterlage können Sie abgeben/);
  assert.doesNotMatch(top, /Das ist für Sie zu tun|Geben Sie|Bestätigen Sie/);
  assert.match(visitor.html, /<h2>Das können Sie noch abgeben</);
  assert.doesNotMatch(visitor.html, /Bitte bestätigen Sie Ihr Konto/);
  assert.match(visitor.html, /action="\/eingang\/[^"]+\/konto"/, 'a code that came with the post can still be given');
});

test('who is decided for is told how the notice comes: by post, or on this page where they chose the portal', async () => {
  const visitor = new Visitor();
  const { number } = await sent(visitor);
  const staff = app.staff[1];
  assert.ok(staff);
  const at = <T>(work: (tx: Tx, caseId: string) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, async (tx) => {
      const submissionId = (await findReceipt(tx, number))?.submissionId ?? '';
      return work(tx, (await findSubmission(tx, submissionId))?.caseId ?? '');
    });
  const reader = { role: 'lead', id: staff.id, teamIds: [] } as const;
  const actor = { kind: 'staff', id: staff.id, name: 'Alex Beispiel' } as const;
  const decision = { result: 'granted', reasons: 'Alles liegt vor.' } as const;
  assert.equal((await at((tx, caseId) => decideCase(tx, { actor, reader, caseId }, decision))).kind, 'done');
  await visitor.get(`/eingang/${number}`);
  assert.match(visitor.html, /Den Bescheid bekommen Sie mit der Post/);
  const keys = await app.services.keyring.of(app.jobcenter.id);
  const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
  const box = { login: 'mail', password: 'secret', folder: 'INBOX', doneFolder: 'Tandem', imap: server, smtp: server };
  const place = { teamId: app.teams['leistung'] ?? '', address: 'post@jobcenter.example', smtpLogin: true };
  const mailbox = await at((tx) => addMailbox(tx, keys, { ...box, ...place }));
  assert.ok(mailbox.kind === 'added');
  const choice = { way: 'portal', email: 'mina@example.org' } as const;
  await at((tx, caseId) => chooseDelivery(tx, { kind: 'client', receiptId: number }, caseId, choice));
  await visitor.get(`/eingang/${number}`);
  assert.match(visitor.html, /Den Bescheid bekommen Sie hier auf dieser Seite, unter „Briefe“/);
  assert.match(visitor.html, /<h2[^>]*>Briefe</);
  await at((tx) => switchMailbox(tx, place.address, false));
  await visitor.get(`/eingang/${number}`);
  assert.match(visitor.html, /Den Bescheid bekommen Sie mit der Post/, 'as long as no mailbox can tell of it');
});

test('files: each is judged alone, the same bytes are kept once, scripts get JSON', async () => {
  const visitor = new Visitor();
  const draft = await visitor.begin('unterlagen');
  await visitor.get(`${draft}/frage/person`);
  await visitor.post(`${draft}/frage/person`, person);
  await visitor.post(`${draft}/frage/anlass`, { occasion: 'other' });
  const page = `${draft}/frage/dateien`;
  await visitor.get(page);
  const mixed = await visitor.upload(page, 'datei.papers', [
    { name: '../../gut.pdf', bytes: smallPdf('gut') },
    { name: 'leer.jpg', bytes: new Uint8Array() },
    { name: 'programm.pdf', bytes: Buffer.from('MZ this is a program') },
  ]);
  assert.equal(mixed.status, 422);
  assert.match(visitor.html, /td-upload__name">gut\.pdf</);
  assert.match(visitor.html, /leer\.jpg“ ist leer/);
  assert.match(visitor.html, /programm\.pdf“ können wir nicht öffnen/);
  const twice = await visitor.upload(page, 'datei.papers', [{ name: 'nochmal.pdf', bytes: smallPdf('gut') }], {
    Accept: 'application/json',
  });
  assert.equal(twice.status, 422);
  assert.match(((await twice.json()) as { error: string }).error, /schon hochgeladen/);
  const fine = await visitor.upload(page, 'datei.papers', [{ name: 'zwei.pdf', bytes: smallPdf('zwei') }], {
    Accept: 'application/json',
  });
  assert.deepEqual(await fine.json(), { name: 'zwei.pdf' });
  await visitor.get(page);
  const id = /value="entfernen ([^"]+)"/.exec(visitor.html)?.[1] ?? '';
  assert.equal((await visitor.post(page, { aktion: `entfernen ${id}` })).status, 303);
  await visitor.get(page);
  assert.equal(visitor.html.match(/value="entfernen /g)?.length, 1);
});

test('a draft moves to a new version of its form, and what is new is shown', async () => {
  const visitor = new Visitor();
  const draft = await readyToSend(visitor);
  const old = shippedDefinitions().find((form) => form.key === 'rueckruf');
  assert.ok(old);
  const extra = {
    key: 'neue-frage',
    section: old.questions[0]?.section,
    title: { de: 'Welche Farbe?', en: 'Which colour?' },
    fields: [
      {
        key: 'colour',
        kind: 'text',
        label: { de: 'Farbe', en: 'Colour' },
        required: true,
        privacy: old.questions[0]?.fields[0]?.privacy,
      },
    ],
  };
  const definition = formDefinition.parse({
    ...old,
    version: old.version + 1,
    questions: [...old.questions.slice(0, 1), extra, ...old.questions.slice(1)],
  });
  await app.services.database.tenant(app.jobcenter.id, (tx) => publishForm(tx, definition));
  pass(1);
  const answer = await visitor.get(`${draft}/pruefen`);
  assert.equal(answer.headers.get('location'), `${draft}/neu`);
  await visitor.get(`${draft}/neu`);
  assert.match(visitor.html, /Welche Farbe\?/);
  const moved = await visitor.post(`${draft}/neu`, {});
  assert.equal(moved.headers.get('location'), `${draft}/frage/neue-frage`);
  await visitor.post(`${draft}/frage/neue-frage`, { colour: 'blau' });
  await visitor.get(`${draft}/pruefen`);
  assert.match(visitor.html, /blau/);
  assert.match(visitor.html, /Mina/);
});

test('a form that was open too long shows what was typed', async () => {
  const visitor = new Visitor();
  const draft = await visitor.begin('umzug');
  const answer = await visitor.post(`${draft}/frage/person`, { ...person, csrf: 'x'.repeat(32) });
  assert.equal(answer.status, 403);
  assert.match(visitor.html, /Beispiel/);
});

test('a draft can be taken off a shared device', async () => {
  const visitor = new Visitor();
  const draft = await visitor.begin('umzug');
  await visitor.get('/fortsetzen');
  assert.match(visitor.html, new RegExp(draft));
  await visitor.get(`${draft}/merken`);
  assert.equal((await visitor.post(`${draft}/vergessen`, {})).status, 303);
  assert.equal((await visitor.get(`${draft}/pruefen`)).status, 404);
});

test('a draft is deleted with its papers when the person wants it, but not after it was sent', async () => {
  const visitor = new Visitor();
  const draft = await visitor.begin('unterlagen');
  await visitor.get(`${draft}/frage/person`);
  await visitor.post(`${draft}/frage/person`, person);
  await visitor.post(`${draft}/frage/anlass`, { occasion: 'other' });
  await visitor.get(`${draft}/frage/dateien`);
  assert.match(visitor.html, /data-by-button[\s\S]*value="hochladen"/);
  await visitor.upload(`${draft}/frage/dateien`, 'datei.papers', [{ name: 'privat.pdf', bytes: smallPdf('privat') }]);
  const paper = () =>
    app.services.database.tenant(app.jobcenter.id, (tx) =>
      tx.raw<{ blob: string; wrapped_key: Buffer | null }>(
        'select blob, wrapped_key from app.document where jobcenter_id = $1 and name = $2',
        [app.jobcenter.id, 'privat.pdf'],
      ),
    );
  const [before] = await paper();
  assert.ok(before?.wrapped_key);
  await visitor.get(`${draft}/merken`);
  assert.match(visitor.html, /Entwurf mit allen Angaben löschen/);
  await visitor.get(`${draft}/loeschen`);
  assert.match(visitor.html, /1 hochgeladenes Dokument/);
  const answer = await visitor.post(`${draft}/loeschen`, {});
  assert.equal(answer.headers.get('location'), '/entwurf-geloescht');
  await visitor.get('/entwurf-geloescht');
  assert.match(visitor.html, /Entwurf gelöscht/);
  assert.equal((await visitor.get(`${draft}/pruefen`)).status, 404);
  assert.equal((await paper())[0]?.wrapped_key, null);
  await assert.rejects(app.services.blobs.get(before.blob));

  const sender = new Visitor();
  const kept = await readyToSend(sender, 'bankverbindung', newAccount);
  await sender.get(`${kept}/loeschen`);
  assert.equal((await sender.post(`${kept}/absenden`, {})).status, 303);
  assert.equal((await sender.post(`${kept}/loeschen`, {})).headers.get('location'), `${kept}/gesendet`);
});

test('a lost database gives a page that says what to do, and everything is there again when it is back', async () => {
  const visitor = new Visitor();
  const draft = await readyToSendAgain(visitor);
  const { name, superuserUrl } = app.database;
  const admin = new pg.Client({ connectionString: superuserUrl.replace(`/${name}?`, '/postgres?') });
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await admin.query(`alter database ${name} rename to ${name}_lost`);
  pass(1);
  const answer = await visitor.get(`${draft}/pruefen`);
  assert.equal(answer.status, 503);
  assert.match(visitor.html, /ist sicher/);
  assert.match(visitor.html, /Jobcenter Musterstadt/);
  assert.equal((await visitor.get(`${draft}/frage/person`, { Accept: 'application/json' })).status, 503);
  await admin.query(`alter database ${name}_lost rename to ${name}`);
  await admin.end();
  pass(1);
  assert.equal((await visitor.get(`${draft}/pruefen`)).status, 200);
  assert.match(visitor.html, /Mina/);
});

async function readyToSendAgain(visitor: Visitor): Promise<string> {
  const draft = await visitor.begin('umzug');
  await visitor.get(`${draft}/frage/person`);
  assert.equal((await visitor.post(`${draft}/frage/person`, person)).status, 303);
  return draft;
}
