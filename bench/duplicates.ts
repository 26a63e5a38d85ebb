// `npm run bench:duplicates`: papers that come twice, in other shapes, beside papers that only look alike. Makes its own labelled
// set once (seed 1: over 300 files of 52 papers) and counts what the comparison of intake says. The last line is JSON.
import { readNumbers } from '../test/proof/support/numbers.ts';
import { benchDuplicates, labelledFolder } from './support/duplicates-run.ts';

const { seed, bases, perBase } = readNumbers(process.argv.slice(2), { seed: 1, bases: 52, perBase: 6 });
const seldom = 15_000;
let shownAt = 0;
const now = (text: string): void => {
  if (performance.now() - shownAt < seldom) return;
  shownAt = performance.now();
  console.log(text);
};
const { folder, set } = await labelledFolder({ seed, bases, perBase }, (line) => console.log(line));
const { mistakes, ...result } = await benchDuplicates(folder, set, now);
for (const mistake of mistakes) console.log(mistake);
for (const [variant, { found, of, share }] of Object.entries(result.recallByVariant))
  console.log(`${variant.padEnd(14)} ${String(found).padStart(5)} of ${String(of).padStart(5)}  ${share}`);
console.log(JSON.stringify(result));
process.exit(0);
