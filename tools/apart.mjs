// Runs test files in processes of their own, in the order in which they are given: `node --test` would sort them by name.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [concurrency, timeout, globalSetupPath, ...files] = process.argv.slice(2);
// Whoever interrupts the run ends the database of the tests too, and not this program alone.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupted.abort());
const events = run({
  files,
  concurrency: Number(concurrency),
  timeout: Number(timeout),
  globalSetupPath,
  signal: interrupted.signal,
  // Idle worker threads would keep a finished test's process alive. A larger nursery: much is made, and little of it stays.
  execArgv: [...process.execArgv, '--test-force-exit', '--max-semi-space-size=64'],
});
events.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
events.compose(spec).pipe(process.stdout);
