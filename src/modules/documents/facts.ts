import { isValidIBAN } from 'ibantools';
import type { Box, PageReading, Word } from '../../platform/reading/index.ts';

/** Something on a page that can be checked: an amount in cents, a day (ISO), a month (`2026-11`), an account, a number. */
export type Fact = {
  readonly kind: 'amount' | 'date' | 'period' | 'iban' | 'number';
  readonly value: string;
  readonly box: Box;
  /** How surely it was read, 0 to 1. */
  readonly sure: number;
};

const months = [
  'januar',
  'februar',
  'märz',
  'april',
  'mai',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'dezember',
];

/** The facts on a page, in reading order, as far as its words give them. Nothing is made up where digits are missing. */
export function factsOf(page: Pick<PageReading, 'words'>): Fact[] {
  const { words } = page;
  const facts: Fact[] = [];
  for (let i = 0; i < words.length; i++) {
    const found = ibanAt(words, i) ?? monthAt(words, i) ?? single(words[i]);
    if (found !== undefined) facts.push(found.fact);
    if (found !== undefined) i += found.words - 1;
  }
  return facts;
}

type Found = { readonly fact: Fact; readonly words: number };

const fact = (kind: Fact['kind'], value: string, words: readonly Word[]): Found => {
  const x = Math.min(...words.map((w) => w.x));
  const y = Math.min(...words.map((w) => w.y));
  const box = {
    x,
    y,
    width: Math.max(...words.map((w) => w.x + w.width)) - x,
    height: Math.max(...words.map((w) => w.y + w.height)) - y,
  };
  return { fact: { kind, value, box, sure: Math.min(...words.map((w) => w.sure)) }, words: words.length };
};

/** An account number (ISO 13616) in up to seven groups; its check digits must be right. */
function ibanAt(words: readonly Word[], i: number): Found | undefined {
  if (!/^[A-Z]{2}\d{2}/.test(words[i]?.text ?? '')) return undefined;
  for (let count = 1; count <= 7; count++) {
    const group = words.slice(i, i + count);
    const text = group
      .map((w) => w.text)
      .join('')
      .replace(/[^A-Z0-9]/g, '');
    if (text.length >= 15 && isValidIBAN(text)) return fact('iban', text, group);
  }
  return undefined;
}

/** `November 2026`, `3. Mai 2026` in words. */
function monthAt(words: readonly Word[], i: number): Found | undefined {
  const name = (words[i]?.text ?? '').toLowerCase().replace(/[^\p{L}]/gu, '');
  const month = months.findIndex((each) => each === name || (name.length === 3 && each.startsWith(name)));
  const year = /^(19|20)\d{2}/.exec(words[i + 1]?.text ?? '')?.[0];
  if (month === -1 || year === undefined) return undefined;
  const two = String(month + 1).padStart(2, '0');
  const day = /^(\d{1,2})\.$/.exec(words[i - 1]?.text ?? '')?.[1];
  if (day !== undefined) return fact('date', `${year}-${two}-${day.padStart(2, '0')}`, words.slice(i, i + 2));
  return fact('period', `${year}-${two}`, words.slice(i, i + 2));
}

function single(word: Word | undefined): Found | undefined {
  if (word === undefined) return undefined;
  const text = word.text.replace(/^[^\p{L}\p{N}+-]+|[^\p{L}\p{N}]+$/gu, '');
  const day = /^(\d{1,2})\.(\d{1,2})\.((?:19|20)?\d{2})$/.exec(text);
  if (day !== null) {
    const [, d = '', m = '', y = ''] = day;
    const year = y.length === 2 ? `20${y}` : y;
    if (Number(m) <= 12 && Number(m) > 0 && Number(d) <= 31 && Number(d) > 0)
      return fact('date', `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`, [word]);
  }
  const month = /^(\d{2})[/.](20\d{2})$/.exec(text);
  if (month !== null) return fact('period', `${month[2]}-${month[1]}`, [word]);
  const amount = /^[+-]?(\d{1,3}(?:\.\d{3})*|\d+),(\d{2})$/.exec(text);
  if (amount !== null)
    return fact('amount', String(Number((amount[1] ?? '').replace(/\./g, '')) * 100 + Number(amount[2])), [word]);
  const dayLike = /^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(text);
  if (!dayLike && /^[A-Z]{0,4}[-/]?\d[\d\-/. ]{3,}$/.test(text) && text.replace(/\D/g, '').length >= 5)
    return fact('number', text.replace(/[^A-Z0-9]/g, ''), [word]);
  return undefined;
}
