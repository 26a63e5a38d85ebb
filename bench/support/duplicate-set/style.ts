import type { Random } from '../../../src/main/demo/random.ts';
import type { Style } from './model.ts';

const typstFonts = ['Noto Sans', 'Roboto', 'Fira Sans', 'Libertinus Serif', 'New Computer Modern', 'DejaVu Sans Mono'];
const plainFonts = ['Helvetica', 'Times-Roman', 'Courier'];

/** A look of its own for a sender: engine, fonts, margins, tables, logo. `mono` asks for a printout of a data centre. */
export function makeStyle(r: Random, engine: Style['engine'] = r.chance(0.62) ? 'typst' : 'plain'): Style {
  const font = r.pick(engine === 'typst' ? typstFonts : plainFonts);
  const accent = `#${[0, 0, 0].map(() => r.int(10, 150).toString(16).padStart(2, '0')).join('')}`;
  const mono = /Mono|Courier/.test(font);
  return {
    engine,
    font,
    size: mono ? r.pick([8, 8.5, 9]) : r.pick([9, 9.5, 10, 10.5, 11, 11.5]),
    layout: r.pick(['din', 'din', 'band', 'side', 'centre', 'dense']),
    table: r.pick(['grid', 'lines', 'zebra', 'bare', 'boxed']),
    accent: r.chance(0.3) ? '#111111' : accent,
    logo: r.chance(0.75) ? logo(r, accent) : '',
    margin: r.pick([15, 18, 20, 22, 25]),
    justify: r.chance(0.35),
    leading: r.pick([0.5, 0.58, 0.65, 0.75]),
    pageNumbers: r.pick(['foot', 'foot', 'head', 'none']),
  };
}

/** A drawn mark: circles, bars, arcs and triangles in two colours. SVG of 100 by 100. */
function logo(r: Random, colour: string): string {
  const other = `#${[0, 0, 0].map(() => r.int(60, 210).toString(16).padStart(2, '0')).join('')}`;
  const shape = (): string => {
    const fill = r.pick([colour, colour, other]);
    const [x, y, s] = [r.int(15, 70), r.int(15, 70), r.int(15, 40)];
    return r.pick([
      `<circle cx="${x}" cy="${y}" r="${s / 1.6}" fill="${fill}"/>`,
      `<rect x="${x - 10}" y="${y - 10}" width="${s}" height="${s * 1.4}" fill="${fill}"/>`,
      `<path d="M${x} ${y - s / 2}L${x + s} ${y + s}H${x - s / 2}z" fill="${fill}"/>`,
      `<circle cx="${x}" cy="${y}" r="${s / 1.4}" fill="none" stroke="${fill}" stroke-width="7"/>`,
      `<path d="M5 ${y}C30 ${y - s} 60 ${y + s} 95 ${y}" fill="none" stroke="${fill}" stroke-width="8"/>`,
    ]);
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">${Array.from({ length: r.int(2, 5) }, shape).join('')}</svg>`;
}
