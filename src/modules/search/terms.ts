import { partsOf } from './compounds.ts';
import { foldWord, stem } from './fold.ts';

/** A place in a text and what it is found by: first what it says itself, then its parts. */
export type Token = { readonly from: number; readonly to: number; readonly terms: readonly string[] };

/** Words that stand in every text and tell nothing. */
const empty = new Set(
  (
    'aber alle als also am an auch auf aus bei bin bis bitte da damit dann das dass dem den der des die dies diese dieser du durch ein eine ' +
    'einem einen einer eines er es fur hat haben hatte ich ihr ihre ihrem ihren ihrer ihm ihn im in ist ja kann mein meine meinem meinen ' +
    'meiner mich mir mit nach nicht noch nur ob oder sehr sein seine sich sie sind so um und uns unser von vom vor war was weil wenn wer ' +
    'wie wir wird wo zu zum zur the and of to is for with on'
  ).split(' '),
);

const months = 'januar februar marz april mai juni juli august september oktober november dezember'.split(' ');
const monthNames = 'januar|februar|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember';

const patterns = [
  String.raw`(?<iban>\b[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?\b)`,
  String.raw`(?<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)`,
  String.raw`(?<date>\b\d{1,2}\. ?\d{1,2}\. ?(?:(?:19|20)\d\d|\d\d)\b)`,
  String.raw`(?<written>\b\d{1,2}\. ?(?:${monthNames})\s+(?:19|20)\d\d\b)`,
  String.raw`(?<month>\b(?:${monthNames})\s+(?:19|20)\d\d\b|\b(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d\b)`,
  String.raw`(?<amount>\b\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?\b|\b\d+,\d{1,2}\b)`,
  String.raw`(?<phone>(?:\+|\b0)\d+(?:[ /-]{1,3}\d{2,})+\b)`,
  String.raw`(?<code>(?=[\p{L}\d/-]*\d)[\p{L}\d]+(?:[/-][\p{L}\d]+)+)`,
  String.raw`(?<word>[\p{L}\p{M}\d]+(?:-\n?[\p{L}\p{M}]+)*)`,
];
const pattern = (): RegExp => new RegExp(patterns.join('|'), 'giu');

/** All tokens of a text, in order; places are in the text as it is given. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(pattern())) {
    const [kind, said] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? ['word', ''];
    const terms = [...new Set(termsOf(kind, said ?? ''))].filter((term) => term !== '');
    if (terms.length > 0) found.push({ from: match.index, to: match.index + match[0].length, terms });
  }
  return found;
}

/** What a query asks for: one term for each of its words, at most six. */
export const askedTerms = (query: string): string[] =>
  [...new Set(tokensOf(query).map((token) => token.terms[0] ?? ''))].filter((term) => term !== '').slice(0, 6);

function termsOf(kind: string, said: string): readonly string[] {
  switch (kind) {
    case 'iban':
      return [said.replaceAll(' ', '').toLowerCase()];
    case 'iso':
      return onDay(said.slice(0, 4), said.slice(5, 7), said.slice(8));
    case 'date': {
      const [day = '', month = '', year = ''] = said.split('.').map((part) => part.trim());
      return onDay(year.length === 2 ? century(year) : year, month, day);
    }
    case 'written': {
      const [, day = '', name = '', year = ''] = said.match(/^(\d+)\. ?(\S+)\s+(\d+)$/u) ?? [];
      return [...onDay(year, String(months.indexOf(foldWord(name)) + 1), day), ...wordTerms(name), year];
    }
    case 'month': {
      const [, name = '', year = ''] = said.match(/^(\S+?)[/.\s]+(\d+)$/u) ?? [];
      const month = /^\d+$/.test(name) ? Number(name) : months.indexOf(foldWord(name)) + 1;
      return [`${year}-${String(month).padStart(2, '0')}`, ...(/^\d/.test(name) ? [] : wordTerms(name)), year];
    }
    case 'amount': {
      const [euro = '', cents = ''] = said.replaceAll('.', '').split(',');
      return Number(cents) === 0 ? [euro] : [`${euro},${cents.padEnd(2, '0')}`, euro];
    }
    case 'phone':
      return [said.replace(/\D/g, ''), ...said.split(/\D+/).filter((part) => part.length > 2)];
    case 'code':
      return [foldWord(said), ...said.split(/[/-]/).flatMap(wordTerms)];
    default:
      return said.includes('-') ? joinedTerms(said) : wordTerms(said);
  }
}

/** `2026-11-05`, and the month; nothing for a day that no calendar has. */
function onDay(year: string, month: string, day: string): string[] {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return [year + month + day];
  const inMonth = `${year}-${month.padStart(2, '0')}`;
  return [`${inMonth}-${day.padStart(2, '0')}`, inMonth];
}

/** Two digits of a year: births reach back, and no paper is from ten years ahead of the house's first year. */
const century = (year: string): string => (Number(year) > 40 ? `19${year}` : `20${year}`);

const known = new Map<string, readonly string[]>();

/** The words of a house are few and come again and again: what they are found by is kept, up to some megabytes. */
function wordTerms(word: string): readonly string[] {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size > 40_000) known.clear();
  const terms = newTerms(word);
  known.set(word, terms);
  return terms;
}

function newTerms(word: string): string[] {
  const folded = foldWord(word);
  if (/^\d+$/.test(folded)) return [folded.replace(/^0+(?=\d)/, '')];
  if (folded.length < 2 || empty.has(folded)) return [];
  return [stem(folded), ...partsOf(folded)];
}

/** Heizkosten-Abrechnung, and a word that a line breaks: the whole and its parts. */
function joinedTerms(said: string): string[] {
  const whole = wordTerms(said.replace(/-\n?/g, ''));
  return [...whole, ...said.split(/-\n?/).flatMap(wordTerms)];
}
