// Papers about the dwelling and the bank account.
import { addDays } from '../../../kernel/dates.ts';
import { euro, germanDay, germanMonth, monthEnd, monthStart } from '../calendar.ts';
import { ageOn, type DemoHousehold } from '../households.ts';
import { inGroups } from '../places.ts';
import { createRandom } from '../random.ts';
import type { PaperFacts } from './facts.ts';
import { payDay, payOf } from './payroll.ts';
import { createSheet } from './sheet.ts';
import { headOf, linesOf, nameOf } from './work.ts';

const adults = (household: DemoHousehold, day: string): string =>
  household.members
    .filter((person) => ageOn(person, day) >= 18 && person.relation !== 'child')
    .map(nameOf)
    .join(' und ');

const CLAUSES: readonly (readonly [string, string])[] = [
  [
    'Nutzung',
    'Die Wohnung wird zu Wohnzwecken vermietet. Eine andere Nutzung bedarf der Zustimmung des Vermieters. Haustiere, von Kleintieren abgesehen, sind vorher anzuzeigen.',
  ],
  [
    'Schlüssel',
    'Bei der Übergabe erhält der Mieter zwei Haustürschlüssel, zwei Wohnungsschlüssel, einen Kellerschlüssel und einen Briefkastenschlüssel. Der Verlust ist sofort zu melden.',
  ],
  [
    'Zahlung der Miete',
    'Die Miete ist monatlich im Voraus, spätestens am dritten Werktag eines Monats, auf das Konto des Vermieters zu zahlen. Für die Rechtzeitigkeit kommt es auf den Auftrag zur Überweisung an.',
  ],
  [
    'Betriebskosten',
    'Die Vorauszahlungen für Betriebskosten und Heizung werden einmal im Jahr abgerechnet. Nachzahlungen und Guthaben sind einen Monat nach Zugang der Abrechnung fällig.',
  ],
  [
    'Instandhaltung',
    'Der Mieter behandelt die Wohnung pfleglich, lüftet und heizt ausreichend und zeigt Mängel unverzüglich an. Kleine Reparaturen bis 75 Euro im Einzelfall trägt der Mieter, höchstens jedoch acht vom Hundert der Jahresmiete.',
  ],
  [
    'Schönheitsreparaturen',
    'Schönheitsreparaturen übernimmt der Vermieter, soweit sie nicht durch Schäden nötig werden, die der Mieter zu vertreten hat.',
  ],
  [
    'Untervermietung',
    'Eine Untervermietung ist nur mit Erlaubnis des Vermieters zulässig. Die Aufnahme naher Angehöriger ist anzuzeigen.',
  ],
  [
    'Betreten der Wohnung',
    'Der Vermieter darf die Wohnung nach Ankündigung und zu üblicher Zeit betreten, wenn ein sachlicher Grund vorliegt, etwa zum Ablesen der Zähler oder zur Behebung von Mängeln.',
  ],
  [
    'Kündigung',
    'Für die Kündigung gelten die gesetzlichen Fristen. Sie bedarf der Schriftform. Bei der Rückgabe wird ein gemeinsames Protokoll geführt, in dem der Zustand der Räume und die Zählerstände stehen.',
  ],
  [
    'Hausordnung',
    'Die Hausordnung ist Teil dieses Vertrags. Von 22 bis 6 Uhr und von 13 bis 15 Uhr ist Zimmerlautstärke einzuhalten. Treppenhaus und Kellergänge bleiben frei. Die Reinigung des Treppenhauses wechselt wöchentlich.',
  ],
];

