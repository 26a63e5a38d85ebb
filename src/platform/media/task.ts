import type { Inspection, MediaType, Picture, Refusal } from './inspection.ts';

/** What the media threads are asked. */
export type MediaTask =
  | { readonly kind: 'judge-pdf'; readonly bytes: Uint8Array; readonly thorough: boolean }
  | { readonly kind: 'decode'; readonly bytes: Uint8Array; readonly mediaType: MediaType; readonly pages: number }
  // biome-ignore format: one line each
  | { readonly kind: 'draw'; readonly bytes: Uint8Array; readonly mediaType: MediaType; readonly page: number; readonly width: number; readonly turn: number }
  | { readonly kind: 'join'; readonly images: readonly JoinImage[] }
  // biome-ignore format: one line each
  | { readonly kind: 'excerpt'; readonly bytes: Uint8Array; readonly mediaType: MediaType; readonly pages: readonly TurnedPage[] }
  | { readonly kind: 'merge'; readonly documents: readonly Uint8Array[]; readonly filler?: Uint8Array }
  | { readonly kind: 'cover'; readonly pages: readonly CoveredPage[] }
  | { readonly kind: 'ink'; readonly bytes: Uint8Array; readonly mediaType: MediaType }
  | { readonly kind: 'codes'; readonly bytes: Uint8Array; readonly mediaType: MediaType };

/** A page (1-based) and the clockwise turn that makes it upright. */
export interface TurnedPage {
  readonly page: number;
  readonly turn: 0 | 90 | 180 | 270;
}

/** A picture of a page, and what of it is covered, as parts of its width and height (0 to 1). */
export interface CoveredPage {
  readonly picture: Uint8Array;
  readonly places: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/** One image file that becomes one page, or several when it is a TIFF. */
export interface JoinImage {
  readonly bytes: Uint8Array;
  readonly mediaType: MediaType;
  readonly pages: number;
}

/** What they answer. */
export type MediaAnswer =
  | { readonly kind: 'inspection'; readonly inspection: Inspection }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'document'; readonly bytes: Uint8Array }
  | { readonly kind: 'ink'; readonly share: number }
  | { readonly kind: 'codes'; readonly texts: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: Refusal };
