import assert from 'node:assert/strict';
import { test } from 'node:test';
import { head, mail, multipart, part, textPart } from '../../../test/support/mails.ts';
import { parseMail } from './index.ts';

const read = (raw: string | Buffer) => parseMail(typeof raw === 'string' ? Buffer.from(raw) : raw);
const file = (name: string, text = 'content') => ({ name, type: 'application/pdf', bytes: Buffer.from(text) });

test('a mail becomes plain values: sender, subject, text, attachments', async () => {
  const mailed = await read(mail({ subject: '=?utf-8?q?Mietvertrag_f=C3=BCr_Mai?=', files: [file('Miete.pdf')] }));
  assert.deepEqual(mailed.from, { name: 'Mika Muster', address: 'mika@example.org' });
  assert.equal(mailed.subject, 'Mietvertrag für Mai');
  assert.equal(mailed.text, 'Guten Tag, anbei die Unterlagen.');
  assert.deepEqual(
    mailed.parts.map((each) => [each.name, each.bytes.toString(), each.shownAs]),
    [['Miete.pdf', 'content', undefined]],
  );
  assert.deepEqual([mailed.machine, mailed.trouble, mailed.recipients], [undefined, [], 1]);
});

test('a mail of HTML alone gives its text; nothing is fetched, no script is kept', async () => {
  const html =
    '<html><script>alert(1)</script><p>Guten <b>Tag</b></p><img src="http://tracker.example/x.png"><p>Gruß</p></html>';
  const { text } = await read(mail({ html }));
  assert.match(text, /^Guten Tag\s+/);
  assert.match(text, /Gruß$/);
  assert.doesNotMatch(text, /alert/);
});

test('a picture that the text shows in its line is told apart from an attached one', async () => {
  const logo = { name: 'logo.png', type: 'image/png', bytes: Buffer.from('png'), inline: 'logo@x' };
  const lost = { name: 'foto.png', type: 'image/png', bytes: Buffer.from('png'), inline: 'unused@x' };
  const body = multipart(
    [textPart('<p>Hallo</p><img src="cid:logo@x">', 'text/html'), part(logo), part(lost)],
    'related',
  );
  const { parts } = await read(`${head({ From: 'a@example.org', 'MIME-Version': '1.0' })}${body}`);
  assert.deepEqual(
    parts.map((each) => each.shownAs),
    ['logo@x', undefined],
  );
});

test('an attached mail is opened one level deep', async () => {
  const innermost = mail({ subject: 'tief', files: [file('tief.pdf')] });
  const inner = mail({
    subject: 'Kündigung',
    text: 'Ihr Vermieter',
    files: [file('Kuendigung.pdf'), { name: 'tief.eml', type: 'message/rfc822', bytes: Buffer.from(innermost) }],
  });
  const outer = mail({ files: [{ name: 'Weiter.eml', type: 'message/rfc822', bytes: Buffer.from(inner) }] });
  const { parts, text, trouble } = await read(outer);
  assert.deepEqual(
    parts.map((each) => each.name),
    ['Kuendigung.pdf'],
  );
  assert.match(text, /Kündigung[\s\S]*Ihr Vermieter/);
  assert.deepEqual(trouble, ['nested-too-deep']);
});

/** A winmail.dat with a text and one file, as Outlook writes it. */
function winmail(name: string, content: Buffer): Buffer {
  const attribute = (id: number, data: Buffer, level = 2): Buffer => {
    const start = Buffer.alloc(9);
    start.writeUInt8(level, 0);
    start.writeUInt32LE(id, 1);
    start.writeUInt32LE(data.length, 5);
    return Buffer.concat([start, data, Buffer.alloc(2)]);
  };
  const long = Buffer.from(`${name}\0`, 'utf16le');
  const property = Buffer.alloc(4 + 4 + 8);
  property.writeUInt32LE(1, 0);
  property.writeUInt16LE(31, 4);
  property.writeUInt16LE(0x3707, 6);
  property.writeUInt32LE(1, 8);
  property.writeUInt32LE(long.length, 12);
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x223e9f78, 0);
  return Buffer.concat([
    start,
    attribute(0x0002800c, Buffer.from('Text aus Outlook\0'), 1),
    attribute(0x00069002, Buffer.alloc(14)),
    attribute(0x00018010, Buffer.from('KURZ~1.PDF\0')),
    attribute(0x0006800f, content),
    attribute(0x00069005, Buffer.concat([property, long, Buffer.alloc((4 - (long.length % 4)) % 4)])),
  ]);
}

test('winmail.dat is unpacked, and a broken one is said to be', async () => {
  const bytes = winmail('Mietvertrag für uns.pdf', Buffer.from('%PDF-'));
  const wrapped = { name: 'winmail.dat', type: 'application/ms-tnef', bytes };
  const { parts, text } = await read(mail({ text: ' ', files: [wrapped] }));
  assert.deepEqual(
    parts.map((each) => [each.name, each.bytes.toString()]),
    [['Mietvertrag für uns.pdf', '%PDF-']],
  );
  assert.equal(text, 'Text aus Outlook');
  for (let cut = 7; cut < bytes.length; cut += 3) {
    const { parts: some } = await read(mail({ files: [{ ...wrapped, bytes: bytes.subarray(0, cut) }] }));
    assert.ok(some.length <= 1);
  }
  const half = await read(mail({ files: [{ ...wrapped, bytes: bytes.subarray(0, bytes.length - 60) }] }));
  assert.deepEqual(half.trouble, ['broken']);
});

