// `npm run bench:pages`: requests per second and p99 of the pages people look at most, 4 at a time; the inbox at 10,000, 100,000
// and 1,000,000 cases of one Jobcenter; bytes on the wire. The last line is JSON.
import { readNumbers } from '../test/proof/support/numbers.ts';
import { benchPages } from './support/pages-run.ts';

const { count, rounds, most } = readNumbers(process.argv.slice(2), { count: 600, rounds: 3, most: 1_000_000 });
const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= most);
const result = await benchPages({ count, rounds, sizes }, (line) => console.log(line));
console.log(JSON.stringify(result));
process.exit(result.failed === 0 ? 0 : 1);
