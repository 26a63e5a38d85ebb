import type { Random } from './random.ts';

/** Texts that mean harm, or that somebody forgot to think of. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\uffff\ufffe',
  '\u202egnp.exe',
  '\u200b\u200d\ufeff',
  'e\u0301'.repeat(300),
  '👩‍👩‍👧‍👦'.repeat(50),
  'ﷺ'.repeat(200),
  "' or 1=1 --",
  "'; drop table app.submission; --",
  '$(sleep 9)',
  '{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/proc/self/environ',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e999',
  '99999999999999999999999',
  '0x7fffffff',
  '2026-02-31',
  '0000-00-00',
  '+275760-09-13',
  '9999-12-31T23:59:60Z',
  'a'.repeat(10_000),
  '%00',
  '%ff%fe',
  '%2e%2e%2f',
  '\r\nSet-Cookie: a=b',
  'ＡＤＭＩＮ',
  'DE89370400440532013000',
  '1990-04-03',
];

export const hostileNames: readonly string[] = [
  '../../etc/passwd',
  'C:\\Windows\\system32\\calc.exe',
  'a\u0000.pdf',
  '\u202efdp.exe',
  'CON',
  '.',
  '..',
  '.htaccess',
  '',
  ' ',
  '/',
  '\\',
  'a'.repeat(5_000),
  'ä'.repeat(300),
  '👩‍👩‍👧‍👦.jpg',
  'a"b.pdf',
  'a%22b.pdf',
  'a\r\nX-Evil: 1.pdf',
  '<svg onload=alert(1)>.pdf',
  "'; drop table app.document; --.pdf",
  'Lohnabrechnung Mai 2026.pdf',
];

/** A piece of JSON of any kind and depth. */
export function hostileJson(random: Random, depth = 0): unknown {
  const roll = random.int(depth > 4 ? 7 : 10);
  if (roll < 4) return random.pick(hostileTexts);
  if (roll === 4) return random.pick([0, -1, 1.5, 1e308, -0, 2 ** 53 + 2, 2 ** 31]);
  if (roll === 5) return random.pick([true, false, null]);
  if (roll === 6) return [];
  if (roll === 7) return Array.from({ length: random.int(6) }, () => hostileJson(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: random.int(6) }, () => [random.pick(hostileTexts), hostileJson(random, depth + 1)]),
  );
}

/** The text of a JSON document that may not be one. */
export function hostileJsonText(random: Random): string {
  const roll = random.int(8);
  if (roll === 0) return '['.repeat(50_000);
  if (roll === 1) return `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
  if (roll === 2) return JSON.stringify(hostileJson(random)).slice(0, random.int(200));
  if (roll === 3) return random.bytes(random.int(400)).toString('latin1');
  if (roll === 4) return `{"__proto__":{"concern":"unterlagen"},"constructor":{"prototype":{"x":1}}}`;
  return JSON.stringify(hostileJson(random));
}
