/** Facts of a PostgreSQL or connection error that callers may act on. */
export type DatabaseErrorFacts = {
  readonly code: string;
  readonly constraint?: string;
  readonly retry: 'transaction' | 'reconnect' | 'no';
};

const serialization = new Set(['40001', '40P01']);
const connection = new Set([
  '57P01',
  '57P02',
  '57P03',
  '3D000',
  '08006',
  '08003',
  '08001',
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

// Errors without a code of their own, and 55000 of a database that is closed for a restore.
const lostMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not (currently|yet) accepting connections/;

/** Reads code and constraint from whatever was thrown; rules from Citus and Patroni included (the shard number is cut off). */
export function databaseError(error: unknown): DatabaseErrorFacts {
  const {
    code = '',
    constraint,
    message = '',
    syscall,
  } = (error ?? {}) as { code?: string; constraint?: string; message?: string; syscall?: string };
  const shard = code === 'XX000' && message.includes('could not commit transaction for shard');
  const noSocket = code === 'ENOENT' && syscall === 'connect'; // the server's socket file is gone; not a missing file of ours
  const lost = noSocket || lostMessages.test(message);
  const retry = serialization.has(code) || shard ? 'transaction' : connection.has(code) || lost ? 'reconnect' : 'no';
  const name = constraint ?? (code.startsWith('23') ? /"([^"]+?)(?:_\d+)?"/.exec(message)?.[1] : undefined);
  return { code, retry, ...(name === undefined ? {} : { constraint: name }) };
}

/** True when the database cannot be reached right now: the person is told to try again, nothing was stored. */
export const isDatabaseLost = (error: unknown): boolean => databaseError(error).retry === 'reconnect';
