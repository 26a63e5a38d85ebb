// Bundles the entries with esbuild into build/<hash of the inputs>/: complete before it is visible (rename), so that
// concurrent starts and kill -9 leave nothing half-written. An unchanged tree is not built again.
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Build the given entries (paths relative to the project) and return the folder that holds them. */
export async function bundle(kind, entries) {
  const hash = createHash('sha256');
  const inputs = [
    ...globSync('{src,test,bench}/**/*.{ts,tsx}', { cwd: root }),
    'package-lock.json',
    'tools/build.mjs',
  ].sort();
  for (const file of inputs) hash.update(file).update(readFileSync(join(root, file)));
  for (const entry of entries) hash.update(entry);
  const out = join(root, 'build', `${kind}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(join(out, 'build.json'))) return out;
  mkdirSync(join(root, 'build'), { recursive: true });
  const temp = `${out}.${process.pid}.${Date.now()}`;
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: temp,
    outbase: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: true,
    logLevel: 'error',
  });
  writeFileSync(join(temp, 'build.json'), JSON.stringify({ kind }));
  try {
    renameSync(temp, out);
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    if (!existsSync(join(out, 'build.json'))) throw error;
  }
  prune(kind, out);
  return out;
}

/** Old builds may still run (lazy imports): the newest eight of a kind stay. */
function prune(kind, current) {
  const folder = join(root, 'build');
  const old = readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && join(folder, name) !== current)
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of old.slice(7)) rmSync(path, { recursive: true, force: true });
}
