const DAY = 86_400_000;

type Unit = {
  readonly name: string;
  /** The number of the unit an instant lies in (UTC), one more for each. */
  readonly of: (at: Date) => number;
  /** When the unit of that number begins, in ms. */
  readonly begins: (unit: number) => number;
};

const months = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth();
const ofMonths = (name: string, count: number): Unit => ({
  name,
  of: (at) => Math.floor(months(at) / count),
  begins: (unit) => Date.UTC(Math.floor((unit * count) / 12), (unit * count) % 12),
});
const ofDays = (name: string, count: number): Unit => ({
  name,
  of: (at) => Math.floor(at.getTime() / (DAY * count)),
  begins: (unit) => unit * count * DAY,
});

/** From the shortest. */
const units: readonly Unit[] = [
  ofDays('day', 1),
  ofDays('week', 7),
  ofMonths('month', 1),
  ofMonths('quarter', 3),
  ofMonths('year', 12),
];

/**
 * The spans of time a thing is found in: of each length its own and the next, so that one span holds all of "this month and the
 * one before", and a search on the first of a month does not find an empty one.
 */
export const spansOf = (at: Date): string[] =>
  units.flatMap(({ name, of }) => [`${name}${of(at)}`, `${name}${of(at) + 1}`]);

/** The spans that end with an instant, the shortest first; `covers`: ms that lie between its beginning and the instant. */
export const spansBefore = (at: Date): { readonly name: string; readonly covers: number }[] =>
  units.map(({ name, of, begins }) => ({
    name: `${name}${of(at)}`,
    covers: at.getTime() - begins(of(at) - 1),
  }));

/** What is asked for without a span is taken to lie in so much time, where it comes to how much that will be. */
export const EVERYTHING = 5 * 366 * DAY;

/** The spans that end with an instant, and what holds all that is wanted: the one that reaches back to where the person wants to begin, or none. */
export function spansUntil(end: Date, from: Date | undefined) {
  const spans = spansBefore(end);
  const reach = from === undefined ? Number.POSITIVE_INFINITY : end.getTime() - from.getTime();
  const last = spans.findIndex(({ covers }) => covers >= reach);
  const span = spans[last];
  return span === undefined
    ? { spans, whole: [], covers: EVERYTHING }
    : { spans: spans.slice(0, last), whole: [span.name], covers: span.covers };
}
