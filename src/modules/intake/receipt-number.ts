import {
  derivedCode,
  isDerivedCode,
  normalizeReadable,
  randomReadable,
  type Secret,
} from '../../platform/crypto/index.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A receipt number: eleven random characters (55 bits) and a check character, so that a slip of the pen is noticed. */
export function newReceiptNumber(): string {
  const body = randomReadable(11);
  return grouped(body + checkCharacter(body));
}

const grouped = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;

/** Luhn's check in base 32: finds every single wrong character and nearly every swap of neighbours. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (let i = body.length - 1, factor = 2; i >= 0; i -= 1, factor = factor === 2 ? 1 : 2) {
    const value = alphabet.indexOf(body[i] as string) * factor;
    sum += Math.floor(value / 32) + (value % 32);
  }
  return alphabet[(32 - (sum % 32)) % 32] as string;
}

/** The number as typed, brought into form; undefined when it cannot be one. */
export function normalizeReceiptNumber(typed: string): string | undefined {
  const plain = normalizeReadable(typed.slice(0, 60));
  if (!/^[0-9A-HJKMNP-TV-Z]{12}$/.test(plain)) return undefined;
  return checkCharacter(plain.slice(0, 11)) === plain[11] ? grouped(plain) : undefined;
}

/** The access code on a receipt: only the Jobcenter's key can make it; nothing is stored. */
export const accessCode = (codes: Secret, number: string): string => derivedCode(codes, `access ${number}`);

/** True when a typed code belongs to the number. */
export const checkAccessCode = (codes: Secret, number: string, typed: string): boolean =>
  isDerivedCode(codes, `access ${number}`, typed);
