import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contradicts } from './contradicts.ts';
import type { PaperLine } from './labelled.ts';
import { amountsIn, asDay } from './paper-values.ts';
import { readPaper } from './read-paper.ts';

const read = (...pages: (string | PaperLine)[][]) =>
  readPaper(
    pages.map((lines, index) => ({
      page: index + 1,
      lines: lines.map((line) => (typeof line === 'string' ? { text: line } : line)),
    })),
  );
const said = (...pages: (string | PaperLine)[][]) =>
  read(...pages).map((each) => [each.page, each.text, each.from, each.until]);

test('amounts as papers write them, with slips of reading; days, file numbers and words are none', () => {
  const cents = (text: string) => amountsIn(text).map((each) => each.cents);
  assert.deepEqual(cents('1.350,00 1 350,00 1’350,00 1350,00'), [135_000, 135_000, 135_000, 135_000]);
  assert.deepEqual(cents('480,- EUR 480 € 480.50 Euro 4l0,5O'), [48_000, 48_000, 48_050, 41_050]);
  assert.deepEqual(cents('am 01.10.2026, S 12 AS 345/26, lO,OO Il,ll, 3,5 %, 12.345, Nr. 480'), []);
  assert.deepEqual(
    [asDay('l5.O1.2O27'), asDay('1. Februar 2027'), asDay('31.02.2027')],
    ['2027-01-15', '2027-02-01', null],
  );
});

test('a rent is read behind its name, below it, in columns and on a later page', () => {
  const all = 'Kaltmiete 480,00 Euro, Nebenkosten 120,00 Euro, Heizkosten 80,00 Euro, Gesamtmiete 680,00 Euro';
  assert.deepEqual(
    said(
      ['Mietvertrag', 'zwischen Wohnbau Lindenhof GmbH und Mira Probe'],
      [
        '§ 3 Miete',
        'Nettoka1tmiete',
        '480,00 EUR',
        'Betriebskostenvorauszahlung 120,00 EUR',
        'Heizkosten: 8O,00 €',
        'Gesamtmiete 680,00',
      ],
    ),
    [[2, all, null, null]],
  );
  assert.deepEqual(
    said(['Mietbescheinigung', 'Grundmiete Nebenkosten Heizkosten Warmmiete', '480,00 120,00 80,00 680,00']),
    [[1, all, null, null]],
  );
  const cell = (text: string, top: number, left: number): PaperLine => ({ text, top, left });
  const table = [
    cell('Mieterhöhung', 0.1, 0.1),
    cell('Grundmiete', 0.3, 0.1),
    cell('Stellplatz', 0.3, 0.4),
    cell('Heizkosten', 0.3, 0.7),
    cell('1.480,00', 0.33, 0.12),
    cell('40,00', 0.33, 0.41),
    cell('80,00', 0.33, 0.71),
  ];
  assert.deepEqual(said(table), [[1, 'Kaltmiete 1.480,00 Euro, Heizkosten 80,00 Euro', null, null]]);
  assert.deepEqual(
    said(['Mietvertrag', 'Die Bruttokaltmiete beträgt 600,00 Euro.']),
    [],
    'another sum than the cold rent',
  );
  assert.deepEqual(
    said(['Mietvertrag', 'Kaltmiete', 'nach Vereinbarung mit der Verwaltung', '480,00']),
    [],
    'words between them',
  );
});

