import { type Mat, type OpenCv, withMats } from './opencv.ts';

export type Point = readonly [x: number, y: number];
/** Top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];
/** A straight edge: the place across at the middle of the picture, and how far it moves across for each step along. */
type Edge = { readonly at: number; readonly lean: number; readonly cut: boolean };
/** A picture of log brightness, so that a step from ground to paper is as high in a shadow as in the light. */
type Relief = { readonly data: Float32Array; readonly cols: number; readonly rows: number };

/** Steepest lean of an edge, and the fineness in which leans are told apart. */
const [MOST_LEAN, LEAN_STEP] = [0.5, 0.02];
/** How far from an edge the brightness on both sides is looked at, in pixels. */
const ASIDE = 5;
/** A step in log brightness that counts: paper 4 % brighter than its ground. */
const STEP = 0.04;
/** Edges that are tried for each side. */
const TRIED = 6;
/** Each edge of a sheet must be seen on this share of its length, all of them on the other. */
const [EACH, ALL] = [0.5, 0.7];
const SMALLEST = 0.25;
/** Writing is this much darker than its paper, in log brightness; so much of all writing may lie outside of a sheet. */
const [INK, OUTSIDE] = [0.3, 0.08];
/** The grain of a dark table is no writing: paper is at most this much darker than the brighter part of the picture. */
const PAPER = 0.6;

/**
 * The corners of a sheet on a ground that may be nearly as bright, with shadows over both, from its four edges (one of which may lie
 * outside of the picture). `smooth` is the picture without its writing. A fold or a rule is no
 * edge: hardly any writing (`ink`) may be left outside. Undefined where no four edges fit.
 */
export function sheetByEdges(cv: OpenCv, smooth: Mat, ink: readonly Point[]): Corners | undefined {
  const upright = relief(smooth);
  const lying = withMats((keep) => {
    const turned = keep(new cv.Mat());
    cv.rotate(smooth, turned, 0); // x of the turned one runs from bottom to top
    return relief(turned);
  });
  const { cols, rows } = upright;
  const lefts = edges(upright, 1);
  const rights = edges(upright, -1);
  const tops = edges(lying, -1).map((edge) => ({ ...edge, at: rows - 1 - edge.at, lean: -edge.lean }));
  const bottoms = edges(lying, 1).map((edge) => ({ ...edge, at: rows - 1 - edge.at, lean: -edge.lean }));
  let best: { corners: Corners; gain: number } | undefined;
  for (const [left, right] of pairs(lefts, rights, cols))
    for (const [top, bottom] of pairs(tops, bottoms, rows)) {
      if ([left, right, top, bottom].filter((edge) => edge.cut).length > 1) continue;
      const corners: Corners = [
        meet(left, top, cols, rows),
        meet(right, top, cols, rows),
        meet(right, bottom, cols, rows),
        meet(left, bottom, cols, rows),
      ];
      if (!plausible(corners, cols, rows)) continue;
      const gain = support(upright, corners, [top.cut, right.cut, bottom.cut, left.cut]);
      if (gain !== undefined && gain > (best?.gain ?? 0) && holds(corners, ink)) best = { corners, gain };
    }
  return best?.corners;
}

function relief({ data, cols, rows }: Mat): Relief {
  const table = new Float32Array(cols * rows);
  for (let i = 0; i < table.length; i++) table[i] = Math.log(12 + (data[i] ?? 0));
  return { data: table, cols, rows };
}

/** The straightest steps from dark to bright (`sign` 1) or bright to dark (-1), from left to right. */
function edges({ data, cols, rows }: Relief, sign: 1 | -1): Edge[] {
  const leans = Math.round((2 * MOST_LEAN) / LEAN_STEP) + 1;
  const margin = Math.ceil((MOST_LEAN * rows) / 2);
  const places = cols + 2 * margin;
  const votes = new Float32Array(leans * places);
  const across = (at: number): number => sign * ((data[at + ASIDE] ?? 0) - (data[at - ASIDE] ?? 0));
  for (let y = ASIDE; y < rows - ASIDE; y += 2)
    for (let x = ASIDE + 2; x < cols - ASIDE - 2; x++) {
      const at = y * cols + x;
      const step = across(at);
      if (
        step < STEP ||
        step < across(at - 1) ||
        step <= across(at + 1) ||
        step < across(at - 2) ||
        step <= across(at + 2)
      )
        continue;
      const along = sign * ((data[at + ASIDE * cols] ?? 0) - (data[at - ASIDE * cols] ?? 0));
      const lean = -along / step;
      const [from, to] = [lean - 0.15, lean + 0.15].map((l) => Math.round((l + MOST_LEAN) / LEAN_STEP)) as [
        number,
        number,
      ];
      for (let l = Math.max(0, from); l <= Math.min(leans - 1, to); l++) {
        const place = Math.round(x - (l * LEAN_STEP - MOST_LEAN) * (y - rows / 2)) + margin;
        for (let beside = place - 1; beside <= place + 1; beside++)
          if (beside >= 0 && beside < places) votes[l * places + beside] = (votes[l * places + beside] ?? 0) + 1;
      }
    }
  const found: Edge[] = [];
  while (found.length < TRIED) {
    let [best, most] = [0, 0];
    for (let i = 0; i < votes.length; i++) if ((votes[i] ?? 0) > most) [best, most] = [i, votes[i] ?? 0];
    if (most < rows * 0.12) break;
    const [l, place] = [Math.floor(best / places), best % places];
    found.push({ at: place - margin, lean: l * LEAN_STEP - MOST_LEAN, cut: false });
    for (let near = Math.max(0, l - 3); near <= Math.min(leans - 1, l + 3); near++)
      votes.fill(0, near * places + Math.max(0, place - 6), near * places + Math.min(places, place + 7));
  }
  return found;
}

