// `npm run check:channels`: one person's move by portal, letter, e-mail, telephone and counter, in every order, with repeats. In the
// end one case, every item once with all the ways it came, no receipt without its bytes. `--orders 6` for a short form, `--seed`.
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { proveChannels } from './support/channels-run.ts';
import { readNumbers } from './support/numbers.ts';

const result = await proveChannels(readNumbers(process.argv.slice(2), { orders: 120, seed: 1 }), (line) =>
  console.log(line),
);
for (const line of result.wrong.slice(0, 50)) console.log(line);
console.log(JSON.stringify({ ...result, wrong: result.wrong.length }));
closeReading();
await closeMedia();
process.exit(result.wrong.length + result.verifyProblems === 0 ? 0 : 1);
