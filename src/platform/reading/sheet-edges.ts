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
/** Beyond an edge the ground goes on; beyond a dark band at the head of a letter there is paper again. */
const [BEYOND, GOES_ON] = [36, 0.3];
/** A step in log brightness that counts: paper 4 % brighter than its ground. */
const STEP = 0.04;
/** A step in log brightness that is as good as any higher one. */
const FULL = 0.12;
/** The same for saying exactly where an edge is. */
const NEAR = 3;
/** Focal length of a telephone's camera, held as near as people do, in long sides of its picture; and how far two opposite edges may lean apart. */
const [FOCAL, MOST_TAPER] = [1.1, 0.2];
/** Every so many lines of the picture are looked at. */
const LINES = 3;
/** The least part of a full step along the whole picture that an edge is tried for, and how many edges are for each side. */
const [SEEN_OF_EDGE, TRIED] = [0.12, 8];
/** Each edge of a sheet must be seen on this share of its length, all of them on the other. */
const [EACH, ALL] = [0.5, 0.7];
/** So much of an edge has to lie within the picture; of a scan that lies a little askew the black of the lid shows at its corners only. */
const WITHIN = 0.5;
const SMALLEST = 0.25;
/** Writing is this much darker than its paper, in log brightness; so much of all writing may lie outside of a sheet. */
const [INK, OUTSIDE] = [0.3, 0.08];
/** The shadow that a sheet throws is dark as well; what lies so near to an edge is no writing. */
const ON_EDGE = 6;
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
  let best: { outline: Outline; gain: number } | undefined;
  for (const [left, right] of pairs(lefts, rights, cols))
    for (const [top, bottom] of pairs(tops, bottoms, rows)) {
      const outline = { left, right, top, bottom };
      if (Object.values(outline).filter((edge) => edge.cut).length > 1) continue;
      const corners = cornersOf(outline, cols, rows);
      if (!plausible(corners, cols, rows)) continue;
      const gain = support(upright, corners, [top.cut, right.cut, bottom.cut, left.cut]);
      if (gain !== undefined && gain > (best?.gain ?? 0) && holds(corners, ink)) best = { outline, gain };
    }
  if (best === undefined) return undefined;
  const exact = exactly(best.outline, upright, lying);
  const seen = [inPerspective(exact, cols, rows), exact].map((outline) => cornersOf(outline, cols, rows));
  return seen.find((corners) => plausible(corners, cols, rows)) ?? cornersOf(best.outline, cols, rows);
}

type Outline = { readonly left: Edge; readonly right: Edge; readonly top: Edge; readonly bottom: Edge };

const cornersOf = ({ left, right, top, bottom }: Outline, cols: number, rows: number): Corners => [
  meet(left, top, cols, rows),
  meet(right, top, cols, rows),
  meet(right, bottom, cols, rows),
  meet(left, bottom, cols, rows),
];

/** Each edge moved and leaned a little, to where most of a step is: a degree of slope is a line of writing at the other end of it. */
function exactly({ left, right, top, bottom }: Outline, upright: Relief, lying: Relief): Outline {
  const { rows } = upright;
  const across = (edge: Edge): Edge => ({ ...edge, at: rows - 1 - edge.at, lean: -edge.lean });
  const [first, last] = [[top.at, bottom.at] as const, [left.at, right.at] as const];
  return {
    left: sharpest(upright, left, 1, first),
    right: sharpest(upright, right, -1, first),
    top: across(sharpest(lying, across(top), -1, last)),
    bottom: across(sharpest(lying, across(bottom), 1, last)),
  };
}

function sharpest({ data, cols, rows }: Relief, edge: Edge, sign: 1 | -1, [from, to]: readonly [number, number]): Edge {
  if (edge.cut) return edge;
  const [first, last] = [Math.max(0, Math.ceil(from + 6)), Math.min(rows - 1, Math.floor(to - 6))];
  let best = { edge, sum: -1 };
  for (let aside = -6; aside <= 6; aside++)
    for (let turn = -5; turn <= 5; turn++) {
      const [at, lean] = [edge.at + aside, edge.lean + turn * 0.005];
      let sum = 0;
      for (let y = first; y <= last; y += LINES) {
        const x = Math.round(at + lean * (y - rows / 2));
        if (x < NEAR || x >= cols - NEAR) continue;
        sum += Math.min(FULL, sign * ((data[y * cols + x + NEAR] ?? 0) - (data[y * cols + x - NEAR] ?? 0)));
      }
      if (sum > best.sum) best = { edge: { ...edge, at, lean }, sum };
    }
  return best.edge;
}

/**
 * An edge outside of the picture leans as a camera sees a sheet of right angles: the vanishing points of its two directions, seen from the
 * camera, stand at a right angle to each other. The three other edges give one of them, and the line on which the other one lies.
 */
