import type { MediaType } from '../media/inspection.ts';
import type { PageReading } from './page.ts';

/** What a reading process is asked; it does one thing after the other. */
export type ReadingTask =
  | { readonly kind: 'open'; readonly bytes: Uint8Array; readonly mediaType: MediaType; readonly pages: number }
  | { readonly kind: 'read'; readonly page: number }
  | { readonly kind: 'close' };

export type ReadingAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly pages: number }
  /** `cpuMs`: milliseconds of processor time that the page took. */
  | { readonly kind: 'page'; readonly reading: PageReading; readonly cpuMs: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string };
