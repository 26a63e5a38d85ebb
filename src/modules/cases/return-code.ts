import { hmac, normalizeReadable, readable, type Secret, sha256 } from '../../platform/crypto/index.ts';

/** Characters of a code: 19 that only the Jobcenter's key can make (95 bits), and one that notices a slip of the pen. */
const body = 19;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const form = /^[0-9A-HJKMNP-TV-Z]{20}$/;

/** The path that a QR code leads to; its last part is the code. */
export const returnPath = (code: string): string => `/b/${code}`;

/** The code of a row, the same one as often as it is printed: derived, so that nobody reads it from the database. */
export function returnCodeOf(codes: Secret, id: string): string {
  const text = readable(hmac(codes, `return ${id}`), body);
  return grouped(text + checkCharacter(text));
}

const grouped = (text: string): string => (text.match(/.{4}/g) ?? []).join('-');

/** A weighted sum in base 32: finds every single wrong character and nearly every swap of neighbours. */
function checkCharacter(text: string): string {
  const sum = [...text].reduce((total, character, at) => total + alphabet.indexOf(character) * (2 * at + 1), 0);
  return alphabet[sum % 32] ?? '0';
}

/**
 * The return code in what a scanner read or a person typed: the address of a QR code or the bare code, in any spelling. Undefined
 * for every other text; a stranger's barcode passes the check character once in 32 times, and is then found nowhere.
 */
export function parseReturnCode(text: string): string | undefined {
  const last = text
    .trim()
    .slice(0, 500)
    .match(/^(?:https?:\/\/[^/?#]+)?\/b\/([^/?#]+)(?:[/?#].*)?$/i)?.[1];
  const plain = normalizeReadable((last ?? text).slice(0, 60));
  if (!form.test(plain)) return undefined;
  return checkCharacter(plain.slice(0, body)) === plain[body] ? grouped(plain) : undefined;
}

/** What is kept of a code; a hash without a salt is enough, because 95 random bits cannot be tried out. */
export const returnCodeHash = (code: string): Buffer => sha256(`return code ${normalizeReadable(code)}`);
