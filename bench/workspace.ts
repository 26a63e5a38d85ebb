// `npm run bench:workspace`: 50 members of staff at once on one machine, with thinking times, in the ten commonest ways: p95 of every step beside
// the same step done by one person alone in the same run; and for each way the clicks, keys, characters and pages it takes. The last line is JSON.
import { readNumbers } from '../test/proof/support/numbers.ts';
import { countHands } from './support/workspace-hands.ts';
import { benchWorkspace } from './support/workspace-run.ts';

const { staff, minutes, think, cases, seed } = readNumbers(
  process.argv.slice(2),
  { staff: 50, minutes: 3, think: 8, cases: 20_000, seed: 1 },
  ['minutes', 'think'],
);
const hands = await countHands((line) => console.log(line));
for (const { way, mouse, keyboard } of hands)
  console.log(
    `${way.padEnd(32)} mouse: ${mouse.clicks} clicks, ${mouse.pages} pages | keyboard: ${keyboard.keys} keys, ${keyboard.pages} pages | ${mouse.characters} characters to write`,
  );
const result = await benchWorkspace({ staff, minutes, think, cases, seed }, (line) => console.log(line));
console.log(JSON.stringify({ hands, ...result }));
process.exit(result.failed === 0 ? 0 : 1);
