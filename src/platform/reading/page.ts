/** A place on a page picture, in its pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A word at its place. `sure` is how surely it was read, 0 to 1; a text layer that fits its page counts as 1. */
export type Word = Box & { readonly text: string; readonly sure: number };

/** Clockwise turn, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** One page as it was read. Boxes are in pixels of `picture`, which is upright, straightened and about 150 dpi. */
export type PageReading = {
  /** 1-based, in the file. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** The turn that made it upright. */
  readonly turned: Turn;
  /** Where the words come from: the file's own text layer, recognition, or nowhere. */
  readonly source: 'text' | 'ocr' | 'none';
  /** Set where the letters are not Latin: Cyrillic (`ukr`) or Arabic (`ara`). */
  readonly language?: 'deu' | 'ukr' | 'ara';
  /** Nothing on it, or only what shines through from the other side. */
  readonly blank: boolean;
  /** In reading order. */
  readonly words: readonly Word[];
  /** Grey JPEG. */
  readonly picture: Uint8Array;
};

/** A page that could not be read: it stays in the file, a person looks at it. */
export type PageFailure = { readonly page: number; readonly failed: 'timeout' | 'memory' | 'broken' };

/** Width of the kept picture of an upright A4 page: 150 dpi. */
export const PICTURE_WIDTH = 1_240;

/** The words of a page as lines of text, in reading order. */
export function pageText(page: Pick<PageReading, 'words'>): string {
  const lines: string[] = [];
  let last: Word | undefined;
  for (const word of page.words) {
    const sameLine =
      last !== undefined &&
      Math.abs(word.y + word.height / 2 - (last.y + last.height / 2)) < Math.max(word.height, last.height) * 0.6;
    if (sameLine) lines.push(`${lines.pop()} ${word.text}`);
    else lines.push(word.text);
    last = word;
  }
  return lines.join('\n');
}
