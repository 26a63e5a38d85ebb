import { stemmer } from '@orama/stemmers/german';
import { comparable } from '../../kernel/text.ts';

/** Cyrillic letters as they are written in Latin ones (Ukrainian rules of 2010, Russian where it differs). */
const latin: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i' },
  ...{ й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh' },
  ...{ ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', ы: 'y', э: 'e', ё: 'e', ъ: '' },
};

/**
 * A word as it is compared: lower case, without accents, in Latin letters. An umlaut and its two letters are the bare vowel, so that
 * Häuser, Haeuser and Haus meet; `ue` behind a, e and q are two sounds (Bauer, neue, bequem).
 */
export const foldWord = (word: string): string =>
  comparable([...word.normalize('NFC').toLowerCase()].map((char) => latin[char] ?? char).join(''))
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/ae/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/(?<![aeq])ue/g, 'u');

/** The stem of a folded German word (Snowball). Words with digits, and very short ones, stay as they are. */
export const stem = (folded: string): string => (/\d/.test(folded) || folded.length < 4 ? folded : stemmer(folded));
