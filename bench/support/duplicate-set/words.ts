import type { Random } from '../../../src/main/demo/random.ts';

const given =
  'Aylin Björn Cem Dörte Emre Fatma Günther Hülya Ilse Jörg Katarzyna Lüder Małgorzata Nuria Olena Petra Qendrim Renate Sören Thi Ulrike Viktoriya Wolfgang Xenia Yusuf Zoë Käthe Jürgen Leonie Mirko Noémie Oskar Paula Ronja Samira Tobias'.split(
    ' ',
  );
const family =
  'Abendroth Böhmer Çelik Dąbrowski Eßer Friedrichs Großmann Hölderle Ihle Jürgensen Köppke Lüttich Müller-Wehn Nguyen Öztürk Pfäffle Quast Rößler Schäfer Többen Ünal Vogelsang Weiß Yıldız Zühlke Kowalczuk Meier Mayer Maier Schmidt Schmitt Hansen Bürkle Stöhr Walter'.split(
    ' ',
  );
const streets =
  'Ahornweg,Breite Straße,Am Mühlbach,Dörfelstraße,Eichenallee,Färbergasse,Goethestraße,Hüttenstraße,Im Grünen Winkel,Jahnplatz,Königsberger Ring,Lönsweg,Münsterstraße,Nürnberger Straße,An der Ölmühle,Pappelhof,Röntgenstraße,Südring,Tübinger Straße,Uferpromenade'.split(
    ',',
  );
const towns =
  '38442 Wolfshausen,72072 Neckarbrück,24937 Flenshafen,99084 Erlenfurt,50667 Köllen,01067 Elbtal,86150 Lechstadt,18055 Warnemoor,66111 Saarbronn,45127 Ruhrfelde,28195 Wesermünde,97070 Mainburg'.split(
    ',',
  );
const firmWords =
  'Bäckerei,Logistik,Gebäudereinigung,Pflegedienst,Metallbau,Gartenbau,Hotel,Spedition,Textilpflege,Elektrotechnik,Großhandel,Wachschutz,Malerbetrieb,Kantinen,Zeitarbeit,Autohaus'.split(
    ',',
  );
const forms = 'GmbH,GmbH & Co. KG,e. K.,AG,OHG,UG (haftungsbeschränkt),KG'.split(',');

/** A person who does not exist. */
export interface Person {
  readonly given: string;
  readonly family: string;
  readonly name: string;
  readonly born: string;
  readonly street: string;
  readonly town: string;
}

/** Invents a person with an address, born between the years. */
export function person(r: Random, from = 1960, to = 2003): Person {
  const first = r.pick(given);
  const last = r.pick(family);
  return {
    given: first,
    family: last,
    name: `${first} ${last}`,
    born: germanDay(r.int(from, to), r.int(1, 12), r.int(1, 28)),
    street: street(r),
    town: r.pick(towns),
  };
}

/** The same household: another first name and birthday. */
export const relative = (r: Random, of: Person, from: number, to: number): Person => {
  const first = r.pick(given.filter((name) => name !== of.given));
  return {
    ...of,
    given: first,
    name: `${first} ${of.family}`,
    born: germanDay(r.int(from, to), r.int(1, 12), r.int(1, 28)),
  };
};

export const addressOf = (p: Person): string[] => [p.name, p.street, p.town];
export const street = (r: Random): string => `${r.pick(streets)} ${r.int(1, 148)}${r.pick(['', '', '', 'a', 'b'])}`;
export const town = (r: Random): string => r.pick(towns);
/** The town without its postal code. */
export const placeOf = (line: string): string => line.replace(/^\d+ /, '');
export const firm = (r: Random): string =>
  r.pick([
    () => `${r.pick(family)} ${r.pick(firmWords)} ${r.pick(forms)}`,
    () => `${r.pick(firmWords)} ${r.pick(family)} & ${r.pick(family)} ${r.pick(forms)}`,
    () => `${placeOf(r.pick(towns))}er ${r.pick(firmWords)} ${r.pick(forms)}`,
  ])();

export const digits = (r: Random, count: number): string => Array.from({ length: count }, () => r.int(0, 9)).join('');

/** An IBAN with right check digits (ISO 13616), in groups of four where `spaced`. */
export function iban(r: Random, spaced = true): string {
  const account = `${r.int(1, 8)}${digits(r, 17)}`;
  const check = String(98n - (BigInt(`${account}131400`) % 97n)).padStart(2, '0');
  const text = `DE${check}${account}`;
  return spaced ? text.replace(/(.{4})(?=.)/g, '$1 ') : text;
}

/** Cents as an amount: 1.234,56. */
export function euro(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${cents < 0 ? '-' : ''}${whole},${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
export const germanDay = (year: number, month: number, day: number): string => `${two(day)}.${two(month)}.${year}`;
export const monthNames = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
  ' ',
);
export const monthName = (month: number): string => monthNames[(month - 1) % 12] as string;
export const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** A day so many days later, both as DD.MM.YYYY. */
export function later(day: string, days: number): string {
  const [d = 1, m = 1, y = 2026] = day.split('.').map(Number);
  const moved = new Date(Date.UTC(y, m - 1, d + days));
  return germanDay(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}
/** 3. Mai 2026 instead of 03.05.2026. */
export function longDay(day: string): string {
  const [d = 1, m = 1, y = 2026] = day.split('.').map(Number);
  return `${d}. ${monthName(m)} ${y}`;
}
