// `npm run check:scan`: a stack of 500 mixed pages is read in the background, its worker is killed in the middle and goes on, and the
// inbox stays quick meanwhile. Exits 1 where a page is lost or the inbox takes more than twice its time. `--pages 60` for a short form.
import { readNumbers } from './support/numbers.ts';
import { proveScans } from './support/scan-run.ts';

const result = await proveScans(readNumbers(process.argv.slice(2), { pages: 500, seed: 1, looks: 150 }), (line) =>
  console.log(line),
);
console.log(JSON.stringify(result));
const whole =
  result.read + result.failed === result.pages && result.failed === 0 && result.afterKill >= result.killedAt;
process.exit(whole && result.ratio <= 2 ? 0 : 1);
