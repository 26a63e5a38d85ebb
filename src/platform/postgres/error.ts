/** The database cannot be started as things are. The message is one sentence that tells the operator what to do. */
export class PostgresError extends Error {
  override name = 'PostgresError';
}

/** What went wrong in a system call, such as ENOENT; undefined for any other error. */
export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/** Read, or undefined when it is not there (any more), which in /proc happens at any moment. */
export function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
