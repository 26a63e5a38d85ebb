import type { Day } from '../../kernel/dates.ts';

/** What a recogniser takes for a digit: `l`, `I` and `|` for 1, `O` and `o` for 0, `S` for 5, `B` for 8. */
const slips: Readonly<Record<string, string>> = { l: '1', I: '1', '|': '1', O: '0', o: '0', S: '5', B: '8' };
const digit = String.raw`[\dlI|OoSB]`;
const digits = (text: string): string => [...text].map((sign) => slips[sign] ?? sign).join('');

/** A number with decimals (`1.350,00`, `1 350,00`, `480,-`), or a whole or English one that has its currency behind it. */
const currency = String.raw`\s?(?:€|EUR\b|Euro\b)`;
const whole = `(?:${digit}{1,3}(?:[.'’ ]${digit}{3}){1,2}|${digit}{1,6})`;
const amount = new RegExp(
  String.raw`(?<![\w.,])(?:(${whole}),(${digit}{2}|-{1,2}|–)|(${whole})\.(${digit}{2})(?=${currency})|(${whole})(?=${currency}))(?![.,]?\w)`,
  'g',
);

export type Amount = { readonly cents: number; readonly at: number; readonly said: string };

/** The amounts in a text, in their order, with where they begin and how they are written. Something without a real digit is a word. */
export function amountsIn(text: string): Amount[] {
  return [...text.matchAll(amount)].flatMap((found) => {
    const said = found[0];
    if (!/\d/.test(said)) return [];
    const euros = digits(found[1] ?? found[3] ?? found[5] ?? '').replaceAll(/\D/g, '');
    const rest = digits(found[2] ?? found[4] ?? '').replaceAll(/\D/g, '');
    return [{ cents: Number(euros) * 100 + Number(rest === '' ? 0 : rest), at: found.index, said }];
  });
}

/** Cents as they stand on a board. */
export const inEuros = (cents: number): string =>
  `${new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2 }).format(cents / 100)} Euro`;

const months = [
  ...['januar', 'februar', 'märz', 'april', 'mai', 'juni'],
  ...['juli', 'august', 'september', 'oktober', 'november', 'dezember'],
];
const monthNames = months.join('|');

/** A day as papers write it: `01.02.2027`, `1. Februar 2027`; one group. */
export const dayPattern = String.raw`((?:${digit}{1,2}\.\s?${digit}{1,2}\.\s?|${digit}{1,2}\.\s?(?:${monthNames})\s)${digit}{4})`;

/** The day of such a text; null where there is no such day. */
export function asDay(text: string | undefined): Day | null {
  const found = new RegExp(String.raw`^(\S{1,2})\.\s?(?:(\S{1,2})\.|(${monthNames}))\s?(\S{4})$`, 'i').exec(text ?? '');
  if (found === null) return null;
  const [, d = '', m, name = '', y = ''] = found;
  const month = m === undefined ? String(months.indexOf(name.toLowerCase()) + 1) : digits(m);
  const iso = `${digits(y)}-${month.padStart(2, '0')}-${digits(d).padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  if (!/^(?:19|20)/.test(iso) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return null;
  return iso;
}

/** What stands before the month that something is paid for. */
const paidFor =
  /(?:\bfür|monat|zeitraum|abrechnung|nachweis|bescheinigung|bezüge)(?:[\s:,.;|()-]|\b(?:de[nmrs]|die|im|vo[nm]|zum)\b)*$/i;

/**
 * The month that a text is about, as it stands on a board: `Oktober 2026`. The month of a day (`5. November 2026`) is none; one that stands behind what
 * it is for counts most, and of several others none does.
 */
export function monthIn(text: string): string | undefined {
  const found = new RegExp(
    String.raw`(?<!\d\.?\s{0,2})\b(${monthNames})\s+(20\d{2})\b|(?<![\d./])(0[1-9]|1[0-2])[./](20\d{2})\b`,
    'gi',
  );
  const all = [...text.matchAll(found)].map((each) => {
    const name = each[1]?.toLowerCase() ?? months[Number(each[3]) - 1] ?? '';
    const said = `${name[0]?.toUpperCase()}${name.slice(1)} ${each[2] ?? each[4]}`;
    const named = each[1] !== undefined;
    return { said, named, for: paidFor.test(text.slice(Math.max(0, each.index - 50), each.index)) };
  });
  const first = all.find((each) => each.for);
  if (first !== undefined) return first.said;
  const others = new Set(all.flatMap((each) => (each.named ? [each.said] : [])));
  return others.size === 1 ? [...others][0] : undefined;
}
