import { setTimeout as pause } from 'node:timers/promises';

/** What a child program tells the supervisor. */
export type ChildMessage = { readonly type: 'ready' };

/** The exit code of a program that a new start cannot help: a wrong setting, a port that is taken. */
export const UNFIXABLE = 78;

const CLOSING_MS = 10_000;

/** Tell the supervisor, when there is one, that work is accepted from now on. */
export function announceReady(): void {
  process.send?.({ type: 'ready' } satisfies ChildMessage);
}

/**
 * Close once, on Ctrl-C, SIGTERM, or when the supervisor vanishes (kill -9 of it closes the channel); then end with 0.
 * A close that hangs is cut off after ten seconds: everything acknowledged is durable by then.
 */
export function closeGracefully(close: () => Promise<void>): void {
  let closing = false;
  const end = () => {
    if (closing) return;
    closing = true;
    const late = pause(CLOSING_MS, 1, { ref: false });
    const done = close().then(
      () => 0,
      (error: unknown) => {
        console.error(error);
        return 1;
      },
    );
    void Promise.race([done, late]).then((code) => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.send) process.on('disconnect', end);
}

/** Run a program's main function. An error meant for the operator is printed as its one sentence, any other in full. */
export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const sentence = operatorSentence(error);
    console.error(sentence ?? error);
    process.exit(sentence && process.send ? UNFIXABLE : 1);
  }
}

/** Errors whose message was written for operators, by name: the classes belong to several modules. */
const FOR_OPERATORS = new Set(['ConfigError', 'PostgresError', 'OperatorError']);

/** The sentence for the operator, or undefined for an error that needs its stack trace. */
export function operatorSentence(error: unknown): string | undefined {
  return error instanceof Error && FOR_OPERATORS.has(error.name) ? error.message : undefined;
}

/** An error of a program that its operator can put right. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
