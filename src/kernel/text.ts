/** True for characters that no name or sentence needs: C0 and C1 controls, zero-width and direction marks, line separators. */
function isHidden(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff
  );
}

/** A single line without hidden characters: direction marks could make a name read as another one. */
export const plainLine = (text: string): string =>
  [...text.toWellFormed()].filter((char) => !isHidden(char.codePointAt(0) as number)).join('');

/** Text of several lines as PostgreSQL and people can take it: line breaks are `\n`, controls are dropped, tabs stay. */
export function plainText(text: string): string {
  const lines = text.toWellFormed().replace(/\r\n?/g, '\n');
  const kept = (code: number): boolean => code === 0x0a || code === 0x09 || (code >= 0x20 && code !== 0x7f);
  return [...lines].filter((char) => kept(char.codePointAt(0) as number)).join('');
}

/** Letters that no decomposition takes apart. */
const strokes: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th' };

/** Words as they are compared: lower case, without accents and strokes; ß and umlauts as two letters, so that both spellings meet. */
export const comparable = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[łøđðıæœþ]/g, (letter) => strokes[letter] ?? letter)
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
