import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/** Where sealed bytes lie. Names are made by the application, never by what came from outside. */
export type BlobStore = {
  /** Stores the parts as one blob; resolves when it would survive a power cut. A name is written once. */
  readonly put: (name: string, parts: readonly Uint8Array[]) => Promise<void>;
  /** The bytes; throws BlobMissing. */
  readonly get: (name: string) => Promise<Buffer>;
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
      const sync = syncs.get(dirname(path)) ?? new FolderSync(dirname(path));
      syncs.set(dirname(path), sync);
      await sync.request();
    },
    get: async (name) => {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(name) : error;
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

async function write(path: string, parts: readonly Uint8Array[]): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const { bytesWritten } = await file.writev(parts as Uint8Array[]);
      // A single write on a full disk writes a part and reports no error; writeFile goes on until all is written, or says why not.
      const rest = Buffer.concat(bytesWritten === sizeOf(parts) ? [] : parts).subarray(bytesWritten);
      if (rest.length > 0) await file.writeFile(rest);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.code !== 'EEXIST') await unlink(path).catch(() => undefined);
    asStorageError(failure);
  }
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** Makes a folder and syncs each parent, so that the name survives as well. */
async function makeFolder(root: string, path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (let parent = dirname(path); parent.startsWith(dirname(root)); parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === dirname(root)) break;
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** One fsync of a folder serves everybody who asked before it began. */
class FolderSync {
  readonly #path: string;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  constructor(path: string) {
    this.#path = path;
  }

  request(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = syncFolder(this.#path).finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.request();
      });
    return this.#next;
  }
}
