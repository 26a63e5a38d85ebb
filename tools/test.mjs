// Runs the tests: `node tools/test.mjs [part of a path …]`. Pure tests share one process (fast); tests that need a
// database, a server or a browser get a process each.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`The tests need Node 24 or newer; this is ${process.versions.node}. Run "npm ci" first.`);
  process.exit(1);
}
const { globSync } = await import('node:fs');
const { bundle, root } = await import('./build.mjs');
const filters = process.argv.slice(2);
const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
  return status ?? 1;
};
const bin = (name) => join(root, 'node_modules/.bin', name);
let failed = 0;
if (filters.length === 0) {
  failed += run(bin('tsc'), ['--noEmit']);
  failed += run(bin('biome'), ['check', '--error-on-warnings']);
}
const all = globSync('{src,test,bench}/**/*.test.{ts,tsx}', { cwd: root }).sort();
const wanted = all.filter((file) => filters.length === 0 || filters.some((f) => file.includes(f)));
const support = globSync(['test/support/setup.ts', 'src/main/*.ts', 'bench/*.ts', 'test/proof/*.ts'], {
  cwd: root,
}).filter((f) => !f.includes('.test.'));
const folder = await bundle('test', [...all, ...support]);
const built = (file) => join(folder, file.replace(/\.tsx?$/, '.js'));
const apart = wanted.filter((file) => /\.(db|e2e|web)\.test\./.test(file));
const pure = wanted.filter((file) => !apart.includes(file));
// They wait a good part of their time (for a page, a start, a kill): one more runs than there are cores.
const atOnce = Math.min(availableParallelism() + 1, 4);
const base = ['--enable-source-maps', '--test', '--test-reporter=spec', '--test-timeout=240000'];
if (pure.length > 0) failed += run(process.execPath, [...base, '--test-isolation=none', ...pure.map(built)]);
const setup = existsSync(join(root, 'test/support/setup.ts')) && apart.length > 0;
if (apart.length > 0)
  failed += run(process.execPath, [
    ...base,
    `--test-concurrency=${atOnce}`,
    '--test-force-exit', // idle worker threads would keep a finished test's process alive
    ...(setup ? [`--test-global-setup=${built('test/support/setup.ts')}`] : []),
    ...apart.map(built),
  ]);
process.exit(failed === 0 ? 0 : 1);
