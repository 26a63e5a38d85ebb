import type { Place } from '../../../modules/files/index.ts';
import type { PageReading, Word } from '../../../platform/reading/index.ts';

type Page = Pick<PageReading, 'width' | 'height' | 'words'>;

/** A line of a page as a person would point at it, with its place (parts of the page). `outgoing`: money that left an account. */
export type PageLine = { readonly text: string; readonly words: readonly Word[]; readonly place: Place };

/** The lines of a page from top to bottom. Words on one height are one line, however far apart: a row of an account statement. */
export function pageLines(page: Page): PageLine[] {
  const rows: Word[][] = [];
  for (const word of [...page.words].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row !== undefined && last !== undefined && Math.abs(middle(word) - middle(last)) < last.height * 0.6)
      row.push(word);
    else rows.push([word]);
  }
  return rows.map((row) => {
    const words = row.sort((a, b) => a.x - b.x);
    return { text: words.map((word) => word.text).join(' '), words, place: placeOf(page, words) };
  });
}

const middle = (word: Word): number => word.y + word.height / 2;
/** So much is covered around words, as a part of their height: letters stand out of their boxes. */
const margin = 0.25;

/** The place of some words, a little larger than they are. */
export function placeOf(page: Page, words: readonly Word[]): Place {
  const tall = Math.max(...words.map((word) => word.height));
  const left = Math.min(...words.map((word) => word.x)) - tall * margin;
  const top = Math.min(...words.map((word) => word.y)) - tall * margin;
  const right = Math.max(...words.map((word) => word.x + word.width)) + tall * margin;
  const bottom = Math.max(...words.map((word) => word.y + word.height)) + tall * margin;
  const part = (value: number, whole: number): number =>
    Math.round(Math.max(0, Math.min(1, value / Math.max(1, whole))) * 10_000) / 10_000;
  const [x, y] = [part(left, page.width), part(top, page.height)];
  return {
    x,
    y,
    width: Math.round((part(right, page.width) - x) * 10_000) / 10_000,
    height: Math.round((part(bottom, page.height) - y) * 10_000) / 10_000,
  };
}

const amount = /^[-+–−]?\s?\d{1,3}(?:[. ]?\d{3})*,\d{2}[-+–−]?[SH]?$/;
const day = /^\d{1,2}\.\d{1,2}\.?(?:\d{2,4})?\.?$/;
const sign = /^(?:[-–−+]|S|H|EUR|€|Soll|Haben)$/;
/** Lines that tell the balance, not a booking. */
const balance = /saldo|kontostand|uebertrag|übertrag/i;

type Row = { readonly line: PageLine; readonly index: number };

/** What of a line is money that left: an amount with a minus before or behind it, or the bank's S (Soll). */
function isOutgoing({ words, text }: PageLine): boolean {
  if (balance.test(text)) return false;
  return words.some((word, index) => {
    if (!amount.test(word.text)) return false;
    if (/^[-–−]|[-–−]$|S$/.test(word.text)) return true;
    const [before, after] = [words[index - 1]?.text ?? '', words[index + 1]?.text ?? ''];
    return /^[-–−]$/.test(before) || /^(?:[-–−]|S|Soll)$/.test(after);
  });
}

const hasAmount = (line: PageLine): boolean => line.words.some((word) => amount.test(word.text));

/**
 * What may be blackened on a page of an account statement, as a suggestion: recipient and purpose of outgoing bookings, with the
 * lines that belong to them. Day and amount stay to be read: how much was spent may be asked, for what it was spent only where it
 * matters (BSG, 19.09.2008, B 14/7b AS 10/07 R; § 67a (1) SGB X). Gives the numbers of the lines and the place on each.
 */
export function suggestCovered(page: Page): Map<number, Place> {
  const rows: Row[] = pageLines(page).map((line, index) => ({ line, index }));
  const covered = new Map<number, Place>();
  let within = false;
  let lastBottom = 0;
  for (const { line, index } of rows) {
    const { place } = line;
    const begins = hasAmount(line);
    const near = place.y - lastBottom < place.height * 1.2;
    within = begins ? isOutgoing(line) : within && near && !balance.test(line.text);
    lastBottom = place.y + place.height;
    if (!within) continue;
    const hidden = line.words.filter(({ text }) => !amount.test(text) && !day.test(text) && !sign.test(text));
    if (hidden.length > 0) covered.set(index, placeOf(page, hidden));
  }
  return covered;
}
