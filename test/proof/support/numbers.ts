/**
 * Whole numbers of the command line: `--kills 3`; those named in `parts` may be parts of one. An unknown name or a missing number is an
 * error.
 */
export function readNumbers<Name extends string>(
  args: readonly string[],
  defaults: Readonly<Record<Name, number>>,
  parts: readonly NoInfer<Name>[] = [],
): Record<Name, number> {
  const values: Record<string, number> = { ...defaults };
  for (let i = 0; i < args.length; i += 2) {
    const name = (args[i] ?? '').replace(/^--/, '');
    const value = Number(args[i + 1]);
    const fits = Number.isInteger(value) || (parts.some((each) => each === name) && value > 0);
    if (!(name in defaults) || !fits)
      throw new Error(
        `Options, each with a whole number: ${Object.keys(defaults)
          .map((key) => `--${key}`)
          .join(', ')}.`,
      );
    values[name] = value;
  }
  return values as Record<Name, number>;
}

/** The value below which the given part (0 to 1) of the sorted values lies; 0 for none. */
export function percentile(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Seeded randomness: the same seed gives the same run. */
export function seededRandom(seed: number): {
  readonly next: () => number;
  readonly int: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly bytes: (length: number) => Buffer;
} {
  let state = seed >>> 0;
  const next32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const next = (): number => next32() / 2 ** 32;
  return {
    next,
    int: (below) => Math.floor(next() * below),
    pick: (list) => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error('Nothing to pick from.');
      return found;
    },
    bytes: (length) => {
      const bytes = Buffer.allocUnsafe(length);
      let i = 0;
      for (; i + 4 <= length; i += 4) bytes.writeUInt32LE(next32(), i);
      for (; i < length; i += 1) bytes[i] = next32() & 255;
      return bytes;
    },
  };
}
