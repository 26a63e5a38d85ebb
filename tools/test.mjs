// Runs the tests: `node tools/test.mjs [part of a path …]`. Pure tests share one process (fast); tests that need a
// database, a server or a browser get a process each, the long ones first, so that none of them runs alone in the end. Types, style and
// the pure tests run beside them.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`The tests need Node 24 or newer; this is ${process.versions.node}. Run "npm ci" first.`);
  process.exit(1);
}
const { globSync } = await import('node:fs');
const { bundle, root } = await import('./build.mjs');
const filters = process.argv.slice(2);
const run = (command, args, stdio = 'inherit') =>
  new Promise((resolve) => {
    const env = { ...process.env, UV_THREADPOOL_SIZE: '16' };
    const child = spawn(command, args, { cwd: root, stdio, env });
    const said = [];
    child.stdout?.on('data', (part) => said.push(part));
    child.stderr?.on('data', (part) => said.push(part));
    child.once('error', () => resolve(1));
    child.once('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      resolve(status ?? 1);
    });
  });
/** Beside others: what it says comes in one piece when it has ended. */
const runBeside = (command, args) => run(command, args, ['ignore', 'pipe', 'pipe']);
const bin = (name) => join(root, 'node_modules/.bin', name);
let failed = 0;
const checks =
  filters.length === 0
    ? [runBeside(bin('tsc'), ['--noEmit']), runBeside(bin('biome'), ['check', '--error-on-warnings'])]
    : [];
const all = globSync('{src,test,bench}/**/*.test.{ts,tsx}', { cwd: root }).sort();
const wanted = all.filter((file) => filters.length === 0 || filters.some((f) => file.includes(f)));
const support = globSync(['test/support/setup.ts', 'src/main/*.ts', 'bench/*.ts', 'test/proof/*.ts'], {
  cwd: root,
}).filter((f) => !f.includes('.test.'));
const folder = await bundle('test', [...all, ...support]);
const built = (file) => join(folder, file.replace(/\.tsx?$/, '.js'));
// From the longest to the shortest: those with many programs or pages, and last those that only ask the database.
const order = [/^bench\//, /^test\/proof\//, /^test\/e2e\//, /\.e2e\.test\./, /\.web\.test\./, /\.db\.test\./];
const apart = order
  .flatMap((kind) => wanted.filter((file) => kind.test(file)))
  .filter((file, i, files) => /\.(db|e2e|web)\.test\./.test(file) && files.indexOf(file) === i);
const pure = wanted.filter((file) => !apart.includes(file));
// They wait a good part of their time (for a page, a start, a kill): one more runs than there are cores.
const atOnce = Math.min(availableParallelism() + 1, 4);
const timeout = '240000';
const pureFlags = ['--test', '--test-reporter=spec', `--test-timeout=${timeout}`, '--test-isolation=none'];
const node = ['--enable-source-maps'];
if (pure.length > 0) checks.push(runBeside(process.execPath, [...node, ...pureFlags, ...pure.map(built)]));
if (apart.length > 0)
  failed += await run(process.execPath, [
    ...node,
    join(root, 'tools/apart.mjs'),
    String(atOnce),
    timeout,
    built('test/support/setup.ts'),
    ...apart.map(built),
  ]);
for (const status of await Promise.all(checks)) failed += status;
process.exit(failed === 0 ? 0 : 1);
