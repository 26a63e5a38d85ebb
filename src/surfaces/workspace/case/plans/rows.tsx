import type { Content } from '../../../../ui/index.ts';

/** A list of lines, each with what can be done about it; nothing where there are none. */
export const Rows = <Each,>({ of, row }: { of: readonly Each[]; row: (each: Each) => Content }) =>
  of.length === 0 ? null : <ul class="tw-open">{of.map(row)}</ul>;
