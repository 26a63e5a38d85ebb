import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { addressOf, digits, euro, firm, germanDay, iban, lastDay, monthName, person, street, town } from '../words.ts';

interface Month {
  readonly month: number;
  readonly year: number;
  readonly gross: number;
  readonly extra: number;
  readonly hours: number;
}

/** One employee's months: same sender, look and text; some months with the very same net pay. */
export function payslips(r: Random, count: number): Family {
  const [who, employer] = [person(r), firm(r)];
  const shared = {
    who,
    employer,
    place: [street(r), town(r)],
    number: digits(r, 5),
    tax: `${digits(r, 2)} ${digits(r, 3)} ${digits(r, 3)} ${digits(r, 3)}`,
    insurance: `${digits(r, 2)}${digits(r, 6)}${who.family[0]}${digits(r, 3)}`,
    account: iban(r),
    taxClass: r.pick(['1', '2', '3', '4', '5']),
    fund: r.pick(['AOK PLUS', 'Techniker Krankenkasse', 'BARMER', 'IKK classic', 'DAK-Gesundheit']),
    entry: germanDay(r.int(2008, 2024), r.int(1, 12), 1),
    form: r.int(0, 3),
  };
  const start = r.int(1, 10);
  const [year, gross, sameNet] = [r.int(2025, 2026), r.int(60, 330) * 1000 + r.pick([0, 0, 550, 1275]), r.chance(0.5)];
  const months = Array.from({ length: count }, (_, i): Month => {
    const varied = sameNet ? 0 : r.int(0, 8) * 1450;
    return { month: start + i, year, gross, extra: i === 0 ? 0 : varied, hours: sameNet ? 160 : r.int(120, 174) };
  });
  return { style: makeStyle(r), models: months.map((m) => payslip(shared, m)) };
}

type Shared = {
  readonly who: ReturnType<typeof person>;
  readonly employer: string;
  readonly place: readonly string[];
  readonly number: string;
  readonly tax: string;
  readonly insurance: string;
  readonly account: string;
  readonly taxClass: string;
  readonly fund: string;
  readonly entry: string;
  readonly form: number;
};

function payslip(s: Shared, m: Month): Model {
  const gross = m.gross + m.extra;
  const mini = gross < 60_300;
  const part = (rate: number): number => (mini ? 0 : Math.round(gross * rate));
  const [tax, church] = [mini ? 0 : Math.round(Math.max(0, gross - 120_000) * 0.17), 0];
  const [kv, rv, av, pv] = [part(0.0815), part(0.093), part(0.013), part(0.018)];
  const net = gross - tax - church - kv - rv - av - pv;
  const title = [
    'Entgeltabrechnung',
    'Lohn-/Gehaltsabrechnung',
    'Verdienstbescheinigung',
    'Abrechnung der Brutto-/Netto-Bezüge',
  ][s.form] as string;
  const period = `${monthName(m.month)} ${m.year}`;
  const year = (value: number): string => euro(value * m.month);
  const pay: Block = {
    t: 'table',
    head: ['LA', 'Bezeichnung', 'Menge', 'Faktor', 'Betrag EUR'],
    widths: [1, 4, -1.4, -1.6, -2],
    rows: [
      [
        '0100',
        mini ? 'Minijob pauschal' : 'Grundlohn',
        String(m.hours),
        euro(Math.round(m.gross / m.hours)),
        euro(m.gross),
      ],
      ...(m.extra > 0 ? [['0310', 'Mehrarbeit 25 %', String(Math.round(m.extra / 1450)), '14,50', euro(m.extra)]] : []),
    ],
    total: ['', 'Gesamtbrutto', '', '', euro(gross)],
  };
  const cuts: Block = {
    t: 'table',
    head: ['Abzug', 'laufend', 'Jahreswert'],
    widths: [4, -2, -2],
    rows: [
      ['Lohnsteuer', euro(tax), year(tax)],
      ['Krankenversicherung', euro(kv), year(kv)],
      ['Rentenversicherung', euro(rv), year(rv)],
      ['Arbeitslosenversicherung', euro(av), year(av)],
      ['Pflegeversicherung', euro(pv), year(pv)],
    ],
    total: ['Summe der Abzüge', euro(gross - net), year(gross - net)],
  };
  const facts: Block = {
    t: 'facts',
    columns: 2,
    rows: [
      ['Personal-Nr.', s.number],
      ['Geburtsdatum', s.who.born],
      ['Steuerklasse', s.taxClass],
      ['SV-Nummer', s.insurance],
      ['Steuer-ID', s.tax],
      ['Krankenkasse', s.fund],
      ['Eintritt', s.entry],
      ['Abrechnung', period],
    ],
  };
  const out: Block = {
    t: 'facts',
    rows: [
      ['Auszahlungsbetrag', `${euro(net)} EUR`],
      ['Überweisung auf', s.account],
      ['Wertstellung', germanDay(m.year, m.month, Math.min(27, lastDay(m.year, m.month)))],
    ],
  };
  const sums: Block = {
    t: 'facts',
    columns: 2,
    rows: [
      ['Brutto kumuliert', year(gross)],
      ['Steuer kumuliert', year(tax)],
      ['SV-Brutto kum.', year(mini ? 0 : gross)],
      ['SV-Tage', String(30 * m.month)],
    ],
  };
  const small: Block = {
    t: 'small',
    text: 'Diese Abrechnung ist maschinell erstellt und ohne Unterschrift gültig. Bitte bewahren Sie sie sorgfältig auf; sie dient als Nachweis gegenüber Behörden nach § 108 Abs. 3 Satz 1 GewO. Rückfragen richten Sie bitte an die Personalabteilung.',
  };
  const orders: Block[][] = [
    [facts, pay, cuts, out, sums, small],
    [facts, { t: 'heading', text: `Abrechnungszeitraum ${period}` }, pay, cuts, sums, out, small],
    [
      { t: 'para', text: `Sehr geehrte/r ${s.who.name}, für den Monat ${period} rechnen wir wie folgt ab:` },
      pay,
      cuts,
      out,
      facts,
    ],
    [facts, sums, pay, cuts, out],
  ];
  return {
    kind: 'payslip',
    title: s.form === 3 ? `${title} ${period}` : title,
    sender: { name: s.employer, lines: s.place },
    recipient: addressOf(s.who),
    refs: [
      ['Monat', `${String(m.month).padStart(2, '0')}/${m.year}`],
      ['Druckdatum', germanDay(m.year, m.month, Math.min(24, lastDay(m.year, m.month)))],
      ['Pers.-Nr.', s.number],
    ],
    blocks: orders[s.form] as Block[],
    footer: [s.employer, `Betriebs-Nr. ${s.number}${s.number.slice(0, 3)}`],
    running: `${title} ${period} ${s.who.name}`,
    commonPages: 0,
  };
}
