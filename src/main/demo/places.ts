import type { Random } from './random.ts';

export interface DemoAddress {
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly city: string;
}

/** The two towns of the demo; neither the names nor the postal codes exist. */
export const TOWNS = {
  musterstadt: { postalCode: '12345', city: 'Musterstadt' },
  kleinstadt: { postalCode: '54321', city: 'Kleinstadt' },
} as const;
export type Town = keyof typeof TOWNS;

const STREETS =
  `Lindenweg|Musterallee|Beispielgasse|Am Alten Anger|Birkenstieg|Eichhörnchenweg|Straße der Entwürfe|Kastanienring|Zum Probelauf|Mühlenpfad|
Papiermacherstraße|Am Stempelberg|Ahornzeile|Übungsplatz|Schlossblick|Tintengasse|An der Waage|Holunderweg|Formularstraße|Bleistiftring|Gartenstieg|Wolkensteig|
Kranichweg|Alte Gießerei|Am Güterbahnhof|Siedlerstraße|Neue Reihe|Fliederhang|Brunnenstieg|Hirtengang`
    .replaceAll('\n', '')
    .split('|');

const LANDLORDS =
  `Wohnungsbau Musterstadt eG|Beispiel Wohnen GmbH|Hausverwaltung Erfundahl|Siedlungswerk Probefeld|Fabelmoor Immobilien KG|Familie Knopfloch|
Eigentümergemeinschaft Lindenweg|Genossenschaft Neues Beispiel`
    .replaceAll('\n', '')
    .split('|');

const EMPLOYERS =
  `Bäckerei Apfelquark|Beispiel Logistik GmbH|Gebäudereinigung Blitzmuster|Pflegedienst Sonnenprobe|Gasthaus Zum Entwurf|Musterbau GmbH|
Supermarkt Beispielkauf|Gartenbau Birnkiesel|Callcenter Probeton|Autohaus Fantasberg|Druckerei Tintenbrink|Kita Wolkenknopf|Sicherheitsdienst Musterwacht|
Wäscherei Weißmuster|Tischlerei Papierwald|Taxi Übungsmann`
    .replaceAll('\n', '')
    .split('|');

const JOBS =
  `Verkaufshilfe|Lagerhilfe|Reinigungskraft|Küchenhilfe|Pflegehelferin|Pflegehelfer|Fahrer|Bürokraft|Gärtnerhelfer|Kassenkraft|Empfangskraft|Bauhelfer`.split(
    '|',
  );
const BANKS = [
  { code: '99990010', name: 'Musterbank eG' },
  { code: '99990020', name: 'Beispielkasse Musterstadt' },
  { code: '99990030', name: 'Erste Erfundene Bank' },
  { code: '99990040', name: 'Fabelbank Direkt' },
] as const;
const SCHOOLS = [
  'Grundschule am Entwurf',
  'Gesamtschule Probefeld',
  'Gymnasium Neues Beispiel',
  'Berufskolleg Musterstadt',
] as const;

export interface DemoBank {
  readonly iban: string;
  readonly bank: string;
  readonly holder: string;
}
export interface DemoCompany {
  readonly name: string;
  readonly address: DemoAddress;
  readonly phone: string;
}

export const drawAddress = (random: Random, town: Town): DemoAddress => ({
  street: random.pick(STREETS),
  houseNumber: `${random.int(1, 140)}${random.chance(0.15) ? random.pick(['a', 'b', 'c']) : ''}`,
  ...TOWNS[town],
});

/** A number of the ranges the Bundesnetzagentur keeps for films and books: 030 23125 000–999 and 0176 040690 00–99. */
export const drawPhone = (random: Random): string =>
  random.chance(0.5)
    ? `030 23125 ${String(random.int(0, 999)).padStart(3, '0')}`
    : `0176 040690 ${String(random.int(0, 99)).padStart(2, '0')}`;

export const drawCompany = (random: Random, town: Town, kind: 'employer' | 'landlord'): DemoCompany => ({
  name: random.pick(kind === 'employer' ? EMPLOYERS : LANDLORDS),
  address: drawAddress(random, town),
  phone: drawPhone(random),
});

export const drawJob = (random: Random): string => random.pick(JOBS);
/** A school that fits the age in years. */
export const schoolFor = (random: Random, age: number): string =>
  age < 11 ? SCHOOLS[0] : age < 17 ? random.pick(SCHOOLS.slice(1, 3)) : SCHOOLS[3];

export function drawBank(random: Random, holder: string): DemoBank {
  const bank = random.pick(BANKS);
  return { iban: ibanOf(bank.code, String(random.int(0, 9_999_999_999)).padStart(10, '0')), bank: bank.name, holder };
}

/** A German IBAN with right check digits (ISO 13616). Bank codes that begin with 9 are not given out. */
export function ibanOf(bankCode: string, account: string): string {
  const check = 98n - (BigInt(`${bankCode}${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${bankCode}${account}`;
}

export const inGroups = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');
