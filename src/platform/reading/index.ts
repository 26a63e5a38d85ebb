import { inspect } from '../media/index.ts';
import type { MediaType } from '../media/inspection.ts';
import type { PageFailure, PageReading } from './page.ts';
import { ReadingLost, type ReadingProcess, startReadingProcess } from './process.ts';

export { type Box, type PageFailure, type PageReading, PICTURE_WIDTH, pageText, type Turn, type Word } from './page.ts';

/** One page may take this long, from drawing to the last word. */
const PAGE_MS = 90_000;
const OPEN_MS = 30_000;
/** A process that nobody needs any more gives its memory back. */
const IDLE_MS = 30_000;
/** WebAssembly memory never shrinks: after so many pages a fresh process goes on. */
const PAGES_PER_PROCESS = 150;

let resting: { process: ReadingProcess; served: number; timer: NodeJS.Timeout } | undefined;
const turns: (() => void)[] = [];
let busy = false;

/** One file is read at a time in this process; the others wait in order. */
async function turn(): Promise<() => void> {
  if (busy) await new Promise<void>((resolve) => turns.push(resolve));
  busy = true;
  return () => {
    const next = turns.shift();
    if (next === undefined) busy = false;
    else next();
  };
}

/**
 * Reads pages `from` to `to` (1-based, all without them) of a file whose kind was judged by its bytes. A page that cannot be read
 * comes as a failure and the next one follows; a file that cannot be opened at all gives one failure for page 1. Bounded in
 * memory, time and pages. Never throws for what is in the file.
 */
export async function* readPages(
  bytes: Uint8Array,
  mediaType: string,
  options: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<PageReading | PageFailure> {
  const done = await turn();
  const seat = new Seat(bytes, mediaType as MediaType);
  try {
    const pages = await seat.open();
    if (typeof pages !== 'number') {
      yield { page: options.from ?? 1, failed: pages };
      return;
    }
    const last = Math.min(pages, options.to ?? pages);
    for (let page = options.from ?? 1; page <= last; page++) yield await seat.read(page);
  } finally {
    seat.leave();
    done();
  }
}

/** A file at a reading process; when the process is lost, another one takes over. */
class Seat {
  readonly #bytes: Uint8Array;
  readonly #mediaType: MediaType;
  #process: ReadingProcess | undefined;
  #served = 0;
  #pages = 1;

  constructor(bytes: Uint8Array, mediaType: MediaType) {
    this.#bytes = bytes;
    this.#mediaType = mediaType;
  }

  /** How many pages the file has, or why it cannot be opened. */
  async open(): Promise<number | PageFailure['failed']> {
    if (this.#mediaType !== 'application/pdf') {
      const found = await inspect(this.#bytes);
      if (!found.ok) return 'broken';
      this.#pages = found.pages;
    }
    return this.#sit();
  }

  async #sit(): Promise<number | PageFailure['failed']> {
    try {
      if (this.#process === undefined) {
        const rested = takeRested();
        this.#served = rested?.served ?? 0;
        this.#process = rested?.process ?? (await startReadingProcess());
      }
      const task = { kind: 'open', bytes: this.#bytes, mediaType: this.#mediaType, pages: this.#pages } as const;
      const answer = await this.#process.ask(task, OPEN_MS);
      return answer.kind === 'opened' ? answer.pages : 'broken';
    } catch (error) {
      this.#process = undefined;
      if (error instanceof ReadingLost) return error.reason;
      throw error;
    }
  }

  async read(page: number): Promise<PageReading | PageFailure> {
    if (this.#served >= PAGES_PER_PROCESS) {
      this.#process?.end();
      this.#process = undefined;
      this.#served = 0;
    }
    if (this.#process === undefined) {
      const opened = await this.#sit();
      if (typeof opened !== 'number') return { page, failed: opened };
    }
    this.#served += 1;
    try {
      const answer = await this.#process!.ask({ kind: 'read', page }, PAGE_MS);
      return answer.kind === 'page' ? answer.reading : { page, failed: 'broken' };
    } catch (error) {
      this.#process = undefined;
      if (error instanceof ReadingLost) return { page, failed: error.reason };
      throw error;
    }
  }

  /** Gives the process to whoever comes next. */
  leave(): void {
    const reader = this.#process;
    this.#process = undefined;
    if (reader === undefined || !reader.alive()) return;
    if (resting !== undefined) {
      reader.end();
      return;
    }
    const timer = setTimeout(closeReading, IDLE_MS);
    timer.unref();
    resting = { process: reader, served: this.#served, timer };
  }
}

function takeRested(): { process: ReadingProcess; served: number } | undefined {
  const rested = resting;
  resting = undefined;
  if (rested === undefined) return undefined;
  clearTimeout(rested.timer);
  return rested.process.alive() ? rested : undefined;
}

/** Ends the process that waits for the next file; the next file starts a new one. */
export function closeReading(): void {
  takeRested()?.process.end();
}