export function drawRentContract({ household, dwelling, address, since }: PaperFacts['rent-contract']): Uint8Array {
  const total = dwelling.rentCents + dwelling.sideCostsCents + dwelling.heatingCents;
  const sheet = createSheet('Mietvertrag');
  sheet.letterhead(dwelling.landlord.name, headOf(dwelling.landlord));
  sheet.title('Mietvertrag über Wohnraum');
  sheet.paragraph(
    `Zwischen ${dwelling.landlord.name} (Vermieter) und ${adults(household, since)} (Mieter) wird dieser Vertrag geschlossen.`,
  );
  sheet.heading('§ 1 Mietsache');
  sheet.pairs([
    ['Anschrift', linesOf(address).join(', ')],
    ['Zimmer', `${dwelling.rooms}, dazu Küche, Bad und Flur`],
    ['Wohnfläche', `${dwelling.squareMetres} m²`],
    ['Heizung', `${dwelling.heatedWith}, Warmwasser zentral`],
    ['Beginn', germanDay(since)],
    ['Personen im Haushalt', String(household.members.length)],
  ]);
  sheet.heading('§ 2 Miete');
  sheet.table(
    [
      { head: 'Monatlich', at: 0 },
      { head: 'EUR', at: 480, right: true },
    ],
    [
      ['Grundmiete', euro(dwelling.rentCents)],
      ['Vorauszahlung Betriebskosten', euro(dwelling.sideCostsCents)],
      ['Vorauszahlung Heizung und Warmwasser', euro(dwelling.heatingCents)],
      ['Gesamtmiete', euro(total)],
    ],
    new Set([3]),
  );
  sheet.paragraph(
    `Konto des Vermieters: ${inGroups(dwelling.landlordBank.iban)}, ${dwelling.landlordBank.bank}. Die Kaution beträgt ${euro(dwelling.rentCents * 3)} EUR und kann in drei Raten gezahlt werden.`,
  );
  CLAUSES.forEach(([title, text], i) => {
    sheet.heading(`§ ${i + 3} ${title}`);
    sheet.paragraph(text);
  });
  sheet.signature(address.city, dwelling.landlord.name);
  sheet.signature(address.city, adults(household, since));
  return sheet.finish();
}

const COSTS: readonly (readonly [string, number])[] = [
  ['Heizung und Warmwasser', 0.46],
  ['Wasser und Abwasser', 0.17],
  ['Müllabfuhr', 0.09],
  ['Grundsteuer', 0.08],
  ['Versicherungen', 0.07],
  ['Hausmeister und Reinigung', 0.1],
];

export function drawUtilityBill({ household, year, date, due, resultCents }: PaperFacts['utility-bill']): Uint8Array {
  const { dwelling, address } = household;
  const paid = (dwelling.sideCostsCents + dwelling.heatingCents) * 12;
  const total = paid + resultCents;
  const parts = COSTS.map(([label, share]) => [label, Math.round(total * share)] as const);
  const rest = total - parts.reduce((sum, [, cents]) => sum + cents, 0);
  const lines = [...parts, ['Allgemeinstrom', rest] as const];
  const houseArea = dwelling.squareMetres * 14 + 37;
  const sheet = createSheet(`Betriebskostenabrechnung ${year}`);
  sheet.letterhead(dwelling.landlord.name, headOf(dwelling.landlord));
  sheet.recipient([adults(household, date), ...linesOf(address)]);
  sheet.title(`Betriebs- und Heizkostenabrechnung ${year}`, germanDay(date));
  sheet.paragraph(
    `Abrechnungszeitraum 01.01.${year} bis 31.12.${year}. Verteilt nach Wohnfläche: ${dwelling.squareMetres} m² von ${houseArea} m².`,
  );
  sheet.table(
    [
      { head: 'Kostenart', at: 0 },
      { head: 'Haus EUR', at: 330, right: true },
      { head: 'Ihr Anteil EUR', at: 480, right: true },
    ],
    [
      ...lines.map(([label, cents]) => [
        label,
        euro(Math.round((cents * houseArea) / dwelling.squareMetres)),
        euro(cents),
      ]),
      ['Summe', '', euro(total)],
      ['Ihre Vorauszahlungen', '', euro(-paid)],
      [resultCents > 0 ? 'Nachzahlung' : 'Guthaben', '', euro(Math.abs(resultCents))],
    ],
    new Set([lines.length, lines.length + 2]),
  );
  sheet.paragraph(
    resultCents > 0
      ? `Bitte überweisen Sie ${euro(resultCents)} EUR bis zum ${germanDay(due)} auf das Konto ${inGroups(dwelling.landlordBank.iban)}.`
      : `Das Guthaben von ${euro(-resultCents)} EUR überweisen wir Ihnen bis zum ${germanDay(due)}.`,
  );
  return sheet.finish();
}

