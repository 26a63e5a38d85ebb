import { availableParallelism } from 'node:os';
import { entryUrl } from '../env/project.ts';
import { createPool, type Pool, ThreadTimeout, ThreadUnavailable } from '../threads/pool.ts';
import { judgeImage } from './image.ts';
import { type Inspection, MAX_WIDTH, type MediaType, type Picture, type Refusal, refused } from './inspection.ts';
import { sniff } from './sniff.ts';
import type { CoveredPage, JoinImage, MediaAnswer, MediaTask, TurnedPage } from './task.ts';

export { ThreadUnavailable } from '../threads/pool.ts';
export type { Inspection, MediaType, Picture, Refusal } from './inspection.ts';
export { MAX_HEIGHT, MAX_PAGES, MAX_PIXELS, MAX_WIDTH } from './inspection.ts';
export type { CoveredPage, TurnedPage } from './task.ts';

/** Images that cannot be joined: the first reason found, and which one it was (0-based). */
export class JoinFailure extends Error {
  override readonly name = 'JoinFailure';
  readonly reason: Refusal;
  readonly index: number | undefined;
  constructor(reason: Refusal, index?: number) {
    super(`The images cannot be joined: ${reason}.`);
    this.reason = reason;
    this.index = index;
  }
}

/** Pages one joined document may have. */
const MAX_JOINED = 200;

/** Short questions (is this PDF sound?) never wait behind long work (draw this page). */
const pools = new Map<'judge' | 'draw', Pool<MediaTask, MediaAnswer>>();

function pool(name: 'judge' | 'draw'): Pool<MediaTask, MediaAnswer> {
  let found = pools.get(name);
  if (!found) {
    const cores = availableParallelism();
    const shared = { entry: entryUrl('media-thread') };
    found =
      name === 'judge'
        ? createPool({ ...shared, size: Math.min(4, cores), timeoutMs: 5_000, recycleAfter: 20_000 })
        : createPool({ ...shared, size: Math.max(1, Math.min(4, cores - 1)), timeoutMs: 20_000, recycleAfter: 500 });
    pools.set(name, found);
  }
  return found;
}

async function ask(name: 'judge' | 'draw', task: MediaTask, transfer: readonly ArrayBuffer[]): Promise<MediaAnswer> {
  try {
    return await pool(name).run(task, transfer);
  } catch (error) {
    if (error instanceof ThreadUnavailable) throw error; // says nothing about the file
    return { kind: 'failed', reason: error instanceof ThreadTimeout ? 'timeout' : 'broken' };
  }
}

/** A copy that may be given away to a thread. */
const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Says what a file is, by its bytes, or why it is not accepted. Images are judged here by their structure, in
 * microseconds; a PDF is opened in a thread. `thorough` also decodes everything, in a thread. Never throws.
 */
export async function inspect(bytes: Uint8Array, options: { readonly thorough?: boolean } = {}): Promise<Inspection> {
  if (bytes.length === 0) return refused('empty');
  const view = viewOf(bytes);
  const mediaType = sniff(view);
  if (!mediaType) return refused(isBlank(view) ? 'empty' : 'unknown-type');
  const thorough = options.thorough ?? false;
  if (mediaType === 'application/pdf') {
    const copy = copyOf(bytes);
    return verdict(await ask('judge', { kind: 'judge-pdf', bytes: copy, thorough }, [copy.buffer]));
  }
  const found = judgeImage(mediaType, view);
  if (!thorough || !found.ok) return found;
  const copy = copyOf(bytes);
  const decoded = verdict(
    await ask('draw', { kind: 'decode', bytes: copy, mediaType, pages: found.pages }, [copy.buffer]),
  );
  return decoded.ok ? found : decoded;
}

const verdict = (answer: MediaAnswer): Inspection =>
  answer.kind === 'inspection' ? answer.inspection : refused(answer.kind === 'failed' ? answer.reason : 'broken');

/** Nothing but zeros or white space in its first part: a camera or a disk that wrote no content. */
const isBlank = (bytes: Buffer): boolean =>
  bytes.subarray(0, 65_536).every((byte) => byte === 0 || byte === 32 || (byte >= 9 && byte <= 13));

/**
 * Draws a page (1-based) as WebP, `widthPx` pixels wide (2,400 at most; images are not enlarged, very long pages become
 * narrower), turned as the camera meant it and then by `turn` degrees, without the file's metadata. Throws ThreadUnavailable only.
 */
export async function renderPage(
  bytes: Uint8Array,
  mediaType: MediaType,
  page: number,
  widthPx: number,
  turn: TurnedPage['turn'] = 0,
): Promise<Picture | { readonly failed: Refusal }> {
  const width = Math.max(1, Math.min(MAX_WIDTH, Math.round(widthPx) || 1));
  const copy = copyOf(bytes);
  const answer = await ask('draw', { kind: 'draw', bytes: copy, mediaType, page, width, turn }, [copy.buffer]);
  if (answer.kind === 'picture') return answer.picture;
  return { failed: answer.kind === 'failed' ? answer.reason : 'broken' };
}

