import { type Verdict, verifyAll } from '../verify.ts';
import type { Command } from './command.ts';
import { withServices } from './connect.ts';
import { progressLine } from './progress.ts';

const shown = 100;

/** Runs the examination and tells problems and progress on stderr. */
export async function runVerify(): Promise<Verdict> {
  const progress = progressLine();
  let problems = 0;
  const verdict = await withServices((services) =>
    verifyAll(services, {
      onProblem: (problem) => {
        problems += 1;
        if (problems <= shown) progress.note(problem);
      },
      onProgress: (done, jobcenter) =>
        progress.show(
          `${jobcenter.key}: ${done.documents} documents, ${done.receipts} receipts, ${done.entries} audit entries examined`,
        ),
    }),
  );
  progress.end();
  if (problems > shown) console.error(`… and ${problems - shown} more problems.`);
  return verdict;
}

export const verify: Command = {
  name: 'verify',
  summary: `Examines every document against its hash, every receipt against its signature, and the audit chain link by link.
The last line is JSON with the counts; the exit code is 1 where anything is wrong.`,
  options: {},
  run: async () => {
    const verdict = await runVerify();
    console.log(JSON.stringify(verdict));
    return verdict.problems === 0 ? 0 : 1;
  },
};
