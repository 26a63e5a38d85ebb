import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshId, head, mail, multipart, part, textPart } from '../../../../test/support/mails.ts';
import { openTestOffice } from '../../../../test/support/office.ts';
import { certificates } from '../../../../test/support/papers.ts';
import { smallPdf } from '../../../../test/support/submit.ts';
import { clearingQueue, findCase, openableCase, timeline } from '../../../modules/cases/index.ts';
import { documentsByIds } from '../../../modules/documents/index.ts';
import {
  findSubmission,
  receiptOfSubmission,
  sortSubmission,
  submissionDocuments,
  submissionsOfCase,
} from '../../../modules/intake/index.ts';
import { addPerson, matchPerson } from '../../../modules/people/index.ts';
import { askedTerms, findTexts, searchKey } from '../../../modules/search/index.ts';
import { addMailbox, allMailboxes } from '../../../modules/settings/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import { pdfOf } from '../../../platform/media/samples.ts';
import { takeMail } from './index.ts';
import { answerId } from './mail-keys.ts';

/** A PDF with a password that nobody knows. */
const lockedPdf = (): Buffer =>
  pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>',
      `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'43'.repeat(32)}> >>`,
    ],
    `/Root 1 0 R /Encrypt 4 0 R /ID [<${'42'.repeat(16)}> <${'42'.repeat(16)}>]`,
  );

const office = await openTestOffice();
const { services } = office;
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const { jobcenter } = tenant;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const lead = { role: 'lead', id: jobcenter.id, teamIds: [] } as const;

const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
const keys = await services.keyring.of(jobcenter.id);
for (const address of ['team@jobcenter.example', 'wohnen@jobcenter.example'])
  await inTenant((tx) =>
    addMailbox(tx, keys, {
      teamId: tenant.teams['leistung'] ?? '',
      address,
      login: 'team',
      password: 'secret',
      folder: 'INBOX',
      doneFolder: 'Tandem',
      imap: server,
      smtp: server,
      smtpLogin: true,
    }),
  );
const [box, other] = await inTenant(allMailboxes);
assert.ok(box !== undefined && other !== undefined);

let uid = 0;
const take = (raw: string | Buffer, mailbox = box) => {
  uid += 1;
  const bytes = Buffer.from(raw);
  const arrivedAt = new Date('2026-05-04T07:00:00Z');
  return takeMail(services, jobcenter, mailbox, {
    raw: bytes,
    cut: false,
    bytes: bytes.length,
    arrivedAt,
    uidValidity: 7,
    uid,
  });
};

type Row = { id: string; kind: string; answer: string; submission_id: string | null; raw_sha256: Buffer };
const rows = () =>
  inTenant((tx) =>
    tx.raw<Row>(
      'select id, kind, answer, submission_id, raw_sha256 from mail_message where jobcenter_id = $1 order by id',
      [jobcenter.id],
    ),
  );

/** Takes a mail in and gives what became of it. */
async function taken(raw: string | Buffer) {
  assert.equal(await take(raw), 'taken');
  const row = (await rows()).at(-1);
  assert.ok(row?.submission_id);
  const { submission_id: id } = row;
  return inTenant(async (tx) => {
    const submission = await findSubmission(tx, id);
    const receipt = await receiptOfSubmission(tx, id);
    assert.ok(submission !== undefined && receipt !== undefined);
    const documents = await documentsByIds(
      tx,
      (await submissionDocuments(tx, id)).map((each) => each.documentId),
    );
    const doubts = (await clearingQueue(tx, lead, undefined, 1_000)).filter(
      (each) => each.caseId === submission.caseId,
    );
    const frozen = submission.frozen as { sections: { items: { field: string; text: string }[] }[] };
    const words = Object.fromEntries(frozen.sections[0]?.items.map((item) => [item.field, item.text]) ?? []);
    return { row, submission, receipt, names: documents.map((each) => each.name), doubts, words };
  });
}

/** The detail of the doubt of a kind. */
function detailOf<T>(doubts: readonly { reason: string; detail: unknown }[], reason: string): T {
  const found = doubts.find((each) => each.reason === reason);
  assert.ok(found !== undefined, reason);
  return found.detail as T;
}
type Hints = { readonly suggestions: readonly { readonly caseId: string; readonly reason: string }[] };

const pdf = (name: string) => ({ name, bytes: smallPdf(name) });
const people = (i: number): string => `Person <p${i}@example.org>`;

