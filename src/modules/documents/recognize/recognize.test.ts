import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contradiction, pageIdentity } from './contradict.ts';
import { amountsIn, daysIn, stampDay } from './dates.ts';
import { beginsLetter, missingNumbers, type PageSigns, pageSigns, totalChange } from './first-page.ts';
import { fold } from './fold.ts';
import { suggestKind } from './kind.ts';
import { type Line, linesOf, type SeenPage } from './lines.ts';
import { personClues } from './person.ts';
import { suggestSender } from './sender.ts';

/** Lines as they would stand on a page, one below the other from the top. */
const page = (...texts: string[]): Line[] =>
  texts.map((text, i) => ({ text, top: 0.05 + i * 0.04, left: 0.1, size: 0.014 }));

/** A page of words, one line below the other. */
const words = (lines: readonly (readonly [y: number, text: string])[], width = 1240, height = 1754): SeenPage => ({
  width,
  height,
  words: lines.flatMap(([y, text]) =>
    text.split(' ').map((word, i, all) => ({
      text: word,
      x: 120 + all.slice(0, i).join(' ').length * 13,
      y,
      width: word.length * 12,
      height: 24,
    })),
  ),
});

test('characters that reading machines confuse are one', () => {
  assert.equal(fold('Geha1tsabrechnung'), fold('GehaItsabrechnung'));
  assert.equal(fold('Kündigung'), fold('Kundigung'));
  assert.equal(fold('5traße 0l'), fold('Strasse Ol'));
});

const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['payslip', ['Bäckerei Sonne GmbH', 'Entge1tabrechnung 0ktober 2026', 'Steuerk1asse 1', 'Auszahlungsbetrag']],
  ['rent-contract', ['Mietvertrag', 'zwischen Vermieter Berg und Mieter Klee', 'Kaltmiete 480 EUR']],
  ['utility-bill', ['Stadtwerke', 'Stromrechnung 2026', 'Zählernummer 4711 kWh']],
  ['account-statement', ['Sparkasse', 'Kontoauszug 11/2026', 'Alter Saldo', 'Neuer Saldo']],
  ['termination', ['Kundigung Ihres Arbeitsverhältnisses', 'hiermit kündigen wir fristgerecht']],
  ['certificate', ['Arbeitsunfähigkeitsbescheinigung', 'arbeitsunfähig seit 12.11.2026']],
  ['form', ['Anlage EK', 'Zutreffendes bitte ankreuzen']],
  ['authority', ['Familienkasse Musterstadt', 'Bescheid', 'Rechtsbehelfsbelehrung']],
  ['other', ['Liebe Frau Klee,', 'anbei das Foto vom Ausflug.']],
];
for (const [kind, texts] of kinds)
  test(`a page is taken for: ${kind}`, () => {
    const found = suggestKind(page(...texts));
    assert.equal(found.kind, kind);
    assert.equal(found.words.length > 0, kind !== 'other');
  });

test('days are found with digits that were misread, and impossible ones are not', () => {
  const days = (text: string) => daysIn(text, 2026).map(({ day }) => day);
  assert.deepEqual(days('am O3.04.l990, 1.11.26 und 3. April 1990'), ['1990-04-03', '2026-11-01', '1990-04-03']);
  assert.deepEqual(days('31.02.2026, 99.99.2026, 1.234,56 €, IBAN DE12 3456'), []);
  assert.deepEqual(days('geb. 5.6.58'), ['1958-06-05']);
});

test('amounts carry the sign of the currency', () => {
  assert.deepEqual(amountsIn('Miete 1.234,56 € und 48,00 EUR, € 7,10, Seite 3,50, Menge 12,5'), [123_456, 4_800, 710]);
});

test('the stamp of arrival is found, a day to come is not one', () => {
  assert.equal(stampDay(page('Eingegangen', '12.11.2026'), '2026-11-25'), '2026-11-12');
  assert.equal(stampDay(page('EINGANG 30.12.2026'), '2026-11-25'), undefined);
  assert.equal(stampDay(page('Rechnung vom 12.11.2026'), '2026-11-25'), undefined);
});

