// `npm run check:together`: 8 people work in one case for 5 minutes, over two web processes, with lost connections, a restart and a kill.
// Exits 1 where an edit is neither in the case nor in a conflict that was shown, something was overwritten unseen, a draft is
// gone, or two windows differ at the end. `--minutes 0.5` for a short form, `--seed` for another run.
import { readNumbers } from './support/numbers.ts';
import { proveTogether } from './support/together-run.ts';

const options = readNumbers(process.argv.slice(2), { minutes: 5, people: 8, seed: 1 }, ['minutes']);
const result = await proveTogether(options, (line) => console.log(line));
for (const line of result.wrong.slice(0, 50)) console.log(line);
console.log(JSON.stringify({ ...result, wrong: result.wrong.length }));
process.exit(result.wrong.length === 0 ? 0 : 1);