test('a payslip says its month, gross, net and employer; an account statement is neither rent nor wage', () => {
  assert.deepEqual(
    said([
      'Entgeltabrechnung Oktober 2026',
      'Arbeitgeber:',
      'Backhaus Kern GmbH',
      'Steuerbrutto 1.300,00',
      'Gesamtbrutto',
      '1.350,00',
      'Nettoverdienst 1.O5l,20',
    ]),
    [[1, 'Lohn Oktober 2026: brutto 1.350,00 Euro, netto 1.051,20 Euro, Backhaus Kern GmbH', null, null]],
  );
  assert.deepEqual(said(['Lohnabrechnung für 09/2026', 'Brutto 520,00']), [
    [1, 'Lohn September 2026: brutto 520,00 Euro', null, null],
  ]);
  assert.deepEqual(said(['Lohnabrechnung', 'Brutto 520,00']), [], 'without a month');
  const statement = [
    'Kontoauszug 11/2026',
    'IBAN DE02 1203 0000 0000 2020 51',
    '04.11. Miete Kaltmiete 480,00-',
    'Gehaltsabrechnung Oktober 2026 netto 1.350,00',
  ];
  assert.deepEqual(said(statement), [[1, 'Konto, IBAN endet auf 2051', null, null]]);
  assert.deepEqual(read(statement)[0]?.places, ['20 51'], 'the whole number stays on the paper');
  assert.deepEqual(read(['Kontoauszug', 'DE02120300000000202051'])[0]?.places, ['2051']);
  assert.deepEqual(said(['Rechnung', 'IBAN DE02 1203 0000 0000 2020 51']), [], 'the account of whoever writes');
  assert.deepEqual(said(['Kontoauszug', 'IBAN DE03 1203 0000 0000 2020 51']), [], 'a wrong check digit');
});

test('of an old and a new rent the new one is read, and none where the paper does not tell them apart', () => {
  const rent = (...lines: (string | PaperLine)[]) => said(['Mieterhöhung', ...lines]).map((each) => each[1]);
  assert.deepEqual(rent('Bisherige Kaltmiete 480,00', 'Neue Kaltmiete 520,00'), ['Kaltmiete 520,00 Euro']);
  assert.deepEqual(rent('Neue Kaltmiete 520,00', 'Bisherige Kaltmiete 480,00'), ['Kaltmiete 520,00 Euro']);
  assert.deepEqual(rent('bisher', 'neu', 'Kaltmiete 480,00 520,00'), [], 'two in a row, and no headings of columns');
  assert.deepEqual(rent('Art bisher neu', 'Kaltmiete 480,00 520,00'), ['Kaltmiete 520,00 Euro']);
  assert.deepEqual(rent('Kaltmiete 480,00', 'Kaltmiete 520,00'), []);
  assert.deepEqual(rent('Bisherige Kaltmiete 480,00'), [], 'the new one was not read');
  assert.deepEqual(rent('Kaltmiete', 'bisher 480,00', 'ab 01.01.2027 520,00'), ['Kaltmiete 520,00 Euro']);
  const rises = 'Die Kaltmiete erhöht sich ab 01.01.2027 von 480,00 Euro um 40,00 Euro auf 520,00 Euro';
  assert.deepEqual(rent(rises), ['Kaltmiete 520,00 Euro']);
  assert.deepEqual(rent('Kaltmiete 480,00 Euro (8,00 Euro/m²), die Kaution 960,00 Euro'), ['Kaltmiete 480,00 Euro']);
  const cell = (text: string, top: number, left: number): PaperLine => ({ text, top, left });
  const table = [
    cell('Neu', 0.2, 0.7),
    cell('Bisher', 0.2, 0.5),
    cell('Grundmiete', 0.3, 0.1),
    cell('480,00', 0.3, 0.5),
    cell('520,00', 0.3, 0.7),
  ];
  assert.deepEqual(rent(...table), ['Kaltmiete 520,00 Euro']);
});

