import { type Candidate, candidatesBehind, chosen, columnMarks, markIn } from './chosen-amount.ts';
import { amountsIn } from './paper-values.ts';

/** A line of a page as it was read; where it stands, in parts of the page, when that is known. */
export type PaperLine = { readonly text: string; readonly top?: number; readonly left?: number };

/** Words that a recogniser may have misread: `l` for `i` or `1`, `rn` for `m`. */
const word = (text: string): string =>
  text.replaceAll('l', '[lI1|]').replaceAll('m', '(?:m|rn)').replaceAll('i', '[i1lí]');

/** What an amount can be called, in its order on a board. */
export const labels = {
  cold: {
    said: 'Kaltmiete',
    words: [word('nettokaltmiete'), word('kaltmiete'), word('grundmiete'), word('nettomiete')],
  },
  extra: { said: 'Nebenkosten', words: [word('nebenkosten'), word('betriebskosten')] },
  heat: { said: 'Heizkosten', words: [word('heizkosten'), word('heiz-'), word('heizung')] },
  warm: { said: 'Gesamtmiete', words: [word('gesamtmiete'), word('warmmiete'), word('miete insgesamt')] },
  gross: { said: 'brutto', words: ['brutto'] },
  net: { said: 'netto', words: ['netto'] },
} as const;
export type Label = keyof typeof labels;
export const rentLabels: readonly Label[] = ['cold', 'extra', 'heat', 'warm'];
export const payLabels: readonly Label[] = ['gross', 'net'];

/** A label that begins inside another word (`Bruttokaltmiete`, `Steuerbrutto`) means something else. */
const patternOf = (wanted: readonly Label[]): RegExp =>
  new RegExp(
    wanted
      .map((label) => {
        const before = label === 'gross' ? '(?<![\\p{L}]|steuer-|sv-)(?:gesamt-?\\s?)?' : '(?<![\\p{L}]|brutto-?)';
        return `(?<${label}>${before}(?:${labels[label].words.join('|')}))`;
      })
      .join('|'),
    'giu',
  );

export type Labelled = { readonly label: Label; readonly cents: number; readonly said: string };

type Cell = { readonly text: string; readonly left: number };
type Row = readonly Cell[];

/** Lines on one height, from left to right: the columns of a table. */
function rowsOf(lines: readonly PaperLine[]): Row[] {
  const rows: { top: number; cells: Cell[] }[] = [];
  for (const [index, { text, top, left }] of lines.entries()) {
    const at = top ?? index;
    const row = rows.at(-1);
    const cell = { text, left: left ?? 0 };
    if (row !== undefined && Math.abs(row.top - at) < 0.006) row.cells.push(cell);
    else rows.push({ top: at, cells: [cell] });
  }
  return rows.map(({ cells }) => cells.toSorted((a, b) => a.left - b.left));
}

/** So far below a label its value may stand, in rows, and so far beside it, in parts of the page's width. */
const rowsBelow = 2;
const besideBelow = 0.12;

/** So far above a row its columns may have their headings, in rows. */
const rowsAbove = 12;

const textOf = (row: Row): string => row.map((cell) => cell.text).join(' ');

/**
 * The amounts that a page gives a name: behind it in its row, before the next name; or below it, in its column or, where a row of names stands above a
 * row of as many amounts, in its turn. Of different amounts of one name the one that holds now and for a month, where the page tells them apart; else
 * none. A name without an amount says nothing.
 */
export function labelledIn(lines: readonly PaperLine[], wanted: readonly Label[]): Labelled[] {
  const rows = rowsOf(lines);
  const found = new Map<Label, Candidate[]>();
  const pattern = patternOf(wanted);
  for (const [index, row] of rows.entries()) {
    const text = textOf(row);
    const names = [...text.matchAll(pattern)].flatMap((match) => {
      const label = wanted.find((each) => match.groups?.[each] !== undefined);
      return label === undefined ? [] : [{ label, at: match.index, end: match.index + match[0].length }];
    });
    const amounts = amountsIn(text);
    for (const [turn, name] of names.entries()) {
      const next = names[turn + 1]?.at ?? text.length;
      const ends = [names[turn - 1]?.end ?? 0, ...amounts.map(({ at, said }) => at + said.length)];
      const before = text.slice(Math.max(...ends.filter((end) => end <= name.at)), name.at);
      const behind = inColumns(rows, index, candidatesBehind(text, amounts, name.end, next, before));
      const seen = amounts.length > 0 ? behind : below(rows, index, row, name, names, turn);
      found.set(name.label, [...(found.get(name.label) ?? []), ...seen.filter(({ cents }) => cents > 0)]);
    }
  }
  return wanted.flatMap((label) => {
    const amount = chosen(found.get(label) ?? []);
    return amount === undefined ? [] : [{ label, cents: amount.cents, said: amount.said }];
  });
}

/** Amounts side by side are told apart by the headings of their columns. */
function inColumns(rows: readonly Row[], index: number, behind: Candidate[]): Candidate[] {
  if (behind.length < 2 || behind.some(({ mark }) => mark !== undefined)) return behind;
  for (const above of rows.slice(Math.max(0, index - rowsAbove), index).toReversed()) {
    const marks = columnMarks(textOf(above), behind.length);
    if (marks !== undefined) return behind.map((each, turn) => ({ ...each, mark: marks[turn] }));
  }
  return behind;
}

function below(
  rows: readonly Row[],
  index: number,
  row: Row,
  name: { readonly at: number },
  names: readonly unknown[],
  turn: number,
): Candidate[] {
  const found: Candidate[] = [];
  for (const under of rows.slice(index + 1, index + 1 + rowsBelow)) {
    const text = textOf(under);
    const amounts = amountsIn(text);
    if (amounts.length === 0) {
      if (/\p{L}{4}/u.test(text)) break; // words between them: what follows is of something else
      continue;
    }
    const left = cellAt(row, name.at)?.left ?? 0;
    const near = under.filter((cell) => Math.abs(cell.left - left) < besideBelow);
    const own = amounts.length === names.length ? amounts.slice(turn, turn + 1) : amountsIn(textOf(near));
    // A row of the old amounts may stand above that of the new ones.
    const mark = markIn(text.slice(0, amounts[0]?.at));
    found.push(...own.map((amount) => ({ ...amount, mark })));
    if (mark !== 'unwanted') break;
  }
  return found;
}

/** The cell in which a place of the joined row lies. */
function cellAt(row: Row, at: number): Cell | undefined {
  let end = 0;
  return row.find((cell) => {
    end += cell.text.length + 1;
    return at < end;
  });
}
