import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { startTestApp, type TestTenant } from '../../../test/support/app.ts';
import { startRelay } from '../../../test/support/mail-server.ts';
import { qrCodesOf } from '../../../test/support/qr.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import {
  bankCode,
  bankConfirmation,
  type CaseReader,
  closeCase,
  confirmBankAtCounter,
  confirmPerson,
  findCase,
  openableCase,
  parseReturnCode,
  requireBankConfirmation,
  requireItem,
  returnPath,
} from '../../modules/cases/index.ts';
import { findDocument } from '../../modules/documents/index.ts';
import { confirmDeletions } from '../../modules/files/index.ts';
import { receive, submissionsOfCase } from '../../modules/intake/index.ts';
import {
  accountTemplate,
  allTemplates,
  beginNotice,
  chooseDelivery,
  findNotice,
  type Notice,
  proofOf,
  saveTemplate,
  submitNotice,
  writeNotice,
} from '../../modules/notices/index.ts';
import { addPerson } from '../../modules/people/index.ts';
import { askedTerms, findTexts, searchKey } from '../../modules/search/index.ts';
import { addMailbox } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeTypesetter } from '../../platform/pdf/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { contentsOfFile } from '../../surfaces/file-contents.ts';
import { sheetOnTop } from '../../surfaces/letter-sheet.ts';
import { wayOfLetter } from '../../surfaces/letter-way.ts';
import { letterSource, setLetter } from '../../surfaces/notice-paper.ts';
import { allTasks, type JobServices } from './index.ts';

let now = new Date('2026-11-26T09:00:00Z');
const app = await startTestApp({ clock: { now: () => now } });
after(closeReading);
after(closeMedia);
after(closeTypesetter);
const { services, jobcenter } = app;
const relay = await startRelay();
afterEach(() => {
  relay.refuse = undefined;
});
const jobs = {
  ...services,
  blobFolder: `${app.dataFolder}/blobs`,
  derivedFolder: `${app.dataFolder}/derived`,
} as JobServices;
/** One Jobcenter with what its staff do with letters. */
function office(tenant: TestTenant) {
  const { jobcenter } = tenant;
  const run = (name: string, payload: object = {}): Promise<void> =>
    Promise.resolve(
      allTasks(jobs)
        .find((task) => task.name === name)
        ?.run({ jobcenterId: jobcenter.id, ...payload } as never),
    );
  const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const leistung = tenant.teams['leistung'] ?? '';
  const staffId = tenant.staff[0]?.id ?? '';
  const reader: CaseReader = { role: 'lead', id: staffId, teamIds: [] };
  const actor = { kind: 'staff', id: staffId, name: 'Kim Muster' } as const;

  async function newCase(): Promise<string> {
    const input = await submissionInput(services, tenant, { teamId: leistung, receivedAt: now });
    const received = await at((tx) => receive(tx, { kind: 'client' }, input));
    assert.ok(received.kind === 'received');
    return received.caseId;
  }

  /** A letter as staff write and send it, its paper set as on the page. */
  async function send(
    caseId: string,
    body?: string,
    template = 'anruf',
    language: Language = 'de',
  ): Promise<{ readonly notice: Notice; readonly bytes: Uint8Array }> {
    const begun = await at((tx) =>
      beginNotice(tx, { actor, reader, caseId }, { template, language, recipient: 'Mika Muster\nWeg 1' }),
    );
    assert.ok(begun.kind === 'begun');
    const act = { actor, reader, noticeId: begun.id };
    if (body !== undefined) await at((tx) => writeNotice(tx, act, { body: { value: body, opened: 0 } }));
    const source = await at(async (tx) => {
      const [found, notice] = [await findCase(tx, reader, caseId), await findNotice(tx, reader, begun.id)];
      assert.ok(found && notice);
      return {
        ...(await letterSource(tx, services, jobcenter, found, notice)),
        way: await wayOfLetter(tx, jobcenter, found, notice),
      };
    });
    assert.deepEqual(source.problems, []);
    const { bytes, pages, sha256 } = await setLetter(source);
    assert.ok((await setLetter(source)).sha256.equals(sha256), 'the same source gives the same bytes');
    const file = { name: `${source.title}.pdf`, bytes, mediaType: 'application/pdf', pages };
    const document = await services.vault.prepare(jobcenter.id, file);
    const { content } = source.notice;
    const untranslated = source.paper.translation === undefined;
    const input = {
      content,
      document,
      values: source.values,
      untranslated,
      way: source.way.way,
      sender: jobcenter.name,
    };
    assert.equal((await at((tx) => submitNotice(tx, act, input))).kind, 'sent');
    const notice = await at((tx) => findNotice(tx, reader, begun.id));
    assert.ok(notice);
    return { notice, bytes };
  }

  const proven = (id: string) =>
    at(async (tx) => {
      const notice = await findNotice(tx, reader, id);
      assert.ok(notice);
      return proofOf(tx, notice);
    });
  const portal = (caseId: string) =>
    at((tx) =>
      chooseDelivery(tx, { kind: 'client', receiptId: 'A' }, caseId, { way: 'portal', email: 'mika@example.org' }),
    );

  async function withMailbox(): Promise<void> {
    const keys = await services.keyring.of(jobcenter.id);
    const here = { host: '127.0.0.1', security: 'none', port: relay.port } as const;
    await at((tx) =>
      addMailbox(tx, keys, {
        teamId: leistung,
        address: 'leistung@jobcenter.example',
        login: 'team',
        password: 'geheim',
        folder: 'INBOX',
        doneFolder: 'Tandem',
        imap: here,
        smtp: here,
        smtpLogin: false,
      }),
    );
  }
  return { run, at, staffId, reader, actor, newCase, send, proven, portal, withMailbox };
}
const { run, at, staffId, reader, actor, newCase, send, proven, portal, withMailbox } = office(app);