/** Two opposite edges; beside those that were found, ones that lie where the picture ends, as level as their counterparts. */
function* pairs(near: readonly Edge[], far: readonly Edge[], size: number): Generator<readonly [Edge, Edge]> {
  for (const a of near) for (const b of far) if (b.at - a.at > size * 0.3) yield [a, b];
  for (const b of far) yield [{ at: 0, lean: b.lean, cut: true }, b];
  for (const a of near) yield [a, { at: size - 1, lean: a.lean, cut: true }];
}

/** Where an edge that runs down (x by y) meets one that runs across (y by x). */
function meet(down: Edge, across: Edge, cols: number, rows: number): Point {
  const y = (across.at + across.lean * (down.at - down.lean * (rows / 2) - cols / 2)) / (1 - across.lean * down.lean);
  return [down.at + down.lean * (y - rows / 2), y];
}

function plausible(corners: Corners, cols: number, rows: number): boolean {
  const [slackX, slackY] = [cols * 0.12, rows * 0.12];
  if (corners.some(([x, y]) => x < -slackX || y < -slackY || x > cols + slackX || y > rows + slackY)) return false;
  let area = 0;
  for (const [i, [x, y]] of corners.entries()) {
    const [nx, ny] = corners[(i + 1) % 4] ?? [x, y];
    area += (x * ny - nx * y) / 2;
  }
  if (area < cols * rows * SMALLEST) return false;
  const [top = 0, right = 0, bottom = 0, left = 0] = corners.map(([x, y], i) => {
    const [nx, ny] = corners[(i + 1) % 4] ?? [x, y];
    return Math.hypot(nx - x, ny - y);
  });
  return Math.max(top, bottom) < Math.min(top, bottom) * 1.6 && Math.max(left, right) < Math.min(left, right) * 1.6;
}

/** Places of writing, on bright paper; `smooth` is the picture without its writing. */
export function inkPoints(picture: Mat, smooth: Mat): Point[] {
  const written = relief(picture).data;
  const { data: paper, cols, rows } = relief(smooth);
  const bright = paper.toSorted()[Math.floor(paper.length * 0.75)] ?? 0;
  const points: Point[] = [];
  for (let y = 2; y < rows; y += 3)
    for (let x = 2; x < cols; x += 3) {
      const ground = paper[y * cols + x] ?? 0;
      if (ground > bright - PAPER && ground - (written[y * cols + x] ?? 0) > INK) points.push([x, y]);
    }
  return points;
}

/** True where nearly all of the writing is within the corners. */
export function holds(corners: Corners, ink: readonly Point[]): boolean {
  const outside = ink.filter(([x, y]) =>
    corners.some(([fx, fy], i) => {
      const [tx, ty] = corners[(i + 1) % 4] ?? [fx, fy];
      return (tx - fx) * (y - fy) - (ty - fy) * (x - fx) < 0;
    }),
  ).length;
  return outside <= ink.length * OUTSIDE;
}

/** How much of the outline is seen: the length of it that is a step, less twice what is not. Undefined where too little is. */
function support(picture: Relief, corners: Corners, cut: readonly boolean[]): number | undefined {
  let [seen, looked] = [0, 0];
  for (const [i, from] of corners.entries()) {
    if (cut[i]) continue;
    const to = corners[(i + 1) % 4] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const [nx, ny] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length]; // inwards: corners run clockwise
    let [steps, places] = [0, 0];
    for (let along = 0.03; along < 0.97; along += 4 / length) {
      const [x, y] = [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];
      const inner = brightness(picture, x + nx * ASIDE, y + ny * ASIDE);
      const outer = brightness(picture, x - nx * ASIDE, y - ny * ASIDE);
      if (inner === undefined || outer === undefined) continue;
      places += 1;
      if (inner - outer > STEP) steps += 1;
    }
    if (places < 10 || steps < places * EACH) return undefined;
    seen += steps;
    looked += places;
  }
  return seen < looked * ALL ? undefined : seen - 2 * (looked - seen);
}

function brightness({ data, cols, rows }: Relief, x: number, y: number): number | undefined {
  const [column, row] = [Math.round(x), Math.round(y)];
  return column < 0 || row < 0 || column >= cols || row >= rows ? undefined : data[row * cols + column];
}
