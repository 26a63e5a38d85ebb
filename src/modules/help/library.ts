import { join } from 'node:path';
import { readTexts } from './folder.ts';
import { makeShelf, type Shelf } from './shelf.ts';

/** The texts of all Jobcenters of an installation. */
export type Library = {
  /** The texts of the Jobcenter with a key, at most ten seconds old. */
  readonly of: (key: string) => Promise<Shelf>;
};

const freshMs = 10_000;

type Known = { at: number; shelf: Promise<Shelf> };

/**
 * Opens the shipped texts and the folder in which Jobcenters put their own, one folder each, named by their key. Changed files show within
 * ten seconds. Nobody waits for a slow disk twice: while files are read again the texts known so far serve, and with a folder that
 * cannot be read they go on serving; `failed` hears of it.
 */
export function openLibrary(input: {
  readonly shipped: string;
  readonly own: string;
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}): Library {
  let shipped: Promise<Awaited<ReturnType<typeof readTexts>>> | undefined;
  const known = new Map<string, Known>();
  const read = async (key: string): Promise<Shelf> => {
    shipped ??= readTexts(input.shipped, false);
    const own = await readTexts(join(input.own, key), true).catch((error: unknown) => {
      input.failed(error);
      return undefined;
    });
    if (own === undefined && known.has(key)) return (known.get(key) as Known).shelf;
    return makeShelf([...(await shipped), ...(own ?? [])]);
  };
  return {
    of: (key) => {
      const at = input.now().getTime();
      const entry = known.get(key);
      if (entry === undefined) {
        const first = { at, shelf: read(key) };
        first.shelf.catch(() => known.delete(key));
        known.set(key, first);
        return first.shelf;
      }
      if (at - entry.at >= freshMs) {
        entry.at = at;
        read(key).then((shelf) => {
          entry.shelf = Promise.resolve(shelf);
        }, input.failed);
      }
      return entry.shelf;
    },
  };
}
