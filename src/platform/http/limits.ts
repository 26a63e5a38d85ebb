/** Admits work as long as its declared bytes fit; the rest waits in order. Keeps memory bounded whatever arrives. */
export type ByteBudget = { readonly take: (bytes: number) => Promise<() => void>; readonly inUse: () => number };

export function byteBudget(total: number): ByteBudget {
  let used = 0;
  const waiting: { bytes: number; admit: () => void }[] = [];
  const release = (bytes: number): void => {
    used -= bytes;
    while (waiting[0] !== undefined && (used === 0 || used + waiting[0].bytes <= total)) {
      const next = waiting.shift() as { bytes: number; admit: () => void };
      used += next.bytes;
      next.admit();
    }
  };
  return {
    inUse: () => used,
    take: (bytes) =>
      new Promise((resolve) => {
        let open = true;
        const once = (): void => {
          if (open) release(bytes);
          open = false;
        };
        if (waiting.length === 0 && (used === 0 || used + bytes <= total)) {
          used += bytes;
          resolve(once);
        } else waiting.push({ bytes, admit: () => resolve(once) });
      }),
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
