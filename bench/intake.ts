// `npm run bench:intake`: submissions with 2 KB of answers and one 200 KB document through the real HTTP API, 8 at a time, and
// beside it in the same run, on the same PostgreSQL, the plainest transaction that stores as much. The last line is JSON.
// `--profile 1` writes a CPU profile of the web process to build/profiles.
import { projectPath } from '../src/platform/env/project.ts';
import { readNumbers } from '../test/proof/support/numbers.ts';
import { benchIntake } from './support/intake-run.ts';

const { count, rounds, profile } = readNumbers(process.argv.slice(2), { count: 600, rounds: 5, profile: 0 });
const flags = profile === 0 ? [] : ['--cpu-prof', `--cpu-prof-dir=${projectPath('build/profiles')}`];
const result = await benchIntake({ count, rounds, flags }, (line) => console.log(line));
console.log(JSON.stringify(result));
process.exit(result.failed + result.pdf.failed === 0 ? 0 : 1);
