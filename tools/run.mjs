// Starts one of the programs in src/main: `node tools/run.mjs start`. npm puts the project's own Node first in PATH;
// without it (another platform) the Node at hand must be new enough.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Tandem needs Node 24 or newer; this is ${process.versions.node}. Run "npm ci" first: it brings its own Node on Linux x64.`,
  );
  process.exit(1);
}
process.env.UV_THREADPOOL_SIZE ??= '16'; // concurrent fsyncs must not queue behind four threads
process.setSourceMapsEnabled(true);
const { globSync } = await import('node:fs');
const { join } = await import('node:path');
const { pathToFileURL } = await import('node:url');
const { bundle, root } = await import('./build.mjs');
const [name = 'start'] = process.argv.splice(2, 1);
const entries = globSync(['src/main/*.ts', 'bench/*.ts', 'test/proof/*.ts'], { cwd: root })
  .filter((f) => !f.includes('.test.'))
  .sort();
const entry = entries.find((f) => f === name || f === `src/main/${name}.ts`);
if (!entry) {
  console.error(`There is no program "${name}". Programs: ${entries.join(', ')}`);
  process.exit(1);
}
const folder = await bundle('run', entries);
await import(pathToFileURL(join(folder, entry.replace(/\.ts$/, '.js'))).href);
