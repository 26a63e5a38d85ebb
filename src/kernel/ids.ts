import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Sixteen random bytes; drawn in larger portions, because each draw is a system call. */
function random16(): Buffer {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

function format(time: number, sequence: number): string {
  const bytes = Buffer.from(random16());
  bytes.writeUIntBE(Math.floor(time), 0, 6);
  bytes.writeUInt16BE(0x7000 | (sequence & 0x0fff), 6);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

type Counter = { next: number };
/** How far the instants have counted that ids were asked for last; the one that was asked for longest ago is first. */
const counters = new Map<number, Counter>();
const keptCounters = 256;
/** Ids of one millisecond; more of them carry the next ones. */
const ofOneMillisecond = 0x1000;

/**
 * One counter for all who ask for ids of the same millisecond (RFC 9562 section 6.2): it only grows, and starts at a drawn place, or where an
 * earlier instant has come to that ran over into this one.
 */
function counterOf(time: number): Counter {
  const known = counters.get(time);
  if (known !== undefined) {
    counters.delete(time);
    counters.set(time, known);
    return known;
  }
  for (const oldest of counters.keys()) {
    if (counters.size < keptCounters) break;
    counters.delete(oldest);
  }
  let start = random16().readUInt16BE() & 0x03ff;
  for (const [earlier, { next }] of counters)
    if (earlier < time) start = Math.max(start, next - (time - earlier) * ofOneMillisecond);
  const counter = { next: start };
  counters.set(time, counter);
  return counter;
}

function drawn(time: number, counter: Counter): string {
  counter.next += 1;
  return format(time + Math.floor(counter.next / ofOneMillisecond), counter.next);
}

/**
 * A UUIDv7 (RFC 9562) of an instant: sorts by time, so indexes grow at their end. Two of the same millisecond sort as they were asked
 * for in this process, so that a list by id tells two acts that follow at once in their order.
 */
export const newId = (now: Date): string => drawn(now.getTime(), counterOf(now.getTime()));

/** Ids of one transaction: all of its instant, in the order in which they were asked for. */
export function idSequence(now: Date): () => string {
  const time = now.getTime();
  const counter = counterOf(time);
  return () => drawn(time, counter);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID; ids from outside are checked before they reach SQL. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

/** The lowest UUIDv7 of an instant: ids grow with time, so a walk over a span of time follows the primary key. */
export function lowestId(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
