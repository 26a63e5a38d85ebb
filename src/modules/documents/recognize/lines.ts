/** A word at its place on an upright page. */
export type SeenWord = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
/** What recognizing needs of a page that was read. */
export type SeenPage = { readonly width: number; readonly height: number; readonly words: readonly SeenWord[] };

/** A line of text; `top` and `left` are parts of the page (0 to 1), `size` its height as a part of the page's height. */
export type Line = { readonly text: string; readonly top: number; readonly left: number; readonly size: number };

/** A gap this many times as wide as a line is high separates two columns. */
const columnGap = 2.5;

/** The lines of a page from top to bottom; words far apart on one height are lines of their own (columns). */
export function linesOf(page: SeenPage): Line[] {
  const rows: SeenWord[][] = [];
  for (const word of [...page.words].sort((a, b) => a.y + a.height / 2 - (b.y + b.height / 2))) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const middle = word.y + word.height / 2;
    if (row !== undefined && last !== undefined && Math.abs(middle - (last.y + last.height / 2)) < last.height * 0.6)
      row.push(word);
    else rows.push([word]);
  }
  return rows.flatMap((row) => columns(row).map((words) => lineOf(page, words)));
}

function columns(row: readonly SeenWord[]): SeenWord[][] {
  const parts: SeenWord[][] = [];
  for (const word of [...row].sort((a, b) => a.x - b.x)) {
    const part = parts.at(-1);
    const last = part?.at(-1);
    const near = last !== undefined && word.x - (last.x + last.width) < columnGap * Math.max(last.height, word.height);
    if (part !== undefined && near) part.push(word);
    else parts.push([word]);
  }
  return parts;
}

function lineOf(page: SeenPage, words: readonly SeenWord[]): Line {
  const first = words[0];
  const sizes = words.map((word) => word.height).sort((a, b) => a - b);
  return {
    text: words.map((word) => word.text).join(' '),
    top: (first?.y ?? 0) / Math.max(1, page.height),
    left: (first?.x ?? 0) / Math.max(1, page.width),
    size: (sizes[Math.floor(sizes.length / 2)] ?? 0) / Math.max(1, page.height),
  };
}