test('the person is found by label, address, salutation and signature, never in other words', () => {
  const clues = personClues(
    page(
      'Mieter: Tom Müller',
      'geb. am O3.04.l990',
      'Aktenzeichen: 4711/12',
      'Sehr geehrte Damen und Herren',
      'Frau Anna Klee, wohnhaft',
    ),
    2026,
  );
  assert.deepEqual(
    clues.names.map((n) => `${n.givenName} ${n.familyName}`),
    ['Tom Müller', 'Anna Klee'],
  );
  assert.deepEqual(clues.birthDates, ['1990-04-03']);
  assert.deepEqual(clues.fileNumbers, ['4711/12']);
  const address = personClues(page('Stadtwerke Musterstadt', 'Kasia Nowak', 'Lindenweg 7', '01235 Musterstadt'), 2026);
  assert.deepEqual(
    address.names.map((n) => [n.givenName, n.familyName]),
    [['Kasia', 'Nowak']],
  );
  assert.deepEqual(personClues(page('Deutsche Bank', 'Musterstadt AG', 'Der Vertrag'), 2026).names, []);
  const list = personClues(page('Name, Vorname: von der Heide, Annegret'), 2026);
  assert.deepEqual(
    list.names.map((n) => [n.givenName, n.familyName]),
    [['Annegret', 'von der Heide']],
  );
});

test('the sender is the line above the address, a firm or an authority, and never the office itself', () => {
  const from = (...texts: string[]) => suggestSender(page(...texts), 'Jobcenter Musterstadt');
  assert.deepEqual(from('Berg KG · Weg 1 · 01234 Musterstadt'), { name: 'Berg KG', because: 'return-line' });
  assert.deepEqual(from('Bäckerei Sonne GmbH', 'Jobcenter Musterstadt'), {
    name: 'Bäckerei Sonne GmbH',
    because: 'firm',
  });
  assert.deepEqual(from('Finanzamt Musterstadt'), { name: 'Finanzamt Musterstadt', because: 'authority' });
  assert.equal(from('Jobcenter Musterstadt', 'Guten Tag'), undefined);
});

test('columns on one height are lines of their own', () => {
  const lines = linesOf(words([[100, 'Links steht']])).concat(
    linesOf({
      width: 1240,
      height: 1754,
      words: [
        { text: 'Links', x: 100, y: 100, width: 60, height: 24 },
        { text: 'Rechts', x: 900, y: 104, width: 70, height: 24 },
      ],
    }),
  );
  assert.deepEqual(
    lines.map((line) => line.text),
    ['Links steht', 'Links', 'Rechts'],
  );
});

const first = pageSigns(
  words([
    [60, 'Berg KG · Weg 1 · 01234 Musterstadt'],
    [300, 'Musterstadt, den 12.11.2026'],
    [420, 'Mietvertrag'],
    [520, 'Sehr geehrte Damen und Herren,'],
    [1700, 'Seite l von 3'],
  ]),
);
const numbered = (number: number, of?: number): PageSigns => ({
  number,
  ...(of === undefined ? {} : { of }),
  first: [],
  shape: 0.71,
  head: 'x',
});
const plain: PageSigns = { first: [], shape: 0.71, head: 'text' };

test('printed page numbers are read at the edges only, misread or not', () => {
  assert.deepEqual([first.number, first.of], [1, 3]);
  assert.equal(pageSigns(words([[900, 'wie auf Seite 3 gesagt']])).number, undefined);
  assert.deepEqual(pageSigns(words([[1_710, '2/5']])).of, 5);
  assert.deepEqual(first.first, ['letterhead', 'date', 'subject', 'salutation']);
});