test('machines are told from people', async () => {
  const machine = async (headers: Record<string, string>, from = 'Mika Muster <mika@example.org>') =>
    (await read(mail({ headers, from }))).machine;
  assert.equal(await machine({}), undefined);
  assert.equal(await machine({ 'Auto-Submitted': 'no' }), undefined);
  assert.equal(await machine({ 'Auto-Submitted': 'auto-replied' }), 'automatic');
  assert.equal(await machine({ 'Return-Path': '<>' }), 'automatic');
  assert.equal(await machine({ Precedence: 'bulk' }), 'list');
  assert.equal(await machine({ 'List-Id': '<news.example.org>' }), 'list');
  assert.equal(await machine({ 'X-Autoreply': 'yes' }), 'automatic');
  assert.equal((await read(mail({ subject: 'Automatische Antwort: Unterlagen' }))).machine, 'automatic');
  assert.equal(await machine({}, 'Mail Delivery System <MAILER-DAEMON@mx.example.org>'), 'bounce');
  const report = await read(
    `${head({ From: 'x@example.org', 'MIME-Version': '1.0' })}${multipart(
      [
        textPart('not delivered'),
        part({ type: 'message/rfc822', bytes: Buffer.from(mail({ headers: { 'Message-ID': '<a.b@our.example>' } })) }),
      ],
      'report; report-type=delivery-status',
    )}`,
  );
  assert.deepEqual([report.machine, report.returned], ['bounce', ['a.b@our.example']]);
});

const hostile: Readonly<Record<string, string | Buffer>> = {
  'no header at all': 'just words',
  nothing: '',
  'no sender': mail({ from: '' }),
  'a sender that is none': mail({ from: 'Mika <not an address>' }),
  'NUL bytes': mail({ subject: 'a\0b', text: 'x\0y' }),
  '8-bit garbage': Buffer.from(mail({ subject: '\xff\xfe\x80', text: '\x80\x81\xfe' }), 'latin1'),
  'an unknown charset': mail({}).replace('charset=utf-8', 'charset=x-no-such'),
  'a broken encoding': mail({}).replace('8bit', 'base64'),
  'an unheard-of encoding': mail({}).replace('8bit', 'uuencode-2'),
  'an invalid date': mail({ headers: { Date: 'yesterday, 99:99' } }),
  'a boundary that never ends': `${head({ From: 'a@example.org' })}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n${textPart('Hallo')}`,
  'a boundary of nothing': `${head({ From: 'a@example.org' })}Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n--\r\n`,
  'headers without end': `From: a@example.org\r\nSubject: ${'x'.repeat(2_000_000)}`,
  'a hundred thousand headers': `${'X-A: b\r\n'.repeat(100_000)}\r\ntext`,
  'a thousand recipients': mail({
    headers: { Cc: Array.from({ length: 1_000 }, (_, i) => `r${i}@example.org`).join(', ') },
  }),
  'HTML nested without end': mail({ html: `${'<div>'.repeat(50_000)}tief` }),
};

for (const [name, raw] of Object.entries(hostile))
  test(`survived: ${name}`, async () => {
    const found = await read(raw);
    for (const text of [found.text, found.subject, found.from?.name ?? '', found.from?.address ?? ''])
      assert.ok(text.isWellFormed() && !text.includes('\0'));
  });

test('a thousand levels of MIME are no way to stop us', async () => {
  let inner = textPart('ganz unten');
  for (let i = 0; i < 1_000; i += 1) inner = multipart([inner]);
  const began = process.cpuUsage().user;
  const found = await read(`${head({ From: 'a@example.org', 'MIME-Version': '1.0' })}${inner}`);
  assert.equal(found.from?.address, 'a@example.org');
  assert.ok(process.cpuUsage().user - began < 10_000_000);
});

test('of more than 200 parts the first 200 are read', async () => {
  const files = Array.from({ length: 230 }, (_, i) => file(`${i}.pdf`));
  const found = await read(mail({ files }));
  assert.deepEqual([found.parts.length, found.trouble], [200, ['too-many-parts']]);
});

test('an attachment of more than 25 MB is not kept', async () => {
  const found = await read(
    mail({ files: [{ name: 'gross.pdf', bytes: Buffer.alloc(26 * 1024 * 1024) }, file('klein.pdf')] }),
  );
  assert.deepEqual(
    found.parts.map((each) => [each.name, each.tooLarge, each.bytes.length]),
    [
      ['gross.pdf', true, 0],
      ['klein.pdf', false, 7],
    ],
  );
});

test('names cannot play tricks, domains are compared in ASCII', async () => {
  const rtl = await read(mail({ from: '"Mika\u202e retsuM" <Mika@MÜLLER.example>' }));
  assert.deepEqual(rtl.from, { name: 'Mika retsuM', address: 'mika@xn--mller-kva.example' });
  const injected = await read(mail({ from: '=?utf-8?q?Mika=0D=0ABcc=3A_all=40example.org?= <mika@example.org>' }));
  assert.doesNotMatch(injected.from?.name ?? '', /[\r\n]/);
  const subject = await read(mail({ subject: '=?utf-8?q?a=0D=0ABcc=3A_x=40example.org?=' }));
  assert.doesNotMatch(subject.subject, /[\r\n]/);
  for (const bad of [
    'a b@example.org',
    'a@b@example.org>',
    '"a b"@example.org',
    'a@[127.0.0.1]',
    'a@exa mple.org',
    'x'.repeat(300),
  ])
    assert.equal((await read(mail({ from: `<${bad}>` }))).from?.address.includes(' ') ?? false, false, bad);
});
