import { entryUrl } from '../env/project.ts';
import { createPool, type Pool } from '../threads/pool.ts';

export { qrSvg } from './qr.ts';

/** What travels to the typesetting thread. */
export interface TypesetRequest {
  readonly template: string;
  readonly data: unknown;
  /** Pictures that the template shows, by the names its data give them. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** What every template needs, beside its own fields. */
export interface TypesetData {
  /** BCP 47 primary language of the text, such as `de`. */
  readonly lang: string;
  /** The day of the document, `YYYY-MM-DD`. */
  readonly date: string;
}

const TIMEOUT_MS = 180_000;
/** The compiler keeps what it has seen; a new thread after so many documents holds memory down. */
const RECYCLE_AFTER = 2_000;
let pool: Pool<TypesetRequest, Uint8Array> | undefined;

/**
 * Sets a document as tagged PDF (PDF/UA-1), in a thread of its own.
 * Takes the file name of a template in `src/assets/typst` and its data: plain JSON values with every text already
 * translated. Text of the data stays text, whatever markup it contains; characters that no font has become "□".
 * `files` are pictures by the names that the data give them (`page-1.jpg`).
 * Gives the bytes of the PDF, the same ones for the same data. Throws when the template or the data are wrong.
 */
export function typeset(
  template: string,
  data: TypesetData,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<Uint8Array> {
  pool ??= createPool({ entry: entryUrl('pdf-thread'), size: 1, timeoutMs: TIMEOUT_MS, recycleAfter: RECYCLE_AFTER });
  return pool.run({ template, data, files });
}

/** Ends the thread; the next `typeset` starts a new one. */
export async function closeTypesetter(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.close();
}
