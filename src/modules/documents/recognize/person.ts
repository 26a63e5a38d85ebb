import { daysIn } from './dates.ts';
import { fold } from './fold.ts';
import type { Line } from './lines.ts';

export type FoundName = { readonly familyName: string; readonly givenName: string; readonly because: NameClue };
/** What led to a name: a salutation, a label of a form, the window of the envelope, the head of a private letter, a signature. */
export type NameClue = 'salutation' | 'label' | 'address' | 'letterhead' | 'signature';
/** Who a letter may be about: names in the order of their weight, days of birth, numbers of files and of our own cases. */
export type PersonClues = {
  readonly names: readonly FoundName[];
  readonly birthDates: readonly string[];
  readonly fileNumbers: readonly string[];
};

const part =
  "(?:(?:von|van|vom|zu|de|der|den|al|el|bin)[ -])*\\p{Lu}[\\p{L}'’]+(?:[- ](?:\\p{Lu}[\\p{L}'’]+|von|van|der|den|de|al|el|bin|zu))*";
const given = "\\p{Lu}[\\p{L}'’]+(?:[- ]\\p{Lu}[\\p{L}'’]+)?";
const titles = '(?:(?:Dr|Prof|Dipl)\\.\\s?(?:-?\\w+\\.\\s?)*)?';
const addressed = new RegExp(`^(?:An\\s+)?(?:Herrn?|Frau|Fr\\.|Hr\\.)\\s+${titles}(${given})\\s+(${part})\\s*$`, 'u');
const inText = new RegExp(
  `(?:Herrn?|Frau)\\s+${titles}(${given})\\s+(${part})(?=[,;.]|\\s+(?:geb|geboren|wohnhaft|hat|ist|wird|war)|\\s*$)`,
  'u',
);
const reversed = new RegExp(
  `^(?:Name(?:,\\s*Vorname)?|Mieter(?:in)?|Arbeitnehmer(?:in)?|Patient(?:in)?|Versicherte[rn]?|Kontoinhaber(?:in)?|Kunde|Kundin)?[\\s:]*(${part}),\\s*(${given})(?=\\s*(?:$|,|geb|\\*|\\())`,
  'u',
);
const labelled = new RegExp(
  `^(?:Mieter(?:in)?|Arbeitnehmer(?:in)?|Patient(?:in)?|Versicherte[rn]?|Kontoinhaber(?:in)?|Kunde|Kundin|Name|Absender(?:in)?)\\s*:\\s*${titles}(${given})\\s+(${part})\\s*$`,
  'u',
);
const plain = new RegExp(`^${titles}(${given})\\s+(${part})$`, 'u');
const place = /^(?:D-)?\d{5}\s+\p{Lu}/u;
const street = /(?:str(?:aße|asse|\.)|weg|platz|allee|gasse|ring|damm|ufer|chaussee|straße)\s*\d+\s?[a-z]?$/iu;
const birthWords = /(?:geb(?:\.|oren)?(?:\s*am)?|geburtsdatum|geb\.-?\s?datum|geburtstag|\*)\s*:?/giu;
const fileWords =
  /(?:aktenzeichen|az\.?|akte(?:nnummer)?|bg-?nummer|bg-?nr\.?|ihr zeichen|geschäftszeichen|nummer der bedarfsgemeinschaft)\s*:?\s*([\p{L}\d][\p{L}\d/.-]*(?:\s?\/\s?\d+)?)/giu;
/** Words that begin with a capital and are no name. */
const noName = new Set(
  [
    'sehr',
    'damen',
    'herren',
    'straße',
    'gmbh',
    'jobcenter',
    'stadt',
    'landkreis',
    'amt',
    'bank',
    'sparkasse',
    'herr',
    'frau',
    'seite',
    'datum',
    'rechnung',
    'telefon',
    'mit',
    'der',
    'die',
    'das',
    'betreff',
    'ihre',
    'unser',
    'vertrag',
    'abrechnung',
    'agentur',
    'krankenkasse',
    'postfach',
    'service',
    'team',
    'konto',
    'euro',
    'miete',
    'wohnung',
    'bescheid',
    'antrag',
    'anlage',
  ].map(fold),
);