test('text and papers are one submission of the team, with sender, time and the hash of the message', async () => {
  const raw = mail({ subject: 'Mietvertrag', files: [pdf('Miete.pdf'), pdf('Strom.pdf')] });
  const { row, submission, receipt, names, words } = await taken(raw);
  assert.deepEqual(names, ['Miete.pdf', 'Strom.pdf']);
  assert.equal(receipt.payload.documents.length, 2);
  assert.equal(submission.channel, 'email');
  assert.equal(submission.receivedAt.toISOString(), '2026-05-04T07:00:00.000Z');
  assert.deepEqual(submission.person, { familyName: 'Muster', givenName: 'Mika', email: 'mika@example.org' });
  assert.equal(words['from'], 'Mika Muster <mika@example.org>');
  assert.equal(words['subject'], 'Mietvertrag');
  assert.equal(words['sha256'], sha256(raw).toString('hex'));
  assert.deepEqual(row.raw_sha256, sha256(raw));
  assert.equal((await inTenant((tx) => findCase(tx, lead, submission.caseId)))?.teamId, tenant.teams['leistung']);
});

test('the same message is taken in once: again, from another mailbox, eight times at once, without an id', async () => {
  const before = (await rows()).length;
  const raw = mail({ files: [pdf('einmal.pdf')] });
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => take(raw, i % 2 === 0 ? box : other)));
  assert.equal(outcomes.filter((each) => each === 'taken').length, 1);
  assert.equal(await take(`Received: by other.example; now\r\n${raw}`, other), 'known');
  const nameless = mail({ headers: { 'Message-ID': '' }, text: 'ohne Nummer' });
  assert.deepEqual([await take(nameless), await take(nameless)], ['taken', 'known']);
  assert.equal((await rows()).length, before + 2);
});

test('another message under an id that was used is not lost', async () => {
  const headers = { 'Message-ID': `<${freshId()}>` };
  assert.equal(await take(mail({ headers, text: 'eins' })), 'taken');
  assert.equal(await take(mail({ headers, text: 'zwei' })), 'taken');
  assert.equal(await take(mail({ headers, text: 'zwei' })), 'known');
  assert.equal(await take(mail({ headers, text: 'drei' })), 'taken');
});

test('what is refused is named with its reason, in the submission and in the queue; the rest is kept', async () => {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500)]);
  const files = [
    pdf('gut.pdf'),
    { name: 'rechnung.exe', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]) },
    { name: 'archiv.zip', bytes: zip },
    { name: 'geheim.pdf', bytes: lockedPdf() },
    { name: 'rest.pdf', bytes: Buffer.from('%PDF-1.4 broken') },
    { name: 'zu-gross.pdf', bytes: Buffer.alloc(26 * 1024 * 1024, 1) },
    { name: 'verschluesselt.p7m', type: 'application/pkcs7-mime', bytes: Buffer.from('sealed') },
  ];
  const { names, doubts, words, submission } = await taken(mail({ files }));
  assert.deepEqual(names, ['gut.pdf']);
  const { refused } = detailOf<{ refused: { name: string; reason: string }[] }>(doubts, 'unreadable');
  assert.deepEqual(
    refused.map((each) => each.name),
    files.slice(1).map((each) => each.name),
  );
  assert.deepEqual(
    [refused[0]?.reason, refused[1]?.reason, refused[4]?.reason, refused[5]?.reason],
    ['unknown-type', 'unknown-type', 'too-large', 'encrypted'],
  );
  for (const file of files.slice(1)) assert.match(words['refused'] ?? '', new RegExp(file.name));
  assert.equal((submission.answers as { refused: boolean }).refused, true);
});

test('logos and signatures are no papers, a pasted photo is one', async () => {
  const png = (size: number): Buffer =>
    Buffer.concat([
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
      Buffer.alloc(size),
    ]);
  const image = (name: string, size: number, inline: string) => ({ name, type: 'image/png', bytes: png(size), inline });
  const html = '<p>Hallo</p><img src="cid:logo"><img src="cid:foto">';
  const body = multipart([
    multipart(
      [textPart(html, 'text/html'), part(image('logo.png', 10, 'logo')), part(image('foto.png', 60_000, 'foto'))],
      'related',
    ),
    part({ name: 'smime.p7s', type: 'application/pkcs7-signature', bytes: Buffer.from('signature') }),
  ]);
  const { names, words } = await taken(`${head({ From: 'a@example.org', 'MIME-Version': '1.0' })}${body}`);
  assert.deepEqual(names, ['foto.png']);
  assert.equal(words['ignored'], '2');
});

