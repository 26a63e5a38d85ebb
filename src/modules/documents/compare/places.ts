import type { Alignment, Alignments } from './align.ts';
import type { Token, TokenKind } from './token.ts';

/** What stands at one place of both pages; either side may be empty. */
export type Place = {
  readonly a: readonly Token[];
  readonly b: readonly Token[];
  readonly kind: TokenKind;
};

/** Words this near to an edge may be cut. */
const EDGE = 0.02;

type Frame = { readonly width: number; readonly height: number };

/**
 * Lays the words of A over those of B: words that cover each other, split or joined by recognition as may be, make one place.
 * Words that fall outside the other page are left out, there is nothing to compare.
 */
// biome-ignore format: one signature
export function placesOf(a: readonly Token[], b: readonly Token[], { there, back }: Alignments, frameA: Frame, frameB: Frame): Place[] {
  const parents = Array.from({ length: a.length + b.length }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (parents[at] !== at) at = parents[at] ?? at;
    return at;
  };
  const mapped = a.map((token) => mapBox(token, there));
  const rows = new Map<number, number[]>();
  const rowHeight = 40;
  b.forEach((token, j) => {
    for (let row = Math.floor(token.y / rowHeight); row <= Math.floor((token.y + token.height) / rowHeight); row++)
      rows.set(row, [...(rows.get(row) ?? []), j]);
  });
  const covered = new Set<number>();
  mapped.forEach((box, i) => {
    const near = new Set<number>();
    for (let row = Math.floor(box.y / rowHeight) - 1; row <= Math.floor((box.y + box.height) / rowHeight) + 1; row++)
      for (const j of rows.get(row) ?? []) near.add(j);
    for (const j of near) {
      const token = b[j];
      if (token === undefined || !covers(box, token)) continue;
      parents[find(a.length + j)] = find(i);
      covered.add(i);
      covered.add(a.length + j);
    }
  });
  const groups = new Map<number, { a: Token[]; b: Token[] }>();
  const group = (i: number): { a: Token[]; b: Token[] } => {
    const root = find(i);
    const known = groups.get(root) ?? { a: [], b: [] };
    groups.set(root, known);
    return known;
  };
  a.forEach((token, i) => {
    const box = mapped[i];
    if (covered.has(i) || (box !== undefined && inside(box, frameB))) group(i).a.push(token);
  });
  b.forEach((token, j) => {
    if (covered.has(a.length + j) || inside(mapBox(token, back), frameA)) group(a.length + j).b.push(token);
  });
  return [...groups.values()].map(({ a: ofA, b: ofB }) => {
    const byX = (one: Token, other: Token): number => one.x - other.x;
    const both = [...ofA, ...ofB];
    const kind = both.some((t) => t.kind === 'figure') ? 'figure' : both.some((t) => t.kind === 'name') ? 'name' : 'word';
    return { a: ofA.sort(byX), b: ofB.sort(byX), kind };
  });
}

function mapBox(token: Token, alignment: Alignment): Frame & { x: number; y: number } {
  const [x, y] = alignment.map(token.x + token.width / 2, token.y + token.height / 2);
  const [width, height] = [token.width * alignment.scale, token.height * alignment.scale];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Half of the shorter one lies on the other, on the same line. */
function covers(box: Frame & { x: number; y: number }, token: Token): boolean {
  const across = Math.min(box.x + box.width, token.x + token.width) - Math.max(box.x, token.x);
  const down = Math.min(box.y + box.height, token.y + token.height) - Math.max(box.y, token.y);
  return across > Math.min(box.width, token.width) * 0.5 && down > Math.min(box.height, token.height) * 0.45;
}

const inside = (box: Frame & { x: number; y: number }, frame: Frame): boolean =>
  box.x > frame.width * EDGE &&
  box.y > frame.height * EDGE &&
  box.x + box.width < frame.width * (1 - EDGE) &&
  box.y + box.height < frame.height * (1 - EDGE);
