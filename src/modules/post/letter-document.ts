import { excerptPages, type MediaType, type TurnedPage } from '../../platform/media/index.ts';
import type { Quarter, ScanPage } from './batch.ts';

/** How a page of the scanner's file must be turned to be upright: what reading found, and what a person added. */
export const uprightTurn = (page: Pick<ScanPage, 'turned' | 'turn'>): Quarter =>
  ((((page.turned + page.turn) % 360) + 360) % 360) as Quarter;

/**
 * The pages of a letter as a PDF of their own, upright and in their order; blank back sides stay in it. `failed`: the scanner's
 * file cannot be cut.
 */
export function letterPdf(
  bytes: Uint8Array,
  mediaType: MediaType,
  pages: readonly ScanPage[],
): ReturnType<typeof excerptPages> {
  const turned = pages.map((page): TurnedPage => ({ page: page.page, turn: uprightTurn(page) }));
  return excerptPages(bytes, mediaType, turned);
}
