import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayInGermany } from '../../src/kernel/dates.ts';
import {
  clientHasRead,
  clientWrites,
  closeCase,
  type DecisionResult,
  decideCase,
  openLetters,
  openMessages,
  timeline,
  writeToClient,
} from '../../src/modules/cases/index.ts';
import { accessCode, receiptOfSubmission, submissionsOfCase } from '../../src/modules/intake/index.ts';
import {
  beginTelling,
  chooseDelivery,
  endTelling,
  findNotice,
  forgetLetterOf,
  markLetters,
  noteDrawn,
  noteFetched,
  noteReturned,
  sendAgain,
} from '../../src/modules/notices/index.ts';
import { addMailbox, switchMailbox } from '../../src/modules/settings/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import {
  alex,
  app,
  at,
  begin,
  kim,
  leistung,
  newCase,
  refusal,
  release,
  services,
  submit,
  system,
  write,
} from '../support/letters.ts';

/** What the office and the person do one after the other is never at the same instant, nor before what goes by the real clock: a new case, a page. */
let time = services.clock.now().getTime();
const later = (): Date => {
  time = Math.max(time + 1_000, services.clock.now().getTime());
  return new Date(time);
};
const then = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => at(work, later());

const keys = await services.keyring.of(app.jobcenter.id);
const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
const address = 'post@jobcenter.example';
const box = { login: 'mail', password: 'secret', folder: 'INBOX', doneFolder: 'Tandem', imap: server, smtp: server };
assert.equal(
  (await at((tx) => addMailbox(tx, keys, { ...box, teamId: leistung, address, smtpLogin: true }))).kind,
  'added',
);
const mails = (on: boolean) => then((tx) => switchMailbox(tx, address, on));

const person = { kind: 'client', receiptId: 'A' } as const;
const choose = (caseId: string, way: 'portal' | 'post') =>
  then((tx) => chooseDelivery(tx, person, caseId, way === 'portal' ? { way, email: 'mika@example.org' } : { way }));
const decide = async (caseId: string, result: DecisionResult): Promise<void> => {
  const decision = { result, reasons: 'Alles liegt vor.' };
  assert.equal((await then((tx) => decideCase(tx, { ...kim, caseId }, decision))).kind, 'done');
};

/** A notice that waits for somebody to release it. */
const submitted = async (caseId: string): Promise<string> => {
  const id = await begin(caseId, 'ablehnung');
  assert.equal((await write(id, refusal)).kind, 'written');
  assert.equal((await submit(id)).kind, 'submitted');
  return id;
};
const sendOut = async (id: string, way: 'portal' | 'post'): Promise<void> =>
  assert.equal((await release(id, alex, way, later())).kind, 'sent');
const handOver = async (id: string): Promise<void> => {
  await then((tx) => noteDrawn(tx, kim.actor, [id]));
  const mark = { ids: [id], day: dayInGermany(later()) };
  for (const done of ['printed', 'posted'] as const)
    assert.equal(await then((tx) => markLetters(tx, kim.actor, kim.reader, { ...mark, done })), 1);
};
const comeBack = async (id: string): Promise<void> =>
  assert.equal((await then((tx) => noteReturned(tx, { ...kim, noticeId: id }, 'unbekannt verzogen'))).kind, 'done');

type Shown = { readonly top: string; readonly all: string; readonly sends: (button: string) => Record<string, string> };

