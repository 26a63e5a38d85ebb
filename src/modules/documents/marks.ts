import { hmac, type Secret } from '../../platform/crypto/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { tokensOf } from './compare/token.ts';

/** Marks of one page; a dense account statement has more numbers than any other paper. */
const MOST = 40;

/**
 * The marks of pages: keyed hashes of the numbers, dates and amounts on them, longest first, and of names. They find candidates,
 * they decide nothing. `key` is the Jobcenter's, so that equal papers of two Jobcenters never look alike.
 */
export function marksOf(key: Secret, pages: readonly PageReading[]): { page: number; mark: bigint }[] {
  return pages.flatMap((page) => {
    const tokens = tokensOf(page.words).filter(
      (token) => token.sure > 0.6 && token.plain.length >= 4 && token.kind !== 'word',
    );
    const texts = [...new Set(tokens.toSorted((a, b) => worth(b.plain) - worth(a.plain)).map((token) => token.plain))];
    return texts.slice(0, MOST).map((text) => ({ page: page.page, mark: hmac(key, `mark ${text}`).readBigInt64BE(0) }));
  });
}

/** Digits tell more apart than letters. */
const worth = (plain: string): number => plain.length + 2 * plain.replace(/\D/g, '').length;