test('in a conversation, quoted text and papers that came before are not new', async () => {
  const first = `<${freshId()}>`;
  const vertrag = pdf('Vertrag.pdf');
  await taken(mail({ headers: { 'Message-ID': first }, text: 'Hier der Vertrag.', files: [vertrag] }));
  const reply = mail({
    headers: { 'In-Reply-To': first, References: first },
    subject: 'Re: Unterlagen',
    text: 'Und hier die Nebenkosten.\n\nAm 04.05.2026 schrieb Mika Muster:\n> Hier der Vertrag.',
    files: [vertrag, pdf('Nebenkosten.pdf')],
  });
  const { names, words, doubts, submission } = await taken(reply);
  assert.deepEqual(names, ['Nebenkosten.pdf']);
  assert.equal(words['known'], 'Vertrag.pdf');
  assert.equal(words['text'], 'Und hier die Nebenkosten.');
  assert.match(words['quoted'] ?? '', /Hier der Vertrag/);
  const hint = detailOf<Hints>(doubts, 'case-suggested');
  assert.equal(hint.suggestions[0]?.reason, 'reply');
  assert.notEqual(hint.suggestions[0]?.caseId, submission.caseId, 'a person decides');
  const stranger = await taken(mail({ from: people(1), headers: { References: first }, files: [vertrag] }));
  assert.deepEqual(stranger.names, ['Vertrag.pdf'], 'for somebody else it is new');
});

test('a number of ours is a suggestion for staff and files nothing', async () => {
  const earlier = await taken(mail({ from: people(2) }));
  const number = (await inTenant((tx) => findCase(tx, lead, earlier.submission.caseId)))?.number ?? '';
  for (const [text, reason] of [
    [`Eingangsnummer ${earlier.receipt.number.toLowerCase()}`, 'receipt-number'],
    [`zu ${number}`, 'case-number'],
  ] as const) {
    const { doubts, submission } = await taken(mail({ from: people(3), text }));
    const { suggestions } = detailOf<Hints>(doubts, 'case-suggested');
    assert.deepEqual(suggestions, [{ caseId: earlier.submission.caseId, reason }]);
    assert.notEqual(submission.caseId, earlier.submission.caseId);
  }
  const guess = await taken(mail({ from: people(4), text: 'ABCD-EFGH-JKMN und V-0000-0000, 1234 5678 9012' }));
  assert.equal(
    guess.doubts.some((each) => each.reason === 'case-suggested'),
    false,
  );
  assert.equal((await inTenant((tx) => submissionsOfCase(tx, earlier.submission.caseId))).length, 1);
});

test('a known address is a reason to ask and nothing else', async () => {
  const person = { familyName: 'Kundig', givenName: 'Ina', birthDate: '1980-01-02', email: 'Ina@Example.org' };
  const id = await inTenant((tx) => addPerson(tx, person));
  const { submission } = await taken(mail({ from: 'ina@example.org' }));
  await inTenant((tx) => sortSubmission(tx, submission.id));
  const found = await inTenant((tx) => findCase(tx, lead, submission.caseId));
  assert.deepEqual([found?.personId, found?.personName], [null, '']);
  const matches = await inTenant((tx) => matchPerson(tx, submission.person));
  assert.deepEqual(
    matches.map((each) => [each.id, each.reasons]),
    [[id, ['email']]],
  );
  const unknown = await taken(mail({ from: 'Nobody <nobody@example.net>' }));
  await inTenant((tx) => sortSubmission(tx, unknown.submission.id));
  const queue = await inTenant((tx) => clearingQueue(tx, lead, undefined, 1_000));
  assert.equal(queue.find((each) => each.caseId === unknown.submission.caseId)?.reason, 'person-unknown');
});

test('names in From are a hint where they look like names', async () => {
  const named = async (from: string) => {
    const { familyName, givenName } = (await taken(mail({ from }))).submission.person;
    return [familyName, givenName];
  };
  assert.deepEqual(await named('"von der Heide, Anne" <n1@example.org>'), ['von der Heide', 'Anne']);
  assert.deepEqual(await named('Anna Maria Müller <n2@example.org>'), ['Müller', 'Anna Maria']);
  assert.deepEqual(await named('"Mika\u202eretsuM" <n3@example.org>'), ['', '']);
  assert.deepEqual(await named('n4@example.org'), ['', '']);
  assert.deepEqual(await named('"mika2000@web" <n5@example.org>'), ['', '']);
});

