import { randomBytes } from 'node:crypto';

/** UUIDv7 (RFC 9562): sorts by time, so indexes grow at their end. `now` in milliseconds since 1970. */
export function newId(now: number = performance.timeOrigin + performance.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Math.floor(now), 0, 6);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID; ids from outside are checked before they reach SQL. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