/** The page of the person of a case, who comes anew: what stands at the top of it, in words, all of it, and what a button of it sends. */
async function page(caseId: string): Promise<Shown> {
  const number = await at(async (tx) => {
    const [first] = await submissionsOfCase(tx, caseId);
    return (await receiptOfSubmission(tx, first?.id ?? ''))?.number ?? '';
  });
  const url = `${app.baseUrl}/stand`;
  const cookiesOf = (answer: Response): string[] =>
    answer.headers.getSetCookie().map((line) => line.replace(/;.*/, ''));
  const asks = await fetch(url);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await asks.text())?.[1] ?? '';
  const code = accessCode(keys.codes, number);
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookiesOf(asks).join('; ') },
    body: new URLSearchParams({ csrf, nummer: number, birthDate: '3.4.1990', code }),
  });
  assert.equal(answer.status, 303);
  const Cookie = [...cookiesOf(asks), ...cookiesOf(answer)].join('; ');
  const all = await (await fetch(`${app.baseUrl}/eingang/${number}`, { headers: { Cookie } })).text();
  const top = /<h1>.*?kern-alert(.*?)<h2/s.exec(all)?.[1] ?? '';
  const sends = (button: string): Record<string, string> => {
    const form = all.split('<form').find((each) => each.includes(button)) ?? assert.fail(`no button ${button}`);
    return Object.fromEntries(
      [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
  };
  return { top: top.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '), all, sends };
}
const top = async (caseId: string): Promise<string> => (await page(caseId)).top;

const here = /Der Bescheid vom \d+\.\d+\.\d{4} liegt hier auf dieser Seite, unter „Briefe“\./;
const coming = /Der Bescheid vom \d+\.\d+\.\d{4} kommt mit der Post\. Eine Kopie liegt hier auf dieser Seite/;
const promise = /bekommen Sie (?:ihn )?(?:mit der Post|hier)/;

test('a notice that was sent by the portal lies there, whatever is chosen, closed or decided afterwards', async () => {
  const caseId = await newCase();
  await mails(true);
  await choose(caseId, 'portal');
  const id = await submitted(caseId);
  await sendOut(id, 'portal');
  const lies = async (more?: RegExp): Promise<void> => {
    const said = await top(caseId);
    assert.match(said, here);
    assert.match(said, /Lesen Sie unseren Brief vom/);
    if (more === undefined) assert.doesNotMatch(said, /mit der Post|bekommen Sie/);
    else assert.match(said, more);
  };
  await lies();
  await then((tx) => beginTelling(tx, id));
  await then((tx) => endTelling(tx, system, id, 'sent'));
  await lies();
  await mails(false);
  await lies();
  await choose(caseId, 'post');
  await lies();
  assert.equal((await then((tx) => closeCase(tx, { ...kim, caseId }))).kind, 'done');
  await lies();
  assert.match(await top(caseId), /Ihr Anliegen ist erledigt/);
  await decide(caseId, 'granted');
  await lies(/Kommt dazu noch ein neuer Bescheid, bekommen Sie ihn mit der Post\./);
  await decide(caseId, 'withdrawn');
  await lies();
  await sendOut(await submitted(caseId), 'post');
  assert.match(await top(caseId), coming, 'the newest one');
});

test('a notice by post is promised until it is released, then it comes, was sent, or came back; also to who chooses the portal', async () => {
  const caseId = await newCase();
  await mails(true);
  await decide(caseId, 'refused');
  const id = await submitted(caseId);
  assert.match(await top(caseId), /Den Bescheid bekommen Sie mit der Post\./, 'what waits for somebody went nowhere');
  await sendOut(id, 'post');
  assert.match(await top(caseId), coming);
  await choose(caseId, 'portal');
  const waits = await page(caseId);
  assert.match(waits.top, coming);
  assert.doesNotMatch(waits.top, promise);
  assert.match(waits.all, /kommt mit der Post, hier eine Kopie/);
  await handOver(id);
  const posted =
    /Den Bescheid vom [\d.]+ haben wir Ihnen am \d+\.\d+\.\d{4} mit der Post geschickt\. Eine Kopie liegt hier/;
  assert.match(await top(caseId), posted);
  await comeBack(id);
  const call = /Das ist für Sie zu tun: Rufen Sie uns bitte an: Unser Brief vom [\d.]+ kam zu uns zurück/;
  const back = await top(caseId);
  assert.match(back, /Der Bescheid vom [\d.]+ kam zu uns zurück\. Eine Kopie/);
  assert.match(back, call);
  assert.doesNotMatch(back, promise);
  const again = await then((tx) => sendAgain(tx, { ...kim, noticeId: id }, { recipient: 'Mika Muster\nAllee 2' }));
  assert.equal(again.kind, 'done');
  const anew = await page(caseId);
  assert.match(anew.top, /Den Bescheid vom [\d.]+ schicken wir Ihnen noch einmal, mit der Post\. Eine Kopie/);
  assert.doesNotMatch(anew.all, /Rufen Sie uns bitte an|kam zu uns zurück/);
  assert.match(anew.all, /Die Zeit zum Widersprechen beginnt erst, wenn der Brief abgeschickt ist/);
  await handOver(id);
  assert.match(await top(caseId), posted);
  await comeBack(id);
  await then((tx) => clientWrites(tx, person, caseId, 'Danke.'));
  const reopened = await top(caseId);
  assert.match(reopened, call, 'it asks for something in a case that was opened again, too');
  assert.doesNotMatch(reopened, /gerade nichts tun|Bescheid/);
});

test('of a portal that nobody can be told by, the notice goes by post; where none follows, none is promised', async () => {
  const caseId = await newCase();
  const id = await submitted(caseId);
  await sendOut(id, 'portal');
  assert.match(await top(caseId), here);
  await then((tx) => beginTelling(tx, id));
  await then((tx) => endTelling(tx, system, id, 'failed'));
  assert.match(await top(caseId), coming);
  const other = await newCase();
  for (const result of ['settled', 'withdrawn', 'forwarded'] as const) {
    await decide(other, result);
    const said = await top(other);
    assert.match(said, /Entschieden Die Entscheidung steht unten im Verlauf\./);
    assert.doesNotMatch(said, /Bescheid/, result);
  }
});

test('of a notice on this page whose e-mail came back nobody reads that the letter did', async () => {
  const caseId = await newCase();
  await mails(true);
  await choose(caseId, 'portal');
  await decide(caseId, 'refused');
  const id = await submitted(caseId);
  await sendOut(id, 'portal');
  await then((tx) => beginTelling(tx, id));
  await then((tx) => endTelling(tx, system, id, 'sent'));
  await comeBack(id);
  const check = /Prüfen Sie bitte Ihre E-Mail-Adresse: Unsere E-Mail zum Brief vom [\d.]+ kam zurück/;
  const back = await page(caseId);
  assert.match(back.top, here);
  assert.match(back.top, check);
  assert.match(back.all, /Unsere E-Mail dazu kam zurück\. Bitte prüfen Sie Ihre Adresse oder rufen Sie uns an/);
  assert.match(back.all, /href="#zustellung".*id="zustellung"/s);
  assert.doesNotMatch(back.all, /(?:Brief|Bescheid)(?: vom [\d.]+)? kam zu uns zurück/);
  await then((tx) => chooseDelivery(tx, person, caseId, { way: 'portal', email: 'neu@example.org' }));
  const mended = await top(caseId);
  assert.match(mended, here);
  assert.doesNotMatch(mended, check);
});

test('a letter by post stands at the top until it was opened here, read or answered, or the case is closed', async () => {
  const nothing = /gerade nichts tun/;
  const comes = /Lesen Sie bitte unseren Brief vom [\d.]+\. Er kommt mit der Post, eine Kopie liegt schon hier\./;
  const went = /Lesen Sie bitte unseren Brief vom [\d.]+\. Wir haben ihn am [\d.]+ mit der Post geschickt/;
  const letterTo = async (caseId: string): Promise<string> => {
    const id = await begin(caseId, 'anruf');
    assert.equal((await submit(id, kim, 'post', later())).kind, 'sent');
    return id;
  };
  const caseId = await newCase();
  assert.match(await top(caseId), nothing);
  const id = await letterTo(caseId);
  const waits = await page(caseId);
  assert.match(waits.top, comes);
  assert.doesNotMatch(waits.top, nothing);
  const upTo = /name="bis" value="([^"]+)"/.exec(waits.all)?.[1] ?? '';
  assert.match(waits.all, /Ich habe den Brief gelesen/);
  await handOver(id);
  assert.match(await top(caseId), went);
  assert.match(await top(caseId), went, 'that the page was loaded is no sign that anybody read it');
  assert.equal((await then((tx) => clientHasRead(tx, person, caseId, upTo))).kind, 'done');
  const read = await page(caseId);
  assert.match(read.top, nothing);
  assert.doesNotMatch(read.all, /Ich habe den Brief gelesen/);
  assert.match(read.all, /Sie haben gelesen, was wir geschrieben haben/);

  const second = await letterTo(caseId);
  assert.equal((await then((tx) => clientHasRead(tx, person, caseId, upTo))).kind, 'done', 'of an older page');
  assert.match(await top(caseId), comes, 'what came since is not read by it');
  await then(async (tx) => noteFetched(tx, person, (await findNotice(tx, kim.reader, second)) ?? assert.fail()));
  assert.match(await top(caseId), nothing);

  await letterTo(caseId);
  assert.match(await top(caseId), comes);
  await then((tx) => clientWrites(tx, person, caseId, 'Ich rufe morgen an.'));
  assert.match(await top(caseId), nothing);
  await letterTo(caseId);
  assert.equal((await then((tx) => closeCase(tx, { ...kim, caseId }))).kind, 'done');
  assert.doesNotMatch(await top(caseId), /Lesen Sie/);
});

