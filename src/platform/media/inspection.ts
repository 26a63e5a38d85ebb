/** The kinds of file that are accepted, as found in their bytes. */
export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'image/tiff' | 'application/pdf';

/** Why a file is not accepted. `scripted`: it carries code, starts programs, sends data or has files inside. */
export type Refusal =
  | 'empty'
  | 'unknown-type'
  | 'encrypted'
  | 'broken'
  | 'scripted'
  | 'too-many-pages'
  | 'too-many-pixels'
  | 'timeout';

/** What a file is. Width and height are pixels as stored (before a camera's turn is applied); a PDF has none. */
export type Inspection =
  | {
      readonly ok: true;
      readonly mediaType: MediaType;
      readonly pages: number;
      readonly width?: number;
      readonly height?: number;
    }
  | { readonly ok: false; readonly reason: Refusal };

/** A picture of one page. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** More pages than this are refused: nobody reads them, and every page costs work. */
export const MAX_PAGES = 3_000;
/** Pixels of one image (100 megapixels: twice the largest phone camera of today). */
export const MAX_PIXELS = 100_000_000;
/** The widest picture that is drawn, in pixels. */
export const MAX_WIDTH = 2_400;
/** The highest picture that is drawn: very long pages become narrower instead. */
export const MAX_HEIGHT = 4_800;

export const refused = (reason: Refusal): Inspection => ({ ok: false, reason });

/** The verdict on an image of known size: refused when it has no area or too much of it. */
export function sized(mediaType: MediaType, width: number, height: number, pages = 1): Inspection {
  if (width < 1 || height < 1) return refused('broken');
  if (width * height > MAX_PIXELS) return refused('too-many-pixels');
  if (pages > MAX_PAGES) return refused('too-many-pages');
  return { ok: true, mediaType, pages, width, height };
}
