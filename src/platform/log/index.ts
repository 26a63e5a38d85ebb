import pino, { type Logger } from 'pino';

/** Structured log lines. Ids, counts and codes only: nothing a person typed, no names, no addresses, no bodies. */
export type Log = Logger;

type Loggable = Error & {
  readonly code?: string;
  readonly severity?: string;
  readonly routine?: string;
  readonly constraint?: string;
};

/** Errors keep type, code and stack; a database error's message can quote values, so its constraint and routine stand for it. */
function withoutValues(error: Loggable): Record<string, unknown> {
  const { name, code, severity, routine, constraint } = error;
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .join('\n');
  return severity === undefined
    ? { type: name, code, message: error.message.slice(0, 200), stack }
    : { type: name, code, routine, constraint, stack };
}

export function openLog(name: string, level = 'info'): Log {
  return pino({
    name,
    level,
    base: { name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutValues },
  });
}
