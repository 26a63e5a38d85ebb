import { type ChildProcess, fork } from 'node:child_process';
import { entryUrl } from '../../src/platform/env/project.ts';

/** What the load generator is told to do. It works in a process of its own, so that its time is not counted. */
export type LoadTask =
  | {
      readonly kind: 'submit';
      readonly baseUrl: string;
      readonly token: string;
      readonly paper: 'jpeg' | 'pdf';
      readonly paperBytes: number;
      readonly submission: string;
      readonly run: string;
      readonly count: number;
      readonly atOnce: number;
    }
  | {
      readonly kind: 'insert';
      readonly url: string;
      readonly paper: 'jpeg' | 'pdf';
      readonly paperBytes: number;
      readonly row: string;
      readonly count: number;
      readonly atOnce: number;
    }
  | {
      readonly kind: 'pages';
      readonly baseUrl: string;
      readonly paths: readonly string[];
      readonly headers: Readonly<Record<string, string>>;
      readonly count: number;
      readonly atOnce: number;
    };

/** Milliseconds of every request, sorted, and of the whole run. Requests that failed: their answers, a few of them. */
export type LoadResult = {
  readonly totalMs: number;
  readonly latencies: readonly number[];
  readonly failed: number;
  readonly examples: readonly string[];
  readonly bytes: number;
};

export type Load = { readonly run: (task: LoadTask) => Promise<LoadResult>; readonly end: () => Promise<void> };

/** Starts the load generator. */
export function startLoad(): Load {
  const child: ChildProcess = fork(new URL('../../bench/load.js', entryUrl('web')), {
    execArgv: ['--enable-source-maps'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        child.once('message', (answer: LoadResult | { readonly error: string }) =>
          'error' in answer ? reject(new Error(answer.error)) : resolve(answer),
        );
        child.send(task);
      }),
    end: () => {
      child.disconnect();
      return ended;
    },
  };
}
