import { inspect } from '../media/index.ts';
import type { MediaType } from '../media/inspection.ts';
import type { PageFailure, PageReading } from './page.ts';
import { ReadingLost, type ReadingProcess, startReadingProcess } from './process.ts';

export { type Box, type PageFailure, type PageReading, PICTURE_WIDTH, pageText, type Turn, type Word } from './page.ts';

/** What one page may take, from drawing to the last word. */
export type ReadingLimits = {
  /** Milliseconds of processor time. */
  readonly pageMs: number;
  /** Bytes of memory of the process that reads it. */
  readonly memoryBytes: number;
};
/** Generous: the slowest page seen took a fifth of it; the libraries alone take 300 MB. */
const USUAL: ReadingLimits = { pageMs: 90_000, memoryBytes: 1_600 * 1024 * 1024 };
const OPEN_MS = 30_000;
/** A process that nobody needs any more gives its memory back. */
const IDLE_MS = 30_000;
/** WebAssembly memory never shrinks: after so many pages a fresh process goes on. */
const PAGES_PER_PROCESS = 150;

const resting: { readonly process: ReadingProcess; readonly served: number; readonly timer: NodeJS.Timeout }[] = [];
const turns: (() => void)[] = [];
let busy = 0;
let readers = 1;
let limits = USUAL;
const spent = { ocrPages: 0, ocrCpuMs: 0, pages: 0, cpuMs: 0 };

/** Lets this process read so many files at a time; one without it, so that reading never takes a whole machine. */
export function allowReaders(count: number): void {
  readers = Math.max(1, count);
}

/** Sets what a page may take; without a limit it is the usual one again. Processes that rest keep theirs and are ended. */
export function limitReading(change: Partial<ReadingLimits> = {}): void {
  limits = { ...USUAL, ...change };
  closeReading();
}

/** Pages read so far by this process, those that had to be recognised among them, and the processor time both took. */
export const readingSpent = (): Readonly<typeof spent> => ({ ...spent });

/** Files wait in order for a free reader. */
async function turn(): Promise<() => void> {
  if (busy >= readers) await new Promise<void>((resolve) => turns.push(resolve));
  else busy += 1;
  return () => {
    const next = turns.shift();
    if (next === undefined) busy -= 1;
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
        this.#process = rested?.process ?? (await startReadingProcess(limits.memoryBytes));
      }
      const task = { kind: 'open', bytes: this.#bytes, mediaType: this.#mediaType, pages: this.#pages } as const;
      const answer = await this.#process.ask(task, OPEN_MS);
      if (answer.kind === 'opened') return answer.pages;
      // What a broken file did to the libraries nobody knows: the next file gets a fresh process.
      this.#process.end();
      this.#process = undefined;
      return 'broken';
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
      const answer = await this.#process!.ask({ kind: 'read', page }, limits.pageMs);
      if (answer.kind !== 'page') return { page, failed: 'broken' };
      count(answer.reading, answer.cpuMs);
      return answer.reading;
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
    const timer = setTimeout(closeReading, IDLE_MS);
    timer.unref();
    resting.push({ process: reader, served: this.#served, timer });
  }
}

function count({ source }: PageReading, cpuMs: number): void {
  spent.pages += 1;
  spent.cpuMs += cpuMs;
  if (source === 'text') return;
  spent.ocrPages += 1;
  spent.ocrCpuMs += cpuMs;
}

function takeRested(): { process: ReadingProcess; served: number } | undefined {
  for (let rested = resting.pop(); rested !== undefined; rested = resting.pop()) {
    clearTimeout(rested.timer);
    if (rested.process.alive()) return rested;
  }
  return undefined;
}

/** Ends the processes that wait for the next file; the next file starts a new one. */
export function closeReading(): void {
  for (let rested = takeRested(); rested !== undefined; rested = takeRested()) rested.process.end();
}
