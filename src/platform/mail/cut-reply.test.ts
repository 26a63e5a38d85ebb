import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutReply, isForwarded } from './cut-reply.ts';

const cases: readonly (readonly [string, string, string])[] = [
  [
    'Thunderbird',
    'Hier der Vertrag.\n\nAm 03.05.26 um 10:12 schrieb Jobcenter:\n> Bitte senden Sie\n> den Vertrag.',
    'Hier der Vertrag.',
  ],
  [
    'Gmail, broken line',
    'Danke!\n\nAm Mo., 4. Mai 2026 um 09:00 Uhr schrieb Jobcenter Musterstadt <\npost@example.org>:\n\n> Guten Tag',
    'Danke!',
  ],
  [
    'Gmail, English',
    'Attached.\n\nOn Mon, May 4, 2026 at 9:00 AM Jobcenter <post@example.org> wrote:\n\n> Hello',
    'Attached.',
  ],
  [
    'Outlook',
    'Anbei.\n\nVon: Jobcenter <post@example.org>\nGesendet: Montag, 4. Mai 2026 09:00\nAn: Mika Muster\nBetreff: Unterlagen\n\nGuten Tag,\nwir brauchen',
    'Anbei.',
  ],
  [
    'Outlook, English',
    'See file.\n________________________________\nFrom: Jobcenter <post@example.org>\nSent: Monday\nTo: Mika\nSubject: Papers\n\nHello',
    'See file.',
  ],
  ['Original Message', 'Ja.\n\n-----Original Message-----\nFrom: x\nHello', 'Ja.'],
  ['Ursprüngliche Nachricht', 'Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: x\nHallo', 'Ja.'],
  [
    'iPhone',
    'Foto folgt\n\nVon meinem iPhone gesendet\n\n> Am 04.05.2026 um 09:00 schrieb Jobcenter <post@example.org>:\n> \n> Guten Tag',
    'Foto folgt\n\nVon meinem iPhone gesendet',
  ],
  [
    'Samsung, unquoted',
    'ok\n\nAm 04.05.2026 09:00 schrieb "Jobcenter" <post@example.org>:\nGuten Tag\nwir brauchen',
    'ok',
  ],
  [
    'below the quotation',
    'Am 04.05.2026 schrieb Jobcenter:\n> Wann ziehen Sie um?\n\nAm 1. Juni.\n\n> Wohin?\n\nMusterweg 5.',
    'Am 1. Juni.\n\nMusterweg 5.',
  ],
  [
    'GMX',
    'Bitte sehr\n\nGesendet: Montag, 04. Mai 2026 um 09:00 Uhr\nVon: Jobcenter <post@example.org>\nAn: mika@example.org\nBetreff: Unterlagen\nGuten Tag',
    'Bitte sehr',
  ],
  [
    'nothing quoted',
    'Am Montag schrieb ich Ihnen schon.\nVon: meiner Mutter bekomme ich Geld.\nGruß',
    'Am Montag schrieb ich Ihnen schon.\nVon: meiner Mutter bekomme ich Geld.\nGruß',
  ],
];

for (const [name, text, fresh] of cases)
  test(`quoted mails are cut off: ${name}`, () => {
    const cut = cutReply(text);
    assert.equal(cut.fresh, fresh);
    const words = (each: string): string[] => each.match(/\S+/g)?.sort() ?? [];
    assert.deepEqual(words(`${cut.fresh} ${cut.quoted}`), words(text), 'nothing is lost');
  });

test('what was passed on is new', () => {
  assert.ok(isForwarded('WG: Bescheid') && isForwarded(' Fwd: x') && !isForwarded('Re: WG'));
  const text = 'Zur Info\n\n-----Ursprüngliche Nachricht-----\nVon: Vermieter\nDie Miete steigt.';
  assert.equal(cutReply(text, { forwarded: true }).fresh, text);
});

test('a hostile text is cut in no time', () => {
  const began = process.cpuUsage().user;
  for (const line of ['Am ', 'On x wrote ', '> ', 'Von: x ', '-----', 'Gesendet: '])
    cutReply(`${line.repeat(40_000)}\n`.repeat(3) + `${line}\n`.repeat(20_000));
  assert.ok(process.cpuUsage().user - began < 3_000_000);
});