test('a letter stands at the top also behind a newer one that was opened here or came back', async () => {
  const caseId = await newCase();
  const sends = async (): Promise<string> => {
    const id = await begin(caseId, 'anruf');
    assert.equal((await submit(id, kim, 'post', later())).kind, 'sent');
    return id;
  };
  const first = await sends();
  await handOver(first);
  const went = /Lesen Sie bitte unseren Brief vom [\d.]+\. Wir haben ihn am [\d.]+ mit der Post geschickt/;
  const comes = /Lesen Sie bitte unseren Brief vom [\d.]+\. Er kommt mit der Post/;
  const fetched = await sends();
  assert.match(await top(caseId), comes, 'the newest');
  await then(async (tx) => noteFetched(tx, person, (await findNotice(tx, kim.reader, fetched)) ?? assert.fail()));
  const opened = await page(caseId);
  assert.match(opened.top, went);
  const letter = opened.sends('Ich habe den Brief gelesen');
  const returned = await sends();
  await handOver(returned);
  await comeBack(returned);
  assert.match(await top(caseId), went);
  assert.equal((await then((tx) => clientHasRead(tx, person, caseId, letter['bis'] ?? '', 'letter'))).kind, 'done');
  const read = await page(caseId);
  assert.doesNotMatch(read.top, /Lesen Sie/);
  assert.doesNotMatch(read.all, /Ich habe den Brief gelesen/);
});

