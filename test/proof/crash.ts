// `npm run check:crash`: while 8 writers submit through the API with retries, the server and its PostgreSQL are killed 50 times
// at random instants. Exits 1 where a receipt, a byte or a promise is gone. `--kills 3` for a short form, `--seed` for another run.
import { proveCrashes } from './support/crash-run.ts';
import { readNumbers } from './support/numbers.ts';

const result = await proveCrashes(readNumbers(process.argv.slice(2), { kills: 50, seed: 1 }), (line) =>
  console.log(line),
);
const wrong = result.lost.length + result.doubled.length + result.unacknowledged + result.verifyProblems;
for (const line of [...result.lost, ...result.doubled].slice(0, 50)) console.log(line);
console.log(JSON.stringify({ ...result, lost: result.lost.length, doubled: result.doubled.length }));
process.exit(wrong === 0 ? 0 : 1);
