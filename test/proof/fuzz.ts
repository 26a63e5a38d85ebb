// `npm run check:fuzz`: 20,000 hostile requests and files, always the same ones for the same --seed. Exits 1 where an answer is
// 500 or above, a request hangs, memory grows beyond its bound, or something is visible that should not be.
import { memoryLimitMb, proveFuzz } from './support/fuzz-run.ts';
import { readNumbers } from './support/numbers.ts';

const result = await proveFuzz(readNumbers(process.argv.slice(2), { requests: 20_000, seed: 1 }), (line) =>
  console.log(line),
);
const { failures, hangs, leaks } = result;
for (const line of [...failures, ...hangs, ...leaks].slice(0, 100)) console.log(line);
console.log(JSON.stringify({ ...result, failures: failures.length, hangs: hangs.length, leaks: leaks.length }));
process.exit(failures.length + hangs.length + leaks.length === 0 && result.memoryMb.peak <= memoryLimitMb ? 0 : 1);
