import type { Random } from '../../../../src/main/demo/random.ts';
import type { Block, Family, Model } from '../model.ts';
import { makeStyle } from '../style.ts';
import { addressOf, digits, euro, firm, germanDay, iban, later, person, placeOf, street, town } from '../words.ts';
import { bankTerms } from './terms.ts';

/** Bills of one supplier or landlord for one household: year after year, or the same bill under another number. */
export function bills(r: Random, count: number): Family {
  const who = person(r);
  const power = r.chance(0.55);
  const where = town(r);
  const s: Shared = {
    who,
    power,
    supplier: power
      ? `Stadtwerke ${placeOf(where)} ${r.pick(['AG', 'GmbH'])}`
      : `Hausverwaltung ${firm(r).split(' ')[0]}`,
    place: [street(r), where, `Tel. 0${digits(r, 4)} ${digits(r, 6)}`],
    customer: digits(r, 8),
    meter: `1EMH00${digits(r, 8)}`,
    account: iban(r),
    area: r.int(30, 95),
    terms: r.chance(0.4),
    firstYear: r.int(2022, 2024),
    day: r.int(2, 26),
  };
  const kwh = r.int(1400, 4200);
  const meter = r.int(8000, 60000);
  const onlyNumber = r.chance(0.35);
  const cost = Array.from({ length: 7 }, () => r.int(4000, 42_000));
  const models = Array.from({ length: count }, (_, i) => {
    const k = onlyNumber ? 0 : i;
    return bill(s, {
      year: s.firstYear + k,
      number: String(Number(`${r.int(4, 9)}00000000`) + s.day * 3701 + i * 131),
      kwh: kwh + k * 137,
      from: meter + k * kwh,
      cost: cost.map((c, n) => Math.round(c * (1 + 0.031 * k * ((n % 3) + 1)))),
      paid: r.int(0, 0) + 60_000 + s.day * 1200 + k * 2400,
      again: onlyNumber && i > 0,
    });
  });
  return { style: makeStyle(r), models };
}

interface Shared {
  readonly who: ReturnType<typeof person>;
  readonly power: boolean;
  readonly supplier: string;
  readonly place: readonly string[];
  readonly customer: string;
  readonly meter: string;
  readonly account: string;
  readonly area: number;
  readonly terms: boolean;
  readonly firstYear: number;
  readonly day: number;
}
interface Year {
  readonly year: number;
  readonly number: string;
  readonly kwh: number;
  readonly from: number;
  readonly cost: readonly number[];
  readonly paid: number;
  readonly again: boolean;
}

const positions = [
  'Grundsteuer',
  'Wasser und Abwasser',
  'Müllabfuhr',
  'Heizung',
  'Hausmeister',
  'Versicherung',
  'Allgemeinstrom',
];

function bill(s: Shared, y: Year): Model {
  const work = Math.round(y.kwh * 31.42);
  const basic = 13_200;
  const total = s.power ? Math.round((work + basic) * 1.19) : y.cost.reduce((a, b) => a + b, 0);
  const rest = total - y.paid;
  const sent = germanDay(y.year + 1, 2, s.day);
  const table: Block = s.power
    ? {
        t: 'table',
        head: ['Zeitraum', 'Stand alt', 'Stand neu', 'kWh', 'ct/kWh', 'Betrag EUR'],
        widths: [4, -2, -2, -1.5, -1.5, -2],
        rows: [
          [
            `01.01.${y.year} - 30.06.${y.year}`,
            String(y.from),
            String(y.from + Math.round(y.kwh * 0.52)),
            String(Math.round(y.kwh * 0.52)),
            '31,42',
            euro(Math.round(work * 0.52)),
          ],
          [
            `01.07.${y.year} - 31.12.${y.year}`,
            String(y.from + Math.round(y.kwh * 0.52)),
            String(y.from + y.kwh),
            String(y.kwh - Math.round(y.kwh * 0.52)),
            '31,42',
            euro(work - Math.round(work * 0.52)),
          ],
          ['Grundpreis 12 Monate', '', '', '', '', euro(basic)],
          ['Umsatzsteuer 19 %', '', '', '', '', euro(total - work - basic)],
        ],
        total: ['Rechnungsbetrag', '', '', String(y.kwh), '', euro(total)],
      }
    : {
        t: 'table',
        head: ['Kostenart', 'Gesamtkosten EUR', 'Schlüssel', 'Ihr Anteil EUR'],
        widths: [4, -2.4, -2, -2.4],
        rows: positions.map((name, i) => [
          name,
          euro((y.cost[i] as number) * 11),
          `${s.area},00 m²`,
          euro(y.cost[i] as number),
        ]),
        total: ['Summe', euro(total * 11), '', euro(total)],
      };
  const title = s.power ? 'Ihre Stromrechnung' : `Betriebskostenabrechnung ${y.year}`;
  return {
    kind: 'utility-bill',
    title,
    sender: { name: s.supplier, lines: s.place },
    recipient: addressOf(s.who),
    refs: [
      ['Rechnungs-Nr.', y.number],
      ['Kunden-Nr.', s.customer],
      ['Datum', sent],
      ...(s.power ? ([['Zähler', s.meter]] as const) : []),
    ],
    blocks: [
      {
        t: 'para',
        text: `Guten Tag ${s.who.name}, hiermit erhalten Sie die Abrechnung für den Zeitraum vom 01.01.${y.year} bis 31.12.${y.year} für ${s.who.street}, ${s.who.town}.`,
      },
      table,
      {
        t: 'facts',
        rows: [
          ['Rechnungsbetrag', `${euro(total)} EUR`],
          ['abzüglich Abschläge', `${euro(y.paid)} EUR`],
          [rest > 0 ? 'Nachzahlung' : 'Guthaben', `${euro(Math.abs(rest))} EUR`],
          ['Neuer Abschlag monatlich', `${euro(Math.round(total / 1200) * 100)} EUR`],
          ['Fällig am', later(sent, 14)],
        ],
      },
      {
        t: 'para',
        text:
          rest > 0
            ? `Bitte überweisen Sie den Betrag auf das Konto ${s.account}. Verwendungszweck: ${s.customer}.`
            : 'Das Guthaben überweisen wir in den nächsten Tagen auf Ihr Konto.',
      },
      {
        t: 'small',
        text: 'Bitte prüfen Sie diese Rechnung. Einwände erheben Sie bitte innerhalb von zwölf Monaten nach Zugang. Bei Fragen hilft Ihnen unser Kundenservice montags bis freitags von 8 bis 18 Uhr. Informationen zum Energieverbrauch und zu Beratungsstellen finden Sie auf unserer Internetseite.',
      },
      ...(s.terms
        ? [
            { t: 'break' } as const,
            { t: 'heading', text: 'Allgemeine Hinweise' } as const,
            ...bankTerms.map((text): Block => ({ t: 'para', text })),
          ]
        : []),
    ],
    footer: [s.supplier, `IBAN ${s.account}`, 'Geschäftszeiten Mo-Fr 8-18 Uhr'],
    running: s.terms ? '' : `${title} Rechnung ${y.number}`,
    commonPages: s.terms ? 1 : 0,
  };
}
