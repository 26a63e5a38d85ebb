import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { isValidIBAN } from 'ibantools';
import sharp from 'sharp';
import { euro, germanInstant, isOfficeDay } from './calendar.ts';
import {
  type DemoPaper,
  type DemoSubmission,
  demoSubmissions,
  drawPaper,
  generateHouseholds,
  type PaperKind,
} from './index.ts';
import { payOf } from './papers/payroll.ts';

const households = generateHouseholds(7, 400);
const window = { from: '2025-05-01', to: '2026-10-31', count: 3_000 };
const submissions = [...demoSubmissions(7, households, window)];
const firstOf = (kind: PaperKind, form: DemoPaper['form'] = 'pdf'): DemoPaper => {
  const found = submissions.flatMap((submission) => submission.papers).find((paper) => paper.kind === kind);
  assert.ok(found, `somebody hands in a ${kind}`);
  return { ...found, form };
};

describe('households', () => {
  test('the same seed gives the same people, another one others', () => {
    assert.deepEqual(generateHouseholds(7, 400), households);
    assert.notDeepEqual(generateHouseholds(8, 5), households.slice(0, 5));
  });

  test('sizes 1 to 7, valid account numbers of banks that do not exist, numbers and addresses nobody has', () => {
    assert.deepEqual(
      [...new Set(households.map((household) => household.members.length))].sort(),
      [1, 2, 3, 4, 5, 6, 7],
    );
    for (const { bank, dwelling, members, address } of households) {
      for (const { iban } of [bank, dwelling.landlordBank])
        assert.ok(isValidIBAN(iban) && iban.slice(4).startsWith('9999'), iban);
      assert.match(address.postalCode, /^(12345|54321)$/);
      for (const person of members) {
        assert.match(person.phone ?? '030 23125 000', /^(030 23125 \d{3}|0176 040690 \d{2})$/);
        assert.match(person.email ?? 'a@example.org', /^[a-z.-]+[a-z0-9.-]*@example\.org$/);
      }
      assert.equal(new Set(members.map((person) => person.givenName)).size, members.length);
    }
  });
});

describe('submissions', () => {
  test('as many as asked, inside the window, in order of time, the same again', () => {
    assert.equal(submissions.length, window.count);
    assert.equal(new Set(submissions.map((submission) => submission.key)).size, window.count);
    submissions.forEach((submission, i) => {
      assert.ok(submission.receivedAt >= '2025-04-30T22' && submission.receivedAt < '2026-11-01');
      assert.ok((submissions[i - 1]?.receivedAt ?? '') <= submission.receivedAt);
      assert.ok(households[submission.householdIndex]?.members[submission.personIndex]);
    });
    assert.deepEqual([...demoSubmissions(7, households, window)], submissions);
  });

  test('every concern and every channel occurs; the office receives nothing when it is closed', () => {
    assert.equal(new Set(submissions.map((submission) => submission.concern)).size, 10);
    assert.equal(new Set(submissions.map((submission) => submission.channel)).size, 6);
    for (const { channel, receivedAt } of submissions)
      if (channel !== 'portal' && channel !== 'email')
        assert.ok(isOfficeDay(receivedAt.slice(0, 10)), `${channel} at ${receivedAt}`);
  });

  test('a bank account is never changed over the light access', () => {
    const changes = submissions.filter((submission) => submission.concern === 'bankverbindung');
    assert.ok(changes.length > 0 && changes.every(({ channel }) => channel === 'counter' || channel === 'post'));
  });

  test('nobody sends anything before a first application, and the full form follows it', () => {
    const seen = new Map<number, DemoSubmission[]>();
    for (const submission of submissions)
      seen.set(submission.householdIndex, [...(seen.get(submission.householdIndex) ?? []), submission]);
    for (const [index, list] of seen) {
      const isNew = (households[index]?.benefitFrom ?? '') >= window.from;
      assert.equal(list[0]?.concern === 'erstantrag', isNew);
      if (isNew && list[1]) assert.equal(list[1].concern, 'hauptantrag');
    }
  });

  test('some are copies of earlier ones, with the same papers', () => {
    const byKey = new Map(submissions.map((submission) => [submission.key, submission]));
    const copies = submissions.filter((submission) => submission.repeats !== undefined);
    assert.ok(copies.length > 20 && copies.length < 200, String(copies.length));
    for (const copy of copies) {
      const original = byKey.get(copy.repeats ?? '');
      assert.ok(original && original.receivedAt < copy.receivedAt);
      assert.deepEqual(copy.papers, original.papers);
    }
  });
});

describe('papers', () => {
  const kinds: readonly PaperKind[] = [
    'payslip',
    'rent-contract',
    'utility-bill',
    'account-statement',
    'sick-note',
    'termination-notice',
    'certificate',
    'id-copy',
    'school-certificate',
    'letter',
  ];

  test('each kind is a PDF that says on every page that its data are invented', async () => {
    const library = await PDFiumLibrary.init();
    for (const kind of kinds) {
      const drawn = await drawPaper(firstOf(kind));
      assert.equal(drawn.mediaType, 'application/pdf');
      const document = await library.loadDocument(drawn.bytes);
      assert.ok(document.getPageCount() >= 1 && document.getPageCount() <= 4);
      for (const page of document.pages()) assert.match(page.getText(), /MUSTER – erfundene Daten/);
      document.destroy();
    }
    library.destroy();
  });

  test('a photo is a JPEG of moderate size, the same again', async () => {
    const drawn = await drawPaper(firstOf('rent-contract', 'jpeg'));
    const { format, width } = await sharp(drawn.bytes).metadata();
    assert.equal(format, 'jpeg');
    assert.equal(width, 815);
    assert.ok(drawn.bytes.length > 40_000 && drawn.bytes.length < 200_000, String(drawn.bytes.length));
    assert.deepEqual((await drawPaper(firstOf('rent-contract', 'jpeg'))).bytes, drawn.bytes);
  });

  test('the amounts of a payslip add up and its net stands on the account statement of the month', async () => {
    const month = '2026-10-01';
    const household = households.find(({ members }) =>
      members.some((person) => person.job && person.job.since < month && payOf(person.job).netCents > 100_000),
    );
    const person = household?.members.find(({ job }) => job && payOf(job).netCents > 100_000);
    assert.ok(household && person?.job);
    const pay = payOf(person.job);
    assert.equal(pay.grossCents + pay.deductions.reduce((sum, [, cents]) => sum + cents, 0), pay.netCents);
    const facts = { person, address: household.address, job: person.job, bank: household.bank, month };
    const slip = await drawPaper({ kind: 'payslip', form: 'pdf', name: 'Abrechnung', facts });
    const statement = await drawPaper({
      kind: 'account-statement',
      form: 'pdf',
      name: 'Kontoauszug',
      facts: { household, month },
    });
    for (const { bytes } of [slip, statement])
      assert.ok(
        Buffer.from(bytes)
          .toString('latin1')
          .includes(`(${euro(pay.netCents)})`),
      );
  });
});

test('German wall clock time is UTC+2 in summer and UTC+1 in winter', () => {
  assert.equal(germanInstant('2026-07-01', 540), '2026-07-01T07:00:00.000Z');
  assert.equal(germanInstant('2026-01-02', 540), '2026-01-02T08:00:00.000Z');
});
