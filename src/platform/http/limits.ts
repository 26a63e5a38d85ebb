/** One holder's part of the budget. `grow` raises it to so many bytes; false when they do not fit, and nothing changes. */
export type Share = { readonly grow: (bytes: number) => boolean; readonly close: () => void };

/** Keeps memory bounded whatever arrives: who does not fit is sent away to come again, nobody waits for a stranger's slow line. */
export type ByteBudget = { readonly open: () => Share; readonly inUse: () => number };

export function byteBudget(total: number): ByteBudget {
  let used = 0;
  return {
    inUse: () => used,
    open: () => {
      let held = 0;
      let closed = false;
      return {
        grow: (bytes) => {
          const more = bytes - held;
          if (more <= 0) return !closed;
          if (closed || used + more > total) return false;
          used += more;
          held = bytes;
          return true;
        },
        close: () => {
          if (!closed) used -= held;
          closed = true;
        },
      };
    },
  };
}

/** Requests of one subject in a sliding minute, kept in memory: slows floods; proofs of identity are counted in the database. */
export function rateLimit(perMinute: number, now: () => number): (subject: string) => boolean {
  let minute = 0;
  let current = new Map<string, number>();
  let previous = new Map<string, number>();
  return (subject) => {
    const at = now() / 60_000;
    if (Math.floor(at) !== minute) {
      previous = Math.floor(at) === minute + 1 ? current : new Map();
      current = new Map();
      minute = Math.floor(at);
    }
    const count = (current.get(subject) ?? 0) + 1;
    current.set(subject, count);
    return count + (previous.get(subject) ?? 0) * (1 - (at - minute)) <= perMinute;
  };
}
