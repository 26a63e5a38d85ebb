import type { Glyph, PageContent } from '../media/pdfium-text.ts';
import type { Turn, Word } from './page.ts';

/** A page of which a picture covers more than this was scanned: its text layer is some other program's guess. */
const SCANNED_SHARE = 0.55;
/** A text layer with more letters than this that no font explains is garbage. */
const UNSOUND_SHARE = 0.08;
const FEWEST_LETTERS = 12;

/** Words of a text layer, with the turn that makes them upright; undefined where the layer is missing or not to be trusted. */
export function trustedWords({ glyphs, pictureShare }: PageContent): { words: Word[]; turn: Turn } | undefined {
  const letters = glyphs.filter((glyph) => glyph.char.trim() !== '');
  if (pictureShare > SCANNED_SHARE || letters.length < FEWEST_LETTERS) return undefined;
  const odd = letters.filter((glyph) => !glyph.sound || /[\p{Cc}\p{Co}\ufffd]/u.test(glyph.char)).length;
  if (odd > letters.length * UNSOUND_SHARE) return undefined;
  return { words: wordsOf(glyphs), turn: turnOf(letters) };
}

/** Letters that follow each other closely are a word. */
function wordsOf(glyphs: readonly Glyph[]): Word[] {
  const words: Word[] = [];
  let current: Glyph[] = [];
  const end = (): void => {
    const text = current
      .map((glyph) => glyph.char)
      .join('')
      .normalize('NFKC')
      .trim();
    const left = Math.min(...current.map((glyph) => glyph.left));
    const top = Math.min(...current.map((glyph) => glyph.top));
    const right = Math.max(...current.map((glyph) => glyph.right));
    const bottom = Math.max(...current.map((glyph) => glyph.bottom));
    if (text !== '') words.push({ text, x: left, y: top, width: right - left, height: bottom - top, sure: 1 });
    current = [];
  };
  for (const glyph of glyphs) {
    const before = current.at(-1);
    if (glyph.char.trim() === '') {
      if (current.length > 0) end();
      continue;
    }
    if (before !== undefined && apart(before, glyph)) end();
    current.push(glyph);
  }
  if (current.length > 0) end();
  return words;
}

/** The gap between two letters is wider than a letter is high, or they are on different lines. */
function apart(a: Glyph, b: Glyph): boolean {
  const size = Math.max(
    1,
    Math.min(Math.max(a.bottom - a.top, a.right - a.left), Math.max(b.bottom - b.top, b.right - b.left)),
  );
  const dx = Math.max(0, b.left - a.right, a.left - b.right);
  const dy = Math.max(0, b.top - a.bottom, a.top - b.bottom);
  return dx > size * 0.6 || dy > size * 0.6;
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Which way most lines run: to the right (letters of scripts that are written from the right, to the left), or turned by the page. */
function turnOf(letters: readonly Glyph[]): Turn {
  const votes = { 0: 0, 90: 0, 180: 0, 270: 0 };
  for (let i = 1; i < letters.length; i++) {
    const [a, b] = [letters[i - 1], letters[i]];
    if (a === undefined || b === undefined || apart(a, b)) continue;
    const forward = rightToLeft.test(a.char) && rightToLeft.test(b.char) ? -1 : 1;
    const dx = forward * (b.left + b.right - a.left - a.right);
    const dy = forward * (b.top + b.bottom - a.top - a.bottom);
    if (Math.abs(dx) > Math.abs(dy) * 2) votes[dx > 0 ? 0 : 180] += 1;
    else if (Math.abs(dy) > Math.abs(dx) * 2) votes[dy > 0 ? 270 : 90] += 1;
  }
  const [best] = ([0, 90, 180, 270] as const).toSorted((a, b) => votes[b] - votes[a]);
  return best ?? 0;
}

/** Words of a page of the given size after a clockwise turn. */
export function turnWords(words: readonly Word[], turn: Turn, width: number, height: number): Word[] {
  return words.map((word) => {
    const { x, y, width: wide, height: high } = word;
    if (turn === 90) return { ...word, x: height - y - high, y: x, width: high, height: wide };
    if (turn === 180) return { ...word, x: width - x - wide, y: height - y - high };
    if (turn === 270) return { ...word, x: y, y: width - x - wide, width: high, height: wide };
    return word;
  });
}