test('the wage is that of the month and not of the year, and of the month it is paid for, not of the day of the print', () => {
  const pay = (...lines: string[]) => said(lines).map((each) => each[1]);
  const head = 'Entgeltabrechnung Oktober 2026';
  const month = ['Lohn Oktober 2026: brutto 1.350,00 Euro'];
  assert.deepEqual(pay(head, 'Bezeichnung Jahr lfd. Monat', 'Gesamtbrutto 13.500,00 1.350,00'), month);
  assert.deepEqual(pay(head, 'Betrag Jahr Betrag Monat', 'Gesamtbrutto 13.500,00 1.350,00'), month);
  assert.deepEqual(pay(head, 'Betrag kumuliert', 'Gesamtbrutto 1.350,00 13.500,00'), month);
  assert.deepEqual(pay(head, 'Gesamtbrutto 13.500,00 1.350,00'), [], 'no headings');
  assert.deepEqual(pay(head, 'Gesamtbrutto 1.350,00', 'Jahressumme Gesamtbrutto 13.500,00'), []);
  assert.deepEqual(pay(head, 'Monat: Brutto 1.350,00', 'kumuliert: Brutto 13.500,00'), month);
  const printed = ['Musterstadt, 5. November 2026', 'Backhaus Kern GmbH'];
  assert.deepEqual(pay(...printed, head, 'Brutto 1.350,00'), month);
  assert.deepEqual(pay('Druck November 2026', 'Lohnabrechnung', 'Zeitraum: 10/2026', 'Brutto 1.350,00'), month);
  assert.deepEqual(pay(...printed, 'Lohnabrechnung', 'Brutto 1.350,00'), [], 'only the day of the print');
  assert.deepEqual(
    pay('Lohnabrechnung', 'für den Monat', 'Oktober 2026', 'Druck November 2026', 'Brutto 1.350,00'),
    month,
  );
  assert.deepEqual(pay('Lohnabrechnung', 'Eintritt Januar 2020, Druck November 2026', 'Brutto 1.350,00'), []);
});

test('an account is suggested from what a bank gives, or where somebody of the household holds it; not that of a landlord or an employer', () => {
  const iban = 'IBAN DE02 1203 0000 0000 2020 51';
  const pay = ['Mietvertrag', '§ 3 Miete', 'Die Miete ist zu zahlen an:', 'Kontoinhaber Wohnbau GmbH', iban];
  assert.deepEqual(said(pay), []);
  const slip = ['Entgeltabrechnung', 'Backhaus Kern GmbH', 'Girokonto', iban];
  assert.deepEqual(said(slip), []);
  assert.deepEqual(said(['Ihr Mietkontoauszug', 'Wohnbau GmbH', iban]), [], 'of the landlord');
  const far = ['Wohnbau GmbH', ...'abcdefgh', 'Bitte legen Sie einen Kontoauszug vor.', iban];
  assert.deepEqual(said(far), [], 'a letter that asks for one');
  const people = ['Probe, Mira', 'Probe, Jan'];
  const of = (lines: string[], kind?: string) =>
    readPaper([{ page: 1, lines: lines.map((text) => ({ text })) }], {
      people,
      ...(kind === undefined ? {} : { kind }),
    }).map((each) => each.text);
  const account = ['Konto, IBAN endet auf 2051'];
  assert.deepEqual(of(['Angaben', 'Kontoinhaberin: Mira Probe', iban]), account);
  assert.deepEqual(of(['Angaben', 'Kontoinhaber', 'PROBE, JAN', iban]), account);
  assert.deepEqual(of(['Angaben', 'Kontoinhaber: Ole Probe', iban]), [], 'nobody of the household');
  assert.deepEqual(of(pay), []);
  assert.deepEqual(of(['Bank am Markt', iban], 'account-statement'), account);
});

test('contracts, their ends, notices and certificates, with the words of the page that say so', () => {
  assert.deepEqual(
    said([
      'Arbeitsvertrag',
      'Beginn des Arbeitsverhältnisses:',
      '01.12.2026',
      'Es ist befristet bis zum',
      '30. November 2027',
    ]),
    [[1, 'Arbeitsvertrag', '2026-12-01', '2027-11-30']],
  );
  assert.deepEqual(
    said(['Mietvertrag'], ['§ 2 Mietzeit', 'Mietbeginn: l5.01.2027', 'endet mit Ablauf des 31.12.2028']),
    [[2, 'Mietvertrag', '2027-01-15', '2028-12-31']],
  );
  assert.deepEqual(said(['Kündigung', 'hiermit kündigen wir das Arbeitsverhältnis fristgerecht zum 31.01.2027']), [
    [1, 'Kündigung der Arbeit', null, '2027-01-31'],
  ]);
  assert.deepEqual(
    said(['Sehr geehrte Frau Probe,', 'wir kündigen den Mietvertrag über die Wohnung zum 31.03.2027.']),
    [[1, 'Kündigung der Wohnung', null, '2027-03-31']],
  );
  assert.deepEqual(said(['Schulbescheinigung', 'besucht die Schule voraussichtlich bis', '31.07.2027']), [
    [1, 'Schulbescheinigung', null, '2027-07-31'],
  ]);
  assert.deepEqual(said(['Immatrikulationsbescheinigung', 'Wintersemester 2026/27 vom 01.10.2026 bis 31.03.2027']), [
    [1, 'Studium', '2026-10-01', '2027-03-31'],
  ]);
  assert.deepEqual(said(['Mietvertrag', 'Die Kündigungsfrist beträgt drei Monate zum Monatsende.']), []);
  assert.deepEqual(read(['Mietvertrag', 'Mietbeginn: l5.01.2027'])[0]?.places, ['l5.01.2027']);
});