function inPerspective({ left, right, top, bottom }: Outline, cols: number, rows: number): Outline {
  const [x, y, far] = [cols / 2, rows / 2, FOCAL * Math.max(cols, rows)];
  const leaned = (cut: Edge, beside: Edge, [a, b]: readonly [Edge, Edge], along: number, across: number): Edge => {
    if (!cut.cut) return cut;
    const apart = a.lean - b.lean;
    const to = (b.at - a.at) / (Math.abs(apart) < 1e-4 ? 1e-4 : apart);
    const place = beside.at - across;
    const steep = a.at - along + a.lean * to + to * beside.lean;
    const meets = (-far * far - to * place) / (Math.abs(steep) < 1e-4 ? 1e-4 : steep);
    const lean = (place + beside.lean * meets - (cut.at - across)) / meets;
    if (!(Math.abs(lean - beside.lean) <= MOST_TAPER)) return cut;
    // Nothing that can be seen lies beyond it.
    return { ...cut, lean, at: cut.at + (cut.at < across ? -1 : 1) * Math.abs(lean) * along };
  };
  return {
    left: leaned(left, right, [top, bottom], y, x),
    right: leaned(right, left, [top, bottom], y, x),
    top: leaned(top, bottom, [left, right], x, y),
    bottom: leaned(bottom, top, [left, right], x, y),
  };
}

function relief({ data, cols, rows }: Mat): Relief {
  const table = new Float32Array(cols * rows);
  for (let i = 0; i < table.length; i++) table[i] = Math.log(12 + (data[i] ?? 0));
  return { data: table, cols, rows };
}

/**
 * The straightest steps from dark to bright (`sign` 1) or bright to dark (-1), from left to right: of all lines that lean at most
 * `MOST_LEAN`, those with most of a step along them. A step counts up to `FULL` only, so that a strong one on a short way (a stamp, a
 * finger) is no edge, and one that is weak but runs along the whole sheet is.
 */
function edges({ data, cols, rows }: Relief, sign: 1 | -1): Edge[] {
  const steps = new Float32Array(cols * rows);
  for (let y = 0; y < rows; y += LINES)
    for (let x = ASIDE; x < cols - ASIDE; x++) {
      const at = y * cols + x;
      const step = sign * ((data[at + ASIDE] as number) - (data[at - ASIDE] as number));
      steps[at] = Math.max(-FULL / 2, Math.min(FULL, step));
    }
  const leans = Math.round((2 * MOST_LEAN) / LEAN_STEP) + 1;
  const margin = Math.ceil((MOST_LEAN * rows) / 2);
  const places = cols + 2 * margin;
  const sums = new Float32Array(leans * places);
  for (let l = 0; l < leans; l++)
    for (let y = 0; y < rows; y += LINES) {
      const aside = Math.round((l * LEAN_STEP - MOST_LEAN) * (y - rows / 2)) - margin;
      const [from, to] = [Math.max(0, -aside), Math.min(places, cols - aside)];
      const row = l * places;
      const line = y * cols + aside;
      for (let place = from; place < to; place++) (sums[row + place] as number) += steps[line + place] as number;
    }
  const least = (rows / LINES) * FULL * SEEN_OF_EDGE;
  const found: Edge[] = [];
  while (found.length < TRIED) {
    let [best, most] = [0, least];
    for (let i = 0; i < sums.length; i++) if ((sums[i] as number) > most) [best, most] = [i, sums[i] as number];
    if (most <= least) break;
    const [l, place] = [Math.floor(best / places), best % places];
    found.push({ at: place - margin, lean: l * LEAN_STEP - MOST_LEAN, cut: false });
    for (let near = Math.max(0, l - 4); near <= Math.min(leans - 1, l + 4); near++)
      sums.fill(0, near * places + Math.max(0, place - 9), near * places + Math.min(places, place + 10));
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
      return (tx - fx) * (y - fy) - (ty - fy) * (x - fx) < -ON_EDGE * Math.hypot(tx - fx, ty - fy);
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
    let [steps, places, all, ground, beyond] = [0, 0, 0, 0, 0];
    for (let along = 0.03; along < 0.97; along += 4 / length) {
      all += 1;
      const [x, y] = [from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along];
      const inner = brightness(picture, x + nx * ASIDE, y + ny * ASIDE);
      const outer = brightness(picture, x - nx * ASIDE, y - ny * ASIDE);
      if (inner === undefined || outer === undefined) continue;
      places += 1;
      if (inner - outer > STEP) steps += 1;
      const further = brightness(picture, x - nx * BEYOND, y - ny * BEYOND);
      if (further === undefined) continue;
      beyond += 1;
      if (inner - further > STEP / 2) ground += 1;
    }
    if (places < all * WITHIN || steps < places * EACH || ground < beyond * GOES_ON) return undefined;
    seen += steps;
    looked += places;
  }
  return seen < looked * ALL ? undefined : seen - 2 * (looked - seen);
}

function brightness({ data, cols, rows }: Relief, x: number, y: number): number | undefined {
  const [column, row] = [Math.round(x), Math.round(y)];
  return column < 0 || row < 0 || column >= cols || row >= rows ? undefined : data[row * cols + column];
}
