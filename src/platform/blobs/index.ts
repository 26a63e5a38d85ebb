import { closeSync, fdatasync, fsync, open, openSync, writev } from 'node:fs';
import { access, mkdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';

/** Where sealed bytes lie. Names are made by the application, never by what came from outside. */
export type BlobStore = {
  /** Stores the parts as one blob; resolves when it would survive a power cut. A name is written once. */
  readonly put: (name: string, parts: readonly Uint8Array[]) => Promise<void>;
  /** The bytes; throws BlobMissing. */
  readonly get: (name: string) => Promise<Buffer>;
  /** Whether there is a blob of this name. */
  readonly has: (name: string) => Promise<boolean>;
  /** Removes a blob; a missing one is fine. */
  readonly remove: (name: string) => Promise<void>;
};

export class BlobMissing extends Error {
  constructor(name: string) {
    super(`The blob ${name} is missing.`);
  }
}

/** The disk is full or read-only: the person is told, nothing was stored. */
export class StorageFull extends Error {}

/** Blobs as files below a folder. A crash leaves at most a file that no row names; the sweep removes those. */
export function openBlobFolder(root: string): BlobStore {
  const made = new Map<string, Promise<void>>();
  const syncs = new Map<string, FolderSync>();
  const pathOf = (name: string): string => {
    if (normalize(name) !== name || name.startsWith('/') || name.startsWith('..'))
      throw new Error('Not the name of a blob.');
    return join(root, name);
  };
  const folder = (path: string): Promise<void> => {
    const known = made.get(path) ?? makeFolder(root, path);
    made.set(path, known);
    known.catch(() => made.delete(path));
    return known;
  };
  const syncOf = (path: string): FolderSync => {
    const known = syncs.get(path) ?? new FolderSync(path, () => syncs.delete(path));
    syncs.set(path, known);
    return known;
  };
  return {
    put: async (name, parts) => {
      const path = pathOf(name);
      await folder(dirname(path)).catch(asStorageError);
      await write(path, parts).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        made.clear(); // somebody took the folder away, or put another disk in its place
        await folder(dirname(path)).catch(asStorageError);
        await write(path, parts);
      });
      await syncOf(dirname(path)).request();
    },
    get: async (name) => {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(name) : error;
      }
    },
    has: async (name) => {
      try {
        await access(pathOf(name));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw error;
      }
    },
    remove: async (name) => {
      await unlink(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    },
  };
}

function asStorageError(error: NodeJS.ErrnoException): never {
  if (['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes(error.code ?? ''))
    throw new StorageFull('There is no room to store files.', { cause: error });
  throw error;
}

const openFile = promisify(open);
const writeParts = promisify(writev);
const syncData = promisify(fdatasync);
const syncAll = promisify(fsync);

/** Each step that may wait for the disk is a step of its own; closing what is synced never waits, so it is done at once. */
async function write(path: string, parts: readonly Uint8Array[]): Promise<void> {
  try {
    const file = await openFile(path, 'wx', 0o600);
    try {
      await writeWhole(file, parts);
      await syncData(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.code !== 'EEXIST') await unlink(path).catch(() => undefined);
    asStorageError(failure);
  }
}

/** A single write on a full disk writes a part and reports no error; the next one says why. */
async function writeWhole(file: number, parts: readonly Uint8Array[]): Promise<void> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  let { bytesWritten: done } = await writeParts(file, parts);
  while (done < size) {
    const { bytesWritten } = await writeParts(file, [Buffer.concat(parts).subarray(done)]);
    if (bytesWritten === 0) throw Object.assign(new Error('The disk takes nothing more.'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}

/** Makes a folder and syncs each parent, so that the name survives as well. */
async function makeFolder(root: string, path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (let parent = dirname(path); parent.startsWith(dirname(root)); parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === dirname(root)) break;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await openFile(path, 'r');
  try {
    await syncAll(folder);
  } finally {
    closeSync(folder);
  }
}

/** One fsync of a folder serves everybody who asked before it began; it stays open as long as somebody asks. */
class FolderSync {
  readonly #folder: number;
  readonly #idle: () => void;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(path: string, idle: () => void) {
    this.#folder = openSync(path, 'r');
    this.#idle = idle;
  }

  request(): Promise<void> {
    if (this.#running !== undefined) {
      this.#next ??= this.#running.catch(() => undefined).then(() => this.#run());
      return this.#next;
    }
    return this.#run();
  }

  #run(): Promise<void> {
    this.#next = undefined;
    const running = syncAll(this.#folder);
    this.#running = running;
    const over = (): void => {
      if (this.#next !== undefined) return; // the next one has begun to wait for this one
      this.#running = undefined;
      closeSync(this.#folder);
      this.#idle();
    };
    running.then(over, over);
    return running;
  }
}
