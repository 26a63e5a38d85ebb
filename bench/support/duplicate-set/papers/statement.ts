import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { addressOf, digits, euro, firm, germanDay, iban, lastDay, monthName, person, placeOf, town } from '../words.ts';
import { bankTerms } from './terms.ts';

/** Statements of one account, one after the other: the same standing orders, another day and balance. */
export function statements(r: Random, count: number): Family {
  const where = town(r);
  const who = person(r);
  const bank = r.pick([
    `Sparkasse ${placeOf(where)}`,
    `Volksbank ${placeOf(where)} eG`,
    'Nordlicht Direktbank AG',
    'Kreditbank am Markt AG',
  ]);
  const account = iban(r);
  const payees = Array.from({ length: 6 }, () => `${firm(r)}`);
  const standing = [-r.int(300, 900) * 100, -r.int(20, 90) * 100, -r.int(9, 50) * 100 - 1, r.int(50, 200) * 1000];
  const terms = r.chance(0.5);
  const busy = r.pick([8, 14, 26, 44]);
  const [start, year] = [r.int(1, 9), r.int(2025, 2026)];
  const customer = digits(r, 9);
  let balance = r.int(-300, 4000) * 100 + r.int(0, 99);
  const models = Array.from({ length: count }, (_, i): Model => {
    const month = start + i;
    const opening = balance;
    const rows: string[][] = [];
    const put = (day: number, text: string, cents: number): void => {
      const on = germanDay(year, month, Math.min(day, lastDay(year, month)));
      rows.push([on.slice(0, 6), on, text, euro(cents)]);
      balance += cents;
    };
    put(1, `DAUERAUFTRAG MIETE ${who.street.toUpperCase()} ${payees[0]}`, standing[0] as number);
    put(2, `LASTSCHRIFT ${payees[1]} VERTRAG ${customer}`, standing[1] as number);
    for (let day = 3, n = 0; n < busy && day < 29; n++) {
      day += r.int(0, Math.ceil(50 / busy));
      put(
        day,
        `${r.pick(['KARTENZAHLUNG', 'LASTSCHRIFT', 'GIROCARD', 'UEBERWEISUNG'])} ${r.pick([...payees, 'REWE SAGT DANKE', 'ALDI SUED', 'DM DROGERIEMARKT', 'DB VERTRIEB'])} ${digits(r, 6)}`,
        -r.int(199, 8900),
      );
    }
    put(29, `LASTSCHRIFT ${payees[2]}`, standing[2] as number);
    put(30, `GUTSCHRIFT LOHN ${monthName(month).toUpperCase()} ${payees[3]}`, standing[3] as number);
    return statement({
      bank,
      where,
      who,
      account,
      month,
      year,
      opening,
      balance,
      rows,
      terms,
      number: i + start,
      customer,
    });
  });
  return { style: { ...makeStyle(r), pageNumbers: 'head' }, models };
}

interface Sheet {
  readonly bank: string;
  readonly where: string;
  readonly who: ReturnType<typeof person>;
  readonly account: string;
  readonly month: number;
  readonly year: number;
  readonly opening: number;
  readonly balance: number;
  readonly rows: readonly (readonly string[])[];
  readonly terms: boolean;
  readonly number: number;
  readonly customer: string;
}

function statement(s: Sheet): Model {
  const title = `Kontoauszug Nr. ${s.number}/${s.year}`;
  const end = germanDay(s.year, s.month, lastDay(s.year, s.month));
  return {
    kind: 'account-statement',
    title,
    sender: { name: s.bank, lines: [s.where, 'BIC GENODEF1XYZ'] },
    recipient: addressOf(s.who),
    refs: [
      ['IBAN', s.account],
      ['Auszug', `${s.number}/${s.year}`],
      ['Datum', end],
    ],
    blocks: [
      {
        t: 'facts',
        columns: 2,
        rows: [
          ['Kontoinhaber', s.who.name],
          ['Kunden-Nr.', s.customer],
          ['Alter Kontostand', `${euro(s.opening)} EUR`],
          ['Zeitraum', `${germanDay(s.year, s.month, 1)} - ${end}`],
        ],
      },
      {
        t: 'table',
        head: ['Buchung', 'Wert', 'Verwendungszweck', 'Betrag EUR'],
        widths: [1.3, 1.9, 6, -1.9],
        rows: s.rows,
        total: ['', '', `Neuer Kontostand am ${end}`, euro(s.balance)],
      },
      {
        t: 'small',
        text: 'Bitte beachten Sie die Hinweise zum Kontoauszug. Der eingeräumte Überziehungsrahmen beträgt 500,00 EUR.',
      },
      ...(s.terms
        ? [
            { t: 'break' } as const,
            { t: 'heading', text: 'Hinweise zum Kontoauszug' } as const,
            ...bankTerms.map((text): Block => ({ t: 'para', text })),
          ]
        : []),
    ],
    footer: [s.bank, 'Vorstand: siehe Aushang', 'Amtsgericht HRB 4711'],
    running: s.terms ? 'Kontoauszug' : `${title} ${s.account}`,
    commonPages: s.terms ? 1 : 0,
  };
}