/** The words of a page of a PDF, the first one unless another is named. */
async function wordsOf(pdf: Uint8Array, page = 1): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(pdf));
  const text = document
    .getPage(page - 1)
    .getText()
    .replaceAll('\u200b', '');
  document.destroy();
  library.destroy();
  return text;
}

/** The structure of a PDF as text: what is packed in its streams is unpacked. */
function pdfText(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf);
  const streams: string[] = [];
  for (let at = raw.indexOf('stream'); at !== -1; at = raw.indexOf('stream', at + 6)) {
    try {
      streams.push(inflateSync(raw.subarray(raw.indexOf('\n', at) + 1)).toString('latin1'));
    } catch {} // not packed, or the end of a stream
  }
  return [raw.toString('latin1'), ...streams].join('\n');
}

test('the paper says what the case says, as PDF/UA with its text, and never reads what comes from it as layout', async () => {
  const caseId = await newCase();
  await at((tx) =>
    requireItem(
      tx,
      { actor, reader, caseId, staffId },
      { what: '{{deadline}} ## Mietvertrag', why: 'Miete', dueOn: '2026-12-20' },
    ),
  );
  const { bytes } = await send(caseId, 'es fehlen noch:\n\n{{items}}\n\n## Fragen?\n\nRufen Sie {{team.phone}} an.');
  const text = await wordsOf(bytes);
  assert.match(text, /Guten Tag Mika Muster/);
  assert.match(text, /\{\{deadline\}\} ## Mietvertrag/, 'what comes from a case is words');
  assert.match(text, /Rufen Sie 030 23125 200 an/);
  assert.match(text, /26\.11\.2026/);
  assert.match(Buffer.from(bytes).toString('latin1'), /pdfuaid/);
});

test('behind the letter stands a translation of what comes from blocks, on a page and in a language of its own', async () => {
  const caseId = await newCase();
  const own = 'Das schreibt jemand selbst.';
  const call =
    'wir möchten mit Ihnen über „{{case.concern}}“ sprechen. Bitte rufen Sie uns an: {{team.phone}}. Fragen Sie nach {{staff.name}}.';
  const { notice, bytes } = await send(caseId, `${call}\n\n${own}`, 'anruf', 'en');
  const [first, second] = [await wordsOf(bytes), await wordsOf(bytes, 2)];
  assert.match(first, /wir möchten mit Ihnen/);
  assert.doesNotMatch(first, /Please call us/, 'the letter is German');
  assert.match(second, /Es gilt der deutsche Text/);
  assert.match(second, /The German text is what counts/);
  assert.match(second, /Please call us: 030 23125 200/);
  assert.match(second, /in German only/);
  assert.doesNotMatch(second, /schreibt jemand selbst/, 'nobody has translated what somebody wrote');
  const languages = new Set([...pdfText(bytes).matchAll(/\/Lang\s*\((\w\w)/g)].map(([, lang]) => lang));
  assert.deepEqual([...languages].sort(), ['de', 'en'], 'a reader hears each passage in its language');
  assert.equal(notice.language, 'en');
  const alone = await send(caseId, own, 'anruf', 'en');
  assert.equal(alone.notice.language, 'de', 'where nothing is translated, nobody is promised a translation');
});

test('without a mailbox a letter goes by post, whatever was chosen', async () => {
  const caseId = await newCase();
  await portal(caseId);
  const { notice } = await send(caseId);
  assert.deepEqual([notice.way, notice.waitsFor], ['post', 'print']);
});

test('by portal: one e-mail that says nothing, and its day; what the relay refuses goes by post', async () => {
  await withMailbox();
  const caseId = await newCase();
  await portal(caseId);
  const { notice } = await send(caseId);
  assert.deepEqual([notice.way, notice.waitsFor], ['portal', 'notify']);
  await Promise.all([0, 1].map(() => run('announce-letter', { noticeId: notice.id })));
  await run('announce-letter', { noticeId: notice.id });
  assert.equal(relay.taken.length, 1, 'told once');
  assert.deepEqual(relay.taken[0]?.to, ['mika@example.org']);
  const raw = relay.taken[0]?.raw ?? '';
  assert.doesNotMatch(raw, /Muster\b|Mika|V-\w{4}|Anruf|rufen Sie uns an/, 'no name, no number, nothing of the letter');
  assert.ok(raw.includes(`${app.baseUrl}/stand`), 'the default Jobcenter has the address of the installation');
  const told = await proven(notice.id);
  assert.deepEqual(
    told.steps.map((step) => [step.kind, step.day]).filter(([kind]) => kind === 'notified'),
    [['notified', '2026-11-26']],
  );

  relay.refuse = { code: 450, text: 'later' };
  const later = await send(caseId);
  await assert.rejects(run('announce-letter', { noticeId: later.notice.id }), /takes no mail now/);
  assert.equal((await proven(later.notice.id)).waitsFor, 'notify', 'it is tried again');
  relay.refuse = { code: 550, text: 'never' };
  await run('announce-letter', { noticeId: later.notice.id });
  assert.deepEqual([(await proven(later.notice.id)).way, (await proven(later.notice.id)).waitsFor], ['post', 'print']);
  relay.refuse = { code: 0, text: '' };
  const unsure = await send(caseId);
  await run('announce-letter', { noticeId: unsure.notice.id });
  assert.equal((await proven(unsure.notice.id)).waitsFor, 'print', 'nobody knows whether it went out');
  relay.refuse = undefined;
  const changed = await send(caseId);
  now = new Date(now.getTime() + 1_000);
  await at((tx) => chooseDelivery(tx, { kind: 'client', receiptId: 'A' }, caseId, { way: 'post' }));
  await run('announce-letter', { noticeId: changed.notice.id });
  assert.equal(relay.taken.length, 1, 'consent was taken back');
  assert.equal((await proven(changed.notice.id)).waitsFor, 'print');
});

test('a further Jobcenter is named by its own host, in the QR code of a letter and in the e-mail that tells of it', async () => {
  const own = new URL(app.baseUrl);
  own.hostname = 'kleinstadt.localhost';
  const other = office(app.secondTenant);
  await other.withMailbox();
  const caseId = await other.newCase();
  await other.portal(caseId);
  const { notice, bytes } = await other.send(caseId);
  const [url = ''] = await qrCodesOf(bytes);
  assert.equal(url, `${own.origin}${returnPath(parseReturnCode(url) ?? '')}`);
  const before = relay.taken.length;
  await other.run('announce-letter', { noticeId: notice.id });
  const raw = relay.taken[before]?.raw ?? '';
  assert.ok(raw.includes(`${own.origin}/stand`), raw);
  assert.ok(!raw.includes(app.baseUrl));
});

test('a letter of a practice Jobcenter carries its code alone: a phone opens no portal, a scanner knows where it belongs', async () => {
  const caseId = await newCase();
  const { notice } = await send(caseId);
  const practice = { ...jobcenter, hosts: [], isDefault: false, practiceOf: jobcenter.id };
  const source = await at(async (tx) => {
    const found = await findCase(tx, reader, caseId);
    assert.ok(found);
    return letterSource(tx, services, practice, found, notice);
  });
  const { bytes } = await setLetter(source);
  const [code = ''] = await qrCodesOf(bytes);
  assert.equal(code, parseReturnCode(code), 'the code, and no address');
  const words = await wordsOf(bytes);
  assert.match(words, /Nur zur Übung/);
  assert.doesNotMatch(words, /https?:/);
});

test('the code that confirms an account stands on the sheet of the printer alone, and its letter goes by post whatever was chosen', async () => {
  const caseId = await newCase();
  await portal(caseId);
  assert.equal(
    (await at((tx) => beginNotice(tx, { actor, reader, caseId }, { template: accountTemplate, recipient: '' }))).kind,
    'no-account',
    'no account number waits',
  );
  const { codes } = await services.keyring.of(jobcenter.id);
  const newAccount = async (by: string) => {
    now = new Date(now.getTime() + 1_000);
    const bank = await at(async (tx) => {
      const [submission] = await submissionsOfCase(tx, by);
      await requireBankConfirmation(tx, caseId, submission?.id ?? '');
      return bankConfirmation(tx, caseId);
    });
    assert.ok(bank);
    return bank;
  };
  const bank = await newAccount(caseId);
  const { notice, bytes } = await send(caseId, undefined, accountTemplate);
  assert.deepEqual([notice.way, notice.waitsFor], ['post', 'print']);
  const code = bankCode(codes, bank);
  assert.match(await wordsOf(bytes), /Geben Sie den Code niemandem weiter/);
  assert.ok(!(await wordsOf(bytes)).includes(code), 'the letter is kept and shown: no code in it');
  const sheet = (kept: Notice = notice) =>
    at(async (tx) => {
      const found = await findCase(tx, reader, caseId);
      assert.ok(found);
      return sheetOnTop(tx, services, jobcenter, found, kept);
    });
  const printed = await wordsOf((await sheet()) ?? new Uint8Array());
  assert.ok(printed.includes(code) && printed.includes('Weg 1') && printed.includes(`${app.baseUrl}/stand`), printed);
  await at((tx) => confirmBankAtCounter(tx, { actor, reader, caseId }));
  const sheetWords = async () => (await wordsOf((await sheet()) ?? new Uint8Array())).replace(/\s+/g, ' ');
  const confirmed = await sheetWords();
  assert.ok(!confirmed.includes(code) && /gilt nicht mehr.*Konto ist inzwischen bestätigt/.test(confirmed), confirmed);
  const other = await newAccount(await newCase());
  const superseded = await sheetWords();
  assert.match(superseded, /gilt nicht mehr.*Waren Sie das nicht/);
  assert.ok(!superseded.includes(bankCode(codes, other)), 'a letter never confirms an account it was not about');
  const own = await at(async (tx) => {
    const template = (await allTemplates(tx)).find(({ key }) => key === 'anruf');
    assert.ok(template);
    return saveTemplate(tx, actor, { ...template, key: 'konto', reason: 'Probe', opened: 0 });
  });
  assert.equal(own.kind, 'saved');
  assert.equal(
    await sheet((await send(caseId, undefined, 'konto')).notice),
    undefined,
    'a template of their own with a key like it asks for no account',
  );
  const plain = await send(await newCase());
  assert.equal(await sheet(plain.notice), undefined, 'most letters need no sheet');
});

test('a letter lies in the file, is found by its words by whoever may open its case, and goes with its time', async () => {
  const caseId = await newCase();
  const personId = await at((tx) =>
    addPerson(tx, { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' }),
  );
  await at((tx) =>
    confirmPerson(
      tx,
      { actor, reader, caseId },
      { id: personId, householdId: null, name: 'Muster, Mika', birthDate: '1990-04-03' },
    ),
  );
  const { notice } = await send(caseId, 'wir möchten über Quittenmarmelade sprechen.');
  const documentId = notice.documentId ?? '';
  await run('read-document', { documentId });
  const find = (who: CaseReader) =>
    at(async (tx) => {
      const key = searchKey(await services.keyring.of(jobcenter.id));
      const query = { terms: askedTerms('Quittenmarmelade') };
      return (await findTexts(tx, key, { circles: [], mayOpen: openableCase(tx, who) }, query, 20)).hits.map(
        (hit) => hit.id,
      );
    });
  assert.deepEqual(await find(reader), [documentId]);
  assert.deepEqual(await find({ role: 'clerk', id: notice.id, teamIds: [app.teams['wohnen'] ?? ''] }), []);
  const fileId = (await at((tx) => findCase(tx, reader, caseId)))?.fileId ?? '';
  const contents = await at((tx) => contentsOfFile(tx, reader, fileId, () => 'leistung'));
  const filed = contents?.documents.find((each) => each.document.id === documentId);
  assert.deepEqual([filed?.letter?.way, filed?.facts.sender], ['post', jobcenter.name]);

  await at((tx) => closeCase(tx, { actor, reader, caseId }));
  now = new Date('2040-01-02T09:00:00Z');
  await run('list-deletions');
  await at((tx) => confirmDeletions(tx, [documentId], 'Leo Leitung'));
  await run('erase-due');
  const document = await at((tx) => findDocument(tx, documentId));
  assert.notEqual(document?.erasedAt ?? null, null);
  const gone = await proven(notice.id);
  assert.deepEqual([gone.body, gone.recipient], ['', '']);
  assert.deepEqual(await find(reader), []);
});