test('machines and crowds get no answer, people five a day', async () => {
  const answered = async (raw: string) => (await taken(raw)).row.answer;
  for (const headers of [
    { 'Auto-Submitted': 'auto-generated' },
    { Precedence: 'list' },
    { 'Return-Path': '<>' },
    { 'Authentication-Results': 'mx; dmarc=fail' },
  ] as Record<string, string>[])
    assert.equal(await answered(mail({ from: people(10), headers })), 'none');
  assert.equal(await answered(mail({ from: 'MAILER-DAEMON@mx.example' })), 'none');
  assert.equal(await answered(mail({ from: 'wohnen@jobcenter.example' })), 'none', 'our own mailboxes');
  assert.equal(await answered(mail({ from: '' })), 'none');
  const crowd = Array.from({ length: 1_000 }, (_, i) => `r${i}@example.org`).join(',\r\n ');
  assert.equal(await answered(mail({ from: people(11), headers: { Cc: crowd } })), 'none');
  const states: string[] = [];
  for (let i = 0; i < 7; i += 1) states.push(await answered(mail({ from: people(12), text: `Nummer ${i}` })));
  assert.deepEqual(states, ['due', 'due', 'due', 'due', 'due', 'none', 'none']);
});

test('a bounce of our answer is noted on the case, an answer that came back is put away; neither is a submission', async () => {
  const { row, submission } = await taken(mail({ from: people(20) }));
  const ours = answerId(row.id, box.address);
  const count = async () =>
    (await inTenant((tx) => tx.raw('select 1 from submission where jobcenter_id = $1', [jobcenter.id]))).length;
  const before = await count();
  const bounceOf = (id: string): string => {
    const returned = { type: 'message/rfc822', bytes: Buffer.from(mail({ headers: { 'Message-ID': `<${id}>` } })) };
    const fields = { From: 'MAILER-DAEMON@mx.example', 'Message-ID': `<${freshId()}>`, 'MIME-Version': '1.0' };
    const report = [textPart('could not be delivered'), part(returned)];
    return `${head(fields)}${multipart(report, 'report; report-type=delivery-status')}`;
  };
  const bounce = bounceOf(ours);
  assert.deepEqual([await take(bounce), await take(bounce)], ['known', 'known']);
  assert.equal(await take(mail({ from: 'team@jobcenter.example', headers: { 'Message-ID': `<${ours}>` } })), 'known');
  assert.equal(await count(), before);
  const notes = (await inTenant((tx) => timeline(tx, submission.caseId))).filter((event) => event.kind === 'note');
  assert.equal(notes.length, 1);
  assert.equal(await take(bounceOf('somebody.else@example.org')), 'taken', 'a foreign bounce is looked at by somebody');
});

test('hostile mails become submissions like any other', async () => {
  for (const raw of [
    '',
    'words',
    '\0\0\0',
    `From: x\r\n\r\n\0`,
    Buffer.from(mail({ subject: '\xff', text: '\x00\xfe' }), 'latin1'),
    mail({ headers: { Date: '99 Foo' } }),
  ])
    await taken(raw);
  const { submission, words } = await taken(
    mail({
      from: 'E\u202eVil <a@example.org>\r\nBcc: all@example.org',
      subject: '=?utf-8?q?x=0D=0ABcc:y?=',
      files: [{ ...pdf('x'), name: '../../etc/\u202efdp.exe' }],
    }),
  );
  assert.doesNotMatch(JSON.stringify([submission.person, words]), /[\u202e\0]|\\r/);
});

test('a mail that is not in German says its language, once, and by what somebody wrote, not by what they quoted', async () => {
  const polish = certificates.pl.join('\n');
  const found = await taken(mail({ text: polish }));
  assert.equal(found.words['language'], 'Polnisch');
  const key = searchKey(keys);
  const byWord = (terms: readonly string[], more: { language?: string } = {}) =>
    inTenant(async (tx) => {
      const scope = { circles: [], mayOpen: openableCase(tx, lead) };
      return (await findTexts(tx, key, scope, { ...more, terms }, 20)).hits.map(({ id }) => id);
    });
  assert.deepEqual(await byWord(askedTerms('polnisch')), [found.submission.id]);
  assert.deepEqual(await byWord(askedTerms('wynagrodzenie'), { language: 'pl' }), [found.submission.id]);
  assert.deepEqual(await byWord(askedTerms('wynagrodzenie'), { language: 'tr' }), []);
  const german =
    'Guten Tag, ich schicke Ihnen heute den Vertrag und bitte um eine kurze Antwort, sobald Sie ihn gelesen haben.';
  const quoted = polish.split('\n').map((line) => `> ${line}`);
  const answer = await taken(mail({ text: [german, '', 'Am 03.05.2026 schrieb Anna:', ...quoted].join('\n') }));
  assert.equal(answer.words['language'], undefined);
  assert.match(answer.words['quoted'] ?? '', /wynagrodzenie/);
});
