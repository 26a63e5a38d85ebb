import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of the checkout: the nearest parent whose package.json is named "tandem". Bundled code has no other fixed point. */
const root: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'tandem')
    return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('The project folder was not found: no package.json named "tandem" above the program.');
  return findRoot(parent);
}

/** Absolute path of a file of the project, from its path relative to the checkout. */
export const projectPath = (...parts: string[]): string => join(root, ...parts);

/** The folder of the running build, made by tools/build.mjs. */
function buildFolder(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'build.json'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('This program runs outside a build made by tools/build.mjs.');
    dir = parent;
  }
  return dir;
}

/** The name of the running build: it contains the hash of everything it was built from. */
export const buildName = (): string => basename(buildFolder());

/** URL of another bundled entry of `src/main` (without extension), for worker threads and child processes of this very build. */
export function entryUrl(name: string): URL {
  return pathToFileURL(join(buildFolder(), 'src/main', `${name}.js`));
}