const SHOPS = [
  'Supermarkt Beispielkauf',
  'Drogerie Muster',
  'Discount Probe',
  'Bäckerei Apfelquark',
  'Verkehrsbetriebe Musterstadt',
  'Apotheke Wolkenknopf',
  'Kaufhaus Fabelmoor',
  'Geldautomat Marktplatz',
] as const;
const CHILD_BENEFIT_CENTS = 25_900;

/** All bookings of a month: wages, benefit and child benefit in, rent, contracts and shopping out; the balance runs along. */
export function drawAccountStatement({ household, month }: PaperFacts['account-statement']): Uint8Array {
  const random = createRandom(`${household.key}/${month.slice(0, 7)}/account`);
  const { dwelling, bank, members } = household;
  const first = monthStart(month);
  const warm = dwelling.rentCents + dwelling.sideCostsCents + dwelling.heatingCents;
  const children = members.filter((person) => ageOn(person, first) < 18).length;
  const wages = members
    .filter((person) => person.job && person.job.since <= first)
    .map((person) => ({ person, cents: payOf(person.job as NonNullable<typeof person.job>).netCents }));
  const earned = wages.reduce((sum, { cents }) => sum + cents, 0);
  const need = warm + members.length * 43_000 - children * CHILD_BENEFIT_CENTS - Math.round(earned * 0.75);
  const bookings: (readonly [day: string, text: string, cents: number])[] = [
    [first, `Miete ${germanMonth(month)}, ${dwelling.landlord.name}`, -warm],
  ];
  if (need > 0 && household.benefitFrom <= first)
    bookings.push([first, `Jobcenter ${household.address.city} Leistung ${household.fileNumber}`, need]);
  if (children > 0)
    bookings.push([addDays(first, 7), 'Familienkasse Musterland Kindergeld', children * CHILD_BENEFIT_CENTS]);
  for (const { person, cents } of wages)
    bookings.push([payDay(month), `Lohn ${nameOf(person)}, ${person.job?.employer.name ?? ''}`, cents]);
  bookings.push(
    [addDays(first, 2), 'Stadtwerke Beispiel Strom Abschlag', -random.int(3_500, 9_000)],
    [addDays(first, 4), 'Funknetz Muster Mobilfunk', -random.int(800, 3_000)],
  );
  const days = Number(monthEnd(month).slice(8));
  for (let i = 0, n = random.int(12, 30 + members.length * 8); i < n; i++)
    bookings.push([addDays(first, random.int(0, days - 1)), random.pick(SHOPS), -random.int(190, 6_900)]);
  bookings.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  let balance = random.int(-5_000, 90_000);
  const rows = [[germanDay(first), 'Anfangssaldo', '', euro(balance)]];
  for (const [day, text, cents] of bookings) {
    balance += cents;
    rows.push([germanDay(day), text.slice(0, 54), euro(cents), euro(balance)]);
  }
  rows.push([germanDay(monthEnd(month)), 'Endsaldo', '', euro(balance)]);
  const sheet = createSheet(`Kontoauszug ${germanMonth(month)}`);
  sheet.letterhead(bank.bank, ['Am Tresor 7', '12345 Musterstadt']);
  sheet.recipient([bank.holder, ...linesOf(household.address)]);
  sheet.title(`Kontoauszug ${germanMonth(month)}`, `IBAN ${inGroups(bank.iban)}`);
  sheet.table(
    [
      { head: 'Datum', at: 0 },
      { head: 'Vorgang', at: 62 },
      { head: 'Betrag EUR', at: 400, right: true },
      { head: 'Saldo EUR', at: 480, right: true },
    ],
    rows,
    new Set([0, rows.length - 1]),
  );
  return sheet.finish();
}