const asName = (givenName: string | undefined, familyName: string | undefined, because: NameClue): FoundName[] => {
  if (givenName === undefined || familyName === undefined) return [];
  const words = fold(`${givenName} ${familyName.replace(/^(?:(?:von|van|der|den|de)[ -])+/, '')}`).split(' ');
  return words.some((word) => noName.has(word)) ? [] : [{ givenName, familyName, because }];
};

/** Whom a letter may be from or about. Misread digits in dates and numbers are put right; nothing is decided here. */
export function personClues(lines: readonly Line[], thisYear: number): PersonClues {
  const texts = lines.map((line) => line.text);
  const text = texts.join('\n');
  return {
    names: distinct(namesIn(lines)).slice(0, 6),
    birthDates: [...new Set(birthDatesIn(text, thisYear))].slice(0, 4),
    fileNumbers: [...new Set(fileNumbersIn(text))].slice(0, 4),
  };
}

function namesIn(lines: readonly Line[]): FoundName[] {
  const found: FoundName[] = [];
  for (const [index, { text, top }] of lines.entries()) {
    const line = text.trim();
    const label = labelled.exec(line);
    found.push(...asName(label?.[1], label?.[2], 'label'));
    const turned = reversed.exec(line);
    found.push(...asName(turned?.[2], turned?.[1], 'label'));
    const window = addressed.exec(line);
    found.push(...asName(window?.[1], window?.[2], 'address'));
    const spoken = inText.exec(line);
    found.push(...asName(spoken?.[1], spoken?.[2], 'salutation'));
    const bare = plain.exec(line);
    if (bare !== null && livesBelow(lines, index))
      found.push(...asName(bare[1], bare[2], top < 0.15 ? 'letterhead' : 'address'));
    if (
      bare !== null &&
      top > 0.4 &&
      /gr(?:ü|u|ue)(?:ß|ss|B)e/iu.test(
        lines
          .slice(Math.max(0, index - 3), index)
          .map((l) => l.text)
          .join(' '),
      )
    )
      found.push(...asName(bare[1], bare[2], 'signature'));
  }
  const weight: Readonly<Record<NameClue, number>> = {
    label: 0,
    address: 1,
    letterhead: 2,
    salutation: 3,
    signature: 4,
  };
  return found.sort((a, b) => weight[a.because] - weight[b.because]);
}

/** A name right above a street (or a "c/o") and a place is an address. */
const livesBelow = (lines: readonly Line[], index: number): boolean => {
  const [first = '', second = '', ...more] = lines.slice(index + 1, index + 5).map((line) => line.text.trim());
  const housed = street.test(first) || (/^(?:c\/o|bei)\s/iu.test(first) && street.test(second));
  return housed && [second, ...more].some((text) => place.test(text));
};

function birthDatesIn(text: string, thisYear: number): string[] {
  const days = daysIn(text, thisYear);
  return [...text.matchAll(birthWords)].flatMap((match) => {
    const end = match.index + match[0].length;
    const near = days.find(({ at }) => at >= end && at - end < 12);
    return near === undefined ? [] : [near.day];
  });
}

const fileNumbersIn = (text: string): string[] =>
  [...text.matchAll(fileWords)]
    .map((match) => (match[1] ?? '').replace(/\s/g, '').replace(/[.-]+$/, ''))
    .filter((number) => /\d/.test(number) && number.length <= 40);

function distinct(names: readonly FoundName[]): FoundName[] {
  const seen = new Set<string>();
  return names.filter(({ familyName, givenName }) => {
    const key = fold(`${familyName} ${givenName}`);
    return !seen.has(key) && seen.add(key);
  });
}
