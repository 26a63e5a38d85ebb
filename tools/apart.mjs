// Runs test files in processes of their own, in the order in which they are given: `node --test` would sort them by name.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [concurrency, timeout, globalSetupPath, ...files] = process.argv.slice(2);
const events = run({
  files,
  concurrency: Number(concurrency),
  timeout: Number(timeout),
  globalSetupPath,
  // Idle worker threads would keep a finished test's process alive.
  execArgv: [...process.execArgv, '--test-force-exit'],
});
events.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);
