import type { Clock } from '../../src/platform/clock/index.ts';

const hour = Number(
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' }).format(),
);
const earlier = hour >= 20 ? 6 * 3_600_000 : 0;

/**
 * The clock of the tests: a day whose midnight is hours away, whenever they run, so that what is said about today stays true. It never goes before the
 * clock of the database: what is announced now has to be done now.
 */
export const daytime: Clock = { now: () => new Date(Date.now() - earlier) };