test('what does not fit a confirmed fact is told from the next one of its sort', () => {
  const fact = (
    text: string,
    from: string | null = null,
    until: string | null = null,
    kind: 'free' | 'until' = 'free',
  ) => ({
    kind,
    text,
    validFrom: from,
    validUntil: until,
    personId: null as string | null,
    caseId: 'one',
  });
  const rent = fact('Kaltmiete 480,00 Euro, Heizkosten 80,00 Euro');
  assert.equal(contradicts(rent, fact('Die Kaltmiete beträgt 450 Euro.')), true, 'typed by somebody');
  assert.equal(contradicts(rent, fact('Kaltmiete 480,00 Euro')), false);
  assert.equal(
    contradicts(fact('Lohn Oktober 2026: netto 900,00 Euro'), fact('Lohn Oktober 2026: netto 950,00 Euro')),
    true,
  );
  assert.equal(
    contradicts(fact('Lohn Oktober 2026: netto 900,00 Euro'), fact('Lohn September 2026: netto 950,00 Euro')),
    false,
  );
  const sick = (from: string, until: string) => fact('Krankschreibung', from, until, 'until');
  assert.equal(contradicts(sick('2026-11-28', '2026-12-04'), sick('2026-11-23', '2026-11-27')), false);
  assert.equal(contradicts(sick('2026-11-23', '2026-12-04'), sick('2026-11-23', '2026-11-27')), false, 'a further one');
  assert.equal(contradicts(sick('2026-11-23', '2026-11-25'), sick('2026-11-23', '2026-11-27')), true, 'shorter');
  assert.equal(contradicts(sick('2026-11-20', '2026-11-27'), sick('2026-11-23', '2026-11-27')), true, 'another day');
  const title = (until: string) => fact('Aufenthaltstitel', null, until, 'until');
  assert.equal(contradicts(title('2028-06-30'), title('2026-12-31')), false, 'a renewed title');
  assert.equal(contradicts(title('2026-06-30'), title('2026-12-31')), true);
  assert.equal(contradicts(title('2026-06-30'), { ...title('2026-12-31'), caseId: 'two' }), false, 'of somebody else');
});

test('two wages or accounts in a household are no contradiction, in one case or of one person they are', () => {
  const days = { validFrom: null, validUntil: null };
  const said = (text: string, caseId: string, personId: string | null = null) =>
    ({ kind: 'free', text, caseId, personId, ...days }) as const;
  const pairs = [
    ['Lohn Oktober 2026: netto 900,00 Euro', 'Lohn Oktober 2026: netto 950,00 Euro'],
    ['Konto, IBAN endet auf 2051', 'Konto, IBAN endet auf 1234'],
  ] as const;
  for (const [one, other] of pairs) {
    assert.equal(contradicts(said(one, 'a'), said(other, 'b')), false, 'two cases, and nobody is known');
    assert.equal(contradicts(said(one, 'a'), said(other, 'a')), true);
    assert.equal(contradicts(said(one, 'a', 'p'), said(other, 'b', 'p')), true);
    assert.equal(contradicts(said(one, 'a', 'p'), said(other, 'a', 'q')), false);
  }
  const [mira, jan] = [`${pairs[0][0]}, Backhaus Kern GmbH`, `${pairs[0][1]}, Hof Linde`];
  assert.equal(contradicts(said(mira, 'a'), said(jan, 'a')), false, 'two employers in one case');
  assert.equal(contradicts(said('Kaltmiete 480,00 Euro', 'a'), said('Kaltmiete 450,00 Euro', 'b')), true, 'one home');
});
