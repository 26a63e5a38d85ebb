import { fold } from './fold.ts';

/** Kinds of letters that reach a Jobcenter by post. */
export const letterKinds = [
  'payslip',
  'rent-contract',
  'utility-bill',
  'account-statement',
  'termination',
  'certificate',
  'form',
  'authority',
  'other',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** A kind with the words of the page that led to it; `sure` from 0 to 1. */
export type KindSuggestion = { readonly kind: LetterKind; readonly words: readonly string[]; readonly sure: number };

/** Words that speak for a kind, with their weight: 3 names the paper itself, 1 only occurs on it. */
const clues: Readonly<Record<Exclude<LetterKind, 'other'>, Readonly<Record<string, number>>>> = {
  payslip: {
    Gehaltsabrechnung: 4,
    Lohnabrechnung: 4,
    Entgeltabrechnung: 4,
    Verdienstabrechnung: 4,
    Bezügemitteilung: 4,
    'Abrechnung der Brutto-Netto-Bezüge': 4,
    Verdienstbescheinigung: 3,
    Einkommensbescheinigung: 3,
    Gesamtbrutto: 2,
    Auszahlungsbetrag: 2,
    Steuerklasse: 2,
    'SV-Brutto': 2,
    Lohnsteuer: 1,
    Rentenversicherung: 1,
    Personalnummer: 1,
    Nettoverdienst: 2,
  },
  'rent-contract': {
    Mietvertrag: 5,
    Untermietvertrag: 5,
    Mietvereinbarung: 4,
    Mietbescheinigung: 4,
    Wohnungsgeberbestätigung: 4,
    Mietangebot: 3,
    Mieterhöhung: 4,
    Mietobjekt: 2,
    Mietsache: 2,
    Kaltmiete: 2,
    Grundmiete: 2,
    Vermieter: 1,
    Mieter: 1,
    Mietverhältnis: 2,
    Kaution: 1,
    Betriebskostenvorauszahlung: 1,
  },
  'utility-bill': {
    Betriebskostenabrechnung: 5,
    Nebenkostenabrechnung: 5,
    Heizkostenabrechnung: 5,
    Stromrechnung: 4,
    Gasrechnung: 4,
    Jahresabrechnung: 3,
    Abschlagsplan: 3,
    Zählernummer: 2,
    Zählerstand: 2,
    Verbrauchsstelle: 2,
    Abschlag: 2,
    Arbeitspreis: 2,
    Grundpreis: 2,
    kWh: 1,
    Umlageschlüssel: 2,
    Nachzahlung: 1,
  },
  'account-statement': {
    Kontoauszug: 5,
    Finanzstatus: 3,
    Umsatzübersicht: 4,
    Kontostand: 2,
    'Alter Saldo': 3,
    'Neuer Saldo': 3,
    Buchungstag: 2,
    Wertstellung: 2,
    Valuta: 1,
    Lastschrift: 1,
    Gutschrift: 1,
  },
  termination: {
    Kündigung: 4,
    'kündigen wir': 4,
    'kündige ich': 4,
    fristlos: 2,
    Aufhebungsvertrag: 4,
    'Beendigung des Arbeitsverhältnisses': 4,
    Räumung: 2,
    fristgerecht: 2,
  },
  certificate: {
    Arbeitsunfähigkeitsbescheinigung: 5,
    Bescheinigung: 3,
    Immatrikulationsbescheinigung: 5,
    Schulbescheinigung: 5,
    Geburtsurkunde: 5,
    Heiratsurkunde: 5,
    Mutterpass: 4,
    Attest: 4,
    Meldebescheinigung: 5,
    Schwerbehindertenausweis: 4,
    'hiermit wird bescheinigt': 3,
    'arbeitsunfähig seit': 3,
    Urkunde: 2,
    Zeugnis: 3,
    Nachweis: 1,
  },
  form: {
    Antrag: 2,
    Hauptantrag: 4,
    Weiterbewilligungsantrag: 4,
    Veränderungsmitteilung: 4,
    'Anlage EK': 4,
    'Anlage KDU': 4,
    'Anlage VM': 4,
    'Anlage KI': 4,
    'Anlage WEP': 4,
    'Zutreffendes bitte ankreuzen': 3,
    'Bitte in Druckbuchstaben ausfüllen': 3,
    'Ort, Datum, Unterschrift': 1,
    Antragsteller: 1,
  },
  authority: {
    Bescheid: 3,
    Rechtsbehelfsbelehrung: 4,
    Amtsgericht: 3,
    Finanzamt: 3,
    Familienkasse: 3,
    'Agentur für Arbeit': 3,
    Rentenversicherung: 1,
    Krankenkasse: 2,
    Jugendamt: 3,
    Wohngeldstelle: 3,
    Kindergeld: 2,
    'Ihr Zeichen': 1,
    Landratsamt: 3,
  },
};

/** From so many letters on a word is found inside of compounds. */
const compound = 9;

const folded = Object.entries(clues).map(([kind, words]) => ({
  kind: kind as LetterKind,
  words: Object.entries(words).map(([word, weight]) => ({ word, weight, look: lookOf(word) })),
}));

/** Long words are also found at the end of others: Arbeitgeberbescheinigung, Jahresstromrechnung. */
function lookOf(word: string): string {
  const folded = fold(word);
  return folded.length >= compound && !folded.includes(' ') ? folded : ` ${folded}`;
}

/** Words in the upper third weigh twice: there a paper says what it is. */
const upper = 0.34;
/** Below this sum nothing is suggested. */
const enough = 3;

/** What kind of letter it may be, by its first page; `other` where nothing speaks for a kind. Never more than a suggestion. */
export function suggestKind(lines: readonly { readonly text: string; readonly top: number }[]): KindSuggestion {
  const head = ` ${fold(
    lines
      .filter((line) => line.top < upper)
      .map((line) => line.text)
      .join(' '),
  )}`;
  const whole = ` ${fold(lines.map((line) => line.text).join(' '))}`;
  const sums = folded
    .map(({ kind, words }) => {
      const found = words.filter(({ look }) => whole.includes(look));
      const sum = found.reduce((total, { weight, look }) => total + weight * (head.includes(look) ? 2 : 1), 0);
      return { kind, sum, words: found.sort((a, b) => b.weight - a.weight).map(({ word }) => word) };
    })
    .sort((a, b) => b.sum - a.sum);
  const [best, second] = sums;
  if (best === undefined || best.sum < enough) return { kind: 'other', words: [], sure: 0 };
  const sure = best.sum / (best.sum + (second?.sum ?? 0) + 2);
  return { kind: best.kind, words: best.words.slice(0, 5), sure: Math.round(sure * 100) / 100 };
}