/**
 * Makes one PDF of several photos (JPEG, PNG, WebP, HEIC, each page of a TIFF), in their order, turned as the camera
 * meant them, without their metadata. The same photos give the same bytes. Throws `JoinFailure`.
 */
export async function joinImages(images: readonly Uint8Array[]): Promise<Uint8Array> {
  const sheets: (JoinImage & { bytes: Uint8Array<ArrayBuffer> })[] = [];
  for (const [index, bytes] of images.entries()) {
    const found = await inspect(bytes);
    if (!found.ok) throw new JoinFailure(found.reason, index);
    if (found.mediaType === 'application/pdf') throw new JoinFailure('unknown-type', index);
    sheets.push({ bytes: copyOf(bytes), mediaType: found.mediaType, pages: found.pages });
  }
  if (sheets.length === 0) throw new JoinFailure('empty');
  if (sheets.reduce((sum, sheet) => sum + sheet.pages, 0) > MAX_JOINED) throw new JoinFailure('too-many-pages');
  const answer = await ask(
    'draw',
    { kind: 'join', images: sheets },
    sheets.map((sheet) => sheet.bytes.buffer),
  );
  if (answer.kind === 'document') return answer.bytes;
  throw new JoinFailure(answer.kind === 'failed' ? answer.reason : 'broken');
}

/** The kind of a file by its first bytes, in microseconds; undefined for what is not accepted. Says nothing about its soundness. */
export const kindOf = (bytes: Uint8Array): MediaType | undefined => sniff(viewOf(bytes));

/**
 * Some pages of a document as a PDF of their own, each turned upright: pages of a PDF keep their content as it is, pages of
 * images become JPEG. Throws ThreadUnavailable only.
 */
export async function excerptPages(
  bytes: Uint8Array,
  mediaType: MediaType,
  pages: readonly TurnedPage[],
): Promise<Uint8Array | { readonly failed: Refusal }> {
  const copy = copyOf(bytes);
  const answer = await ask('draw', { kind: 'excerpt', bytes: copy, mediaType, pages }, [copy.buffer]);
  if (answer.kind === 'document') return answer.bytes;
  return { failed: answer.kind === 'failed' ? answer.reason : 'broken' };
}

/**
 * Several PDFs as one, in their order. With a `filler`, a PDF of one page, each of them begins on an odd page: it is laid behind what ends on an odd one.
 * Throws ThreadUnavailable only.
 */
export async function joinPdfs(
  documents: readonly Uint8Array[],
  filler?: Uint8Array,
): Promise<Uint8Array | { readonly failed: Refusal }> {
  const copies = documents.map(copyOf);
  const answer = await ask(
    'draw',
    { kind: 'merge', documents: copies, ...(filler === undefined ? {} : { filler }) },
    copies.map((copy) => copy.buffer),
  );
  if (answer.kind === 'document') return answer.bytes;
  return { failed: answer.kind === 'failed' ? answer.reason : 'broken' };
}

/**
 * Pictures of pages as a PDF in which some places are black: pictures only, no text, and nothing is left under what is covered.
 * Throws ThreadUnavailable only.
 */
export async function coverPlaces(pages: readonly CoveredPage[]): Promise<Uint8Array | { readonly failed: Refusal }> {
  const copies = pages.map((page) => ({ ...page, picture: copyOf(page.picture) }));
  const answer = await ask(
    'draw',
    { kind: 'cover', pages: copies },
    copies.map((page) => page.picture.buffer),
  );
  if (answer.kind === 'document') return answer.bytes;
  return { failed: answer.kind === 'failed' ? answer.reason : 'broken' };
}

/** Texts of the QR codes and barcodes on a picture, whatever way up they are; none for a picture that cannot be read. */
export async function codesOn(picture: Uint8Array, mediaType: MediaType | 'image/webp'): Promise<readonly string[]> {
  const copy = copyOf(picture);
  const answer = await ask('draw', { kind: 'codes', bytes: copy, mediaType }, [copy.buffer]);
  return answer.kind === 'codes' ? answer.texts : [];
}

/** The part of a picture (0 to 1), away from its edges, that is covered with print; undefined when it cannot be decoded. */
export async function inkOn(picture: Uint8Array, mediaType: MediaType): Promise<number | undefined> {
  const copy = copyOf(picture);
  const answer = await ask('draw', { kind: 'ink', bytes: copy, mediaType }, [copy.buffer]);
  return answer.kind === 'ink' ? answer.share : undefined;
}

/** Starts one thread for PDFs ahead of the first request (it takes about a tenth of a second). */
export async function warmMedia(): Promise<void> {
  await ask('judge', { kind: 'judge-pdf', bytes: new Uint8Array(), thorough: false }, []);
}

/** Ends all media threads; the next question starts new ones. */
export async function closeMedia(): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map((each) => each.close()));
}