test('that a letter was read says nothing of the messages beside it, nor of another letter, and the other way round', async () => {
  const caseId = await newCase();
  const asks = (text: string) => then((tx) => writeToClient(tx, { ...kim, caseId }, text));
  const sends = async (): Promise<void> => {
    assert.equal((await submit(await begin(caseId, 'anruf'), kim, 'post', later())).kind, 'sent');
  };
  /** How many messages and letters of the office wait for the person. */
  const waits = (): Promise<number[]> =>
    then(async (tx) => {
      const events = await timeline(tx, caseId);
      return [openMessages(events, tx.now).length, openLetters(events, tx.now).length];
    });
  const says = async (upTo: string, what?: 'messages' | 'letter'): Promise<void> =>
    assert.equal((await then((tx) => clientHasRead(tx, person, caseId, upTo, what))).kind, 'done');
  await sends();
  await asks('Seit wann wohnen Sie dort?');
  await sends();
  assert.deepEqual(await waits(), [1, 2]);
  const shown = await page(caseId);
  const letter = shown.sends('Ich habe den Brief gelesen');
  const messages = shown.sends('Ich habe es gelesen');
  assert.deepEqual([letter['was'], messages['was']], ['brief', 'nachrichten']);
  for (let i = 0; i < 2; i += 1) {
    await says(letter['bis'] ?? '', 'letter');
    assert.deepEqual(await waits(), [1, 1], 'the question and the other letter wait on');
  }
  const read = await page(caseId);
  assert.match(read.top, /Lesen Sie bitte, was wir Ihnen am/);
  assert.match(read.all, /Sie haben unseren Brief gelesen/);
  await says(messages['bis'] ?? '', 'messages');
  assert.deepEqual(await waits(), [0, 1]);
  await asks('Und die Miete?');
  await says(await then(async (tx) => (await timeline(tx, caseId)).at(-1)?.id ?? ''));
  assert.deepEqual(await waits(), [0, 0], 'a page or an entry from before they were told apart means all of it');
});

test('of a letter that was stopped before it went out nobody reads that it was sent', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'anruf');
  assert.equal((await submit(id, kim, 'post', later())).kind, 'sent');
  assert.match((await page(caseId)).all, /kommt mit der Post, hier eine Kopie/);
  await then(async (tx) => {
    const letter = (await findNotice(tx, kim.reader, id)) ?? assert.fail();
    await forgetLetterOf(tx, system, letter.documentId ?? '');
  });
  const stopped = await page(caseId);
  assert.match(stopped.all, /, nicht verschickt/);
  assert.doesNotMatch(stopped.all, /mit der Post geschickt/);
  assert.match(stopped.top, /gerade nichts tun/);
});
