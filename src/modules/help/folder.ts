import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languages } from '../../platform/i18n/index.ts';
import type { FoundFile } from './shelf.ts';
import { textLimit } from './text-file.ts';
import { type ReadText, readText, type TextKind, textKinds } from './texts.ts';

/** So many files of one kind and language are read, and no more. */
const mostFiles = 500;

/**
 * Reads every text below a folder: `<kind>/<language>/<name>.md`. What is missing is no error: a Jobcenter writes what it wants. `own` says
 * whose texts they are.
 */
export async function readTexts(folder: string, own: boolean): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const kind of textKinds)
    for (const language of languages)
      for (const name of await namesIn(join(folder, kind, language))) {
        const key = name.slice(0, -'.md'.length);
        const read = await readOne(join(folder, kind, language, name), kind, { key, language, own });
        found.push({ kind, language, key, own, file: `${kind}/${language}/${name}`, read });
      }
  return found;
}

async function readOne(path: string, kind: TextKind, of: Parameters<typeof readText>[2]): Promise<ReadText> {
  const { size } = await lstat(path);
  if (size > textLimit) return { kind: 'problems', problems: [{ line: 1, code: 'size' }] };
  return readText(kind, await readFile(path, 'utf8'), of);
}

/** Plain files that end in `.md`; a folder that is not there holds none. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => entry.name);
  return names.sort().slice(0, mostFiles);
}