test('a letter begins where numbers start again or a page looks like a first one; a number that goes on speaks against it', () => {
  assert.equal(beginsLetter(first, plain), 'page-number');
  assert.equal(beginsLetter(numbered(2, 3), numbered(1, 3)), undefined);
  assert.equal(
    beginsLetter({ ...numbered(2, 3), first: ['letterhead', 'date', 'subject'] }, numbered(1, 3)),
    undefined,
  );
  assert.equal(beginsLetter(numbered(2), numbered(4)), 'page-number');
  assert.equal(beginsLetter({ ...plain, first: ['letterhead', 'date', 'salutation'] }, plain), 'first-page');
  assert.equal(beginsLetter({ ...plain, head: 'other', first: ['letterhead', 'date'] }, plain), 'sender');
  assert.equal(beginsLetter({ ...plain, shape: 1.4, first: ['title'] }, plain), 'paper');
  assert.equal(beginsLetter(plain, plain), undefined);
});

test('a total that changes is two letters whose last and first sheet are missing; a misread one is not', () => {
  const change = totalChange([numbered(1, 2), plain, numbered(2, 3), numbered(3, 3)]);
  assert.deepEqual(change, { at: 2, totals: [2, 3], missing: [[2], [1]] });
  assert.deepEqual(totalChange([numbered(1, 2), numbered(2, 2), numbered(2, 4)])?.missing, [[], [1, 3, 4]]);
  assert.equal(totalChange([numbered(1, 3), numbered(2, 8), numbered(3, 3)]), undefined, 'one misread total');
  assert.equal(
    totalChange([numbered(1, 2), numbered(2, 2), numbered(1, 3), numbered(2, 3), numbered(3, 3)]),
    undefined,
  );
  assert.equal(totalChange([numbered(1, 3), null, numbered(2), numbered(3, 3)]), undefined);
});

test('numbers that jump are named', () => {
  assert.deepEqual(missingNumbers([numbered(1, 4), numbered(4, 4)]), [2, 3]);
  assert.deepEqual(missingNumbers([numbered(1, 3), numbered(2, 3)]), [3]);
  assert.deepEqual(missingNumbers([numbered(2), numbered(3)]), []);
  assert.deepEqual(missingNumbers([plain, plain]), []);
});

test('pages of two letters contradict each other; pages of one do not, whatever else they name', () => {
  const says = (first: boolean, ...texts: string[]) =>
    pageIdentity(page(...texts), { first, ownName: 'Jobcenter Musterstadt', thisYear: 2026 });
  const between = (one: readonly string[], next: readonly string[]) =>
    contradiction(says(true, ...one), says(false, ...next));
  const what = (one: readonly string[], next: readonly string[]) => {
    const found = between(one, next);
    return typeof found === 'string' ? found : found.what;
  };
  const bill = ['Stadtwerke Süd GmbH', 'Kundennummer: 448812', 'Musterstadt, den 12.11.2026', 'Kunde: Tom Müller'];
  assert.deepEqual(between(bill, ['Kundennummer 771003', 'Zählerstand']), {
    what: 'number',
    before: '448812',
    after: '771003',
  });
  assert.equal(what(bill, ['Hausverwaltung Berg KG', '§ 7 Unterschriften']), 'sender');
  assert.equal(what(bill, ['Kunde: Mina Beispielova', 'Verbrauch']), 'person');
  assert.equal(what(bill, ['Schreiben vom 03.09.2026', 'weiter im Text']), 'date');
  assert.equal(between(bill, ['Kundennummer 448 812', 'Zähler der Netz AG']), 'agreed', 'one thing agrees');
  assert.equal(between(bill, ['Kundennummer 448B12', 'Zählerstand']), 'agreed', 'misread');
  assert.equal(between(bill, ['Seite 2 zum Schreiben vom 12.11.2026', 'Messstelle der Netz AG']), 'agreed');
  assert.equal(between(bill, ['Die Rechnung ist bis Ende des Monats zu zahlen.']), 'nothing');
  assert.equal(between(bill, ['Lieferung ab dem 03.09.2026', 'Grundpreis']), 'nothing', 'a day it tells about');
});
