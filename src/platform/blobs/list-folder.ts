import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type ListedBlob = { readonly name: string; readonly changedAt: Date };

/** Walks over everything below a blob folder; a missing folder is empty. What vanishes meanwhile is left out. */
export async function* listBlobFolder(root: string, below = ''): AsyncGenerator<ListedBlob> {
  const folder = await opendir(join(root, below)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (folder === undefined) return;
  for await (const entry of folder) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* listBlobFolder(root, name);
    else if (entry.isFile()) {
      const facts = await stat(join(root, name)).catch(() => undefined);
      if (facts !== undefined) yield { name, changedAt: facts.mtime };
    }
  }
}
