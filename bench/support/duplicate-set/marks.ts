import sharp, { type OverlayOptions } from 'sharp';
import type { Random } from '../../../src/main/demo/random.ts';
import { pdfium, type Word } from './pdfium.ts';
import { handwrite, inkSvg } from './pen.ts';
import { open, type Picture, raw } from './picture.ts';
import type { Setter } from './typst.ts';
import { germanDay, longDay } from './words.ts';

const notes = [
  'erl.',
  'z.d.A.',
  'Kopie',
  'bitte prüfen!',
  'ok Mü',
  'WV 3.12.',
  'tel. geklärt',
  'Original gesehen',
  'für Jobcenter',
  'siehe Anlage',
  'Frist beachten',
  '2. Anlage fehlt',
];

/** What an office does to paper: stamps, notes by hand, highlighter, holes, a staple. `page` is drawn at `dpi`. */
export async function mark(
  page: Picture,
  words: readonly Word[],
  dpi: number,
  set: Setter,
  r: Random,
): Promise<Picture> {
  const mm = dpi / 25.4;
  const layers: OverlayOptions[] = [];
  const at = (input: Buffer, left: number, top: number): void =>
    void layers.push({ input, left: Math.round(left), top: Math.round(top), blend: 'multiply' });
  if (r.chance(0.75)) {
    const stamp = await rubber(set, dpi, r);
    const [right, low] = [Math.max(1, page.width - stamp.width), Math.max(1, page.height - stamp.height)];
    at(stamp.png, right * (0.3 + r.next() * 0.68), low * r.pick([0.02 + r.next() * 0.3, 0.55 + r.next() * 0.4]));
  }
  for (let n = r.int(0, 3); n > 0; n--) {
    const ink = handwrite(r, r.pick(notes));
    const [height, most] = [(5 + r.next() * 6) * mm, page.width * 0.5];
    const width = Math.min(most, (ink.width / ink.height) * height);
    const svg = inkSvg(ink, r.pick(['#1b2a7a', '#b01818', '#1d6b2c', '#333333']), 0.8).replace(
      '<svg ',
      '<svg preserveAspectRatio="xMinYMin" ',
    );
    const picture = sharp(Buffer.from(svg), { density: (72 * width) / ink.width })
      .flatten({ background: '#fff' })
      .rotate(r.int(-12, 12), { background: '#fff' });
    const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
    at(data, Math.max(0, page.width - info.width) * r.next(), Math.max(0, page.height - info.height) * r.next());
  }
  layers.push({ input: Buffer.from(overlay(page, words, dpi, r)), left: 0, top: 0, blend: 'multiply' });
  return raw(open(page).composite(layers).removeAlpha());
}

async function rubber(set: Setter, dpi: number, r: Random): Promise<{ png: Buffer; width: number; height: number }> {
  const day = germanDay(2026, r.int(6, 12), r.int(1, 28));
  const office = r.pick(['Jobcenter', 'Poststelle', 'Stadtverwaltung', 'Leistungsabteilung', 'Bürgerbüro']);
  const lines = r.pick([
    ['Eingang', longDay(day).replace(/ (\p{L}{3})\p{L}+ /u, ' $1. ')],
    ['EINGEGANGEN', day, office],
    [office, `Eing. ${day}`, `Anl.: ${r.int(1, 6)}`],
    ['KOPIE'],
    ['Mit dem Original verglichen', day],
    ['ERFASST', day],
  ]);
  const pdf = set('stamp.typ', {
    look: r.pick(['box', 'double', 'round', 'bare']),
    font: r.pick(['DejaVu Sans Mono', 'Noto Sans', 'Libertinus Serif']),
    colour: r.pick(['#2a3fa0', '#b02030', '#303030', '#5a2a80', '#1f6f4a']),
    lines,
  });
  const drawn = await (await pdfium()).render(pdf, 0, dpi * (0.9 + r.next() * 0.7));
  const faint = r.int(0, 90);
  const image = open(drawn)
    .linear(1 - faint / 255, faint)
    .blur(0.6)
    .rotate(r.int(-14, 14) + (r.chance(0.06) ? 90 : 0), { background: '#fff' });
  const { data, info } = await image.png().toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

function overlay({ width, height }: Picture, words: readonly Word[], dpi: number, r: Random): string {
  const [mm, k] = [dpi / 25.4, dpi / 72];
  const parts: string[] = [];
  const colour = r.pick(['#fff36b', '#b8f58a', '#ffc0dd', '#ffd27a']);
  if (r.chance(0.55))
    for (let n = r.int(1, 5); n > 0 && words.length > 0; n--) {
      const from = r.int(0, words.length - 1);
      const [first, last] = [words[from] as Word, words[Math.min(words.length - 1, from + r.int(0, 3))] as Word];
      const far = Math.abs(last.y - first.y) < 4 ? last.x + last.width : first.x + first.width;
      const y = (first.y + first.height / 2) * k + (r.next() - 0.5) * mm;
      parts.push(
        `<path d="M${first.x * k - mm} ${y}L${far * k + mm} ${y + (r.next() - 0.5) * mm}" stroke="${colour}" stroke-width="${(3.5 + r.next() * 1.5) * mm}" fill="none"/>`,
      );
    }
  if (r.chance(0.25) && words.length > 0) {
    const w = r.pick(words);
    parts.push(
      `<ellipse cx="${(w.x + w.width / 2) * k}" cy="${(w.y + w.height / 2) * k}" rx="${w.width * k * 0.7 + mm}" ry="${w.height * k * 1.2}" fill="none" stroke="#b01818" stroke-width="${0.5 * mm}"/>`,
    );
  }
  if (r.chance(0.5)) {
    const [x, shade] = [(8 + r.next() * 5) * mm, r.pick(['#3a3a3a', '#8d8d8d', '#111'])];
    for (const y of [height / 2 - 40 * mm, height / 2 + 40 * mm])
      parts.push(`<circle cx="${x}" cy="${y}" r="${2.8 * mm}" fill="${shade}"/>`);
  }
  if (r.chance(0.4))
    parts.push(
      `<g transform="translate(${8 * mm} ${7 * mm}) rotate(${r.int(20, 60)})"><path d="M0 ${mm}H${11 * mm}" stroke="#bbb" stroke-width="${1.4 * mm}"/><path d="M0 0H${11 * mm}" stroke="#555" stroke-width="${0.6 * mm}"/></g>`,
    );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`;
}
