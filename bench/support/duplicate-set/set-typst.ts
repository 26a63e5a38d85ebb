import type { Random } from '../../../src/main/demo/random.ts';
import type { Block, Field, Model, Style } from './model.ts';
import { handwrite, inkSvg, sign } from './pen.ts';
import type { Setter } from './typst.ts';

/** Colours of pens. */
export const inks = ['#1b2a7a', '#14204f', '#111111', '#263f9c'] as const;

/** Sets a paper with Typst. `family` decides what papers of one sender share, `own` the pen strokes of this one. */
export function setWithTypst(set: Setter, model: Model, style: Style, family: Random, own: Random): Uint8Array {
  const filled = family.pick(['', 'DejaVu Sans Mono', 'New Computer Modern']);
  const pageLabel = family.pick(['Seite {n} von {of}', '{n}/{of}', '- {n} -', 'Blatt {n}', 'S. {n}']);
  const colour = own.pick(inks);
  return set('paper.typ', {
    style,
    filled,
    pageLabel,
    model: { ...model, blocks: model.blocks.map((block) => inked(block, own, colour)) },
  });
}

function inked(block: Block, r: Random, colour: string): unknown {
  if (block.t === 'sign')
    return {
      ...block,
      signs: block.names.map((name) => ({
        name,
        mm: r.int(9, 13),
        svg: block.signed ? inkSvg(sign(r, name), r.chance(0.5) ? colour : r.pick(inks), 0.6) : '',
      })),
    };
  if (block.t !== 'fields') return block;
  const field = (f: Field): unknown =>
    f.hand && f.value !== '' ? { ...f, ink: { svg: inkSvg(handwrite(r, f.value), colour) } } : f;
  return { ...block, rows: block.rows.map((row) => row.map(field)) };
}
