import { deflateSync } from 'node:zlib';
import type { Random } from '../../../src/main/demo/random.ts';
import type { Block, Field, Model, Style } from './model.ts';
import { latin, type PdfObjects, writePdf } from './pdf-file.ts';
import { handwrite, type Ink, sign } from './pen.ts';

const [WIDTH, HEIGHT, MM] = [595.28, 841.89, 72 / 25.4];
/** Widths of Helvetica, characters 32 to 126 (Adobe Core 14 font metrics); Times is narrower, Courier always 600. */
const HELVETICA =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);

/** Writes a paper the old way: one operator after the other, fonts of the reader, as payroll programs and data centres do. */
export function setPlain(model: Model, style: Style, family: Random, own: Random): Uint8Array {
  const boldOf: Record<string, string> = {
    Helvetica: 'Helvetica-Bold',
    'Times-Roman': 'Times-Bold',
    Courier: 'Courier-Bold',
  };
  const label = family.pick(['Seite {n}', 'Seite {n} / {of}', 'Bl. {n}', '{n}']);
  const leading = style.size * (1 + style.leading * 0.55);
  const left = style.margin * MM;
  const inner = WIDTH - 2 * left;
  const pages: string[][] = [];
  const pen = own.pick(['0.1 0.16 0.5', '0.05 0.05 0.05', '0.1 0.2 0.6']);
  let y = 0;
  let out: string[] = [];

  const widthOf = (text: string, size = style.size): number => {
    if (style.font === 'Courier') return text.length * 0.6 * size;
    let sum = 0;
    for (const c of text) sum += HELVETICA[(c.normalize('NFD').codePointAt(0) ?? 32) - 32] ?? 556;
    return (sum * size * (style.font === 'Helvetica' ? 1 : 0.89)) / 1000;
  };
  const put = (
    x: number,
    text: string,
    { size = style.size, bold = false, at = y, right = false, grey = 0 } = {},
  ): void => {
    const start = right ? x - widthOf(text, size) * (bold && style.font !== 'Courier' ? 1.06 : 1) : x;
    out.push(
      `BT ${grey} g /${bold ? 'B' : 'R'} ${size.toFixed(2)} Tf ${start.toFixed(2)} ${(HEIGHT - at).toFixed(2)} Td ${latin(text)} Tj ET`,
    );
  };
  const rule = (x1: number, x2: number, at: number, width = 0.6): void =>
    void out.push(
      `0 G ${width} w ${x1.toFixed(2)} ${(HEIGHT - at).toFixed(2)} m ${x2.toFixed(2)} ${(HEIGHT - at).toFixed(2)} l S`,
    );
  const box = (x: number, at: number, w: number, h: number, fill = ''): void =>
    void out.push(
      `0 G 0.6 w ${fill === '' ? '' : `${fill} g`} ${x.toFixed(2)} ${(HEIGHT - at - h).toFixed(2)} ${w.toFixed(2)} ${h.toFixed(2)} re ${fill === '' ? 'S' : 'f'}`,
    );
  const draw = (ink: Ink, x: number, at: number, height: number, most: number): void => {
    const k = Math.min(height / ink.height, most / ink.width);
    const path = ink.strokes
      .map((s) =>
        s
          .map(
            ([px, py], i) => `${(x + px * k).toFixed(2)} ${(HEIGHT - at - py * k).toFixed(2)} ${i === 0 ? 'm' : 'l'}`,
          )
          .join(' '),
      )
      .join(' ');
    out.push(`${pen} RG 0.9 w 1 J 1 j ${path} S`);
  };
  const wrap = (text: string, width: number, size = style.size): string[] => {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  };
  const newPage = (): void => {
    out = [];
    pages.push(out);
    y = 16 * MM;
    if (pages.length > 1) {
      put(left, model.running, { size: style.size * 0.85 });
      y += leading * 2;
    }
  };
  const need = (height: number): void => {
    if (y + height > HEIGHT - 24 * MM) newPage();
  };
  const para = (text: string, size = style.size, bold = false): void => {
    for (const line of wrap(text, inner, size)) {
      need(leading);
      put(left, line, { size, bold });
      y += size * (1 + style.leading * 0.55);
    }
    y += leading * 0.45;
  };

  newPage();
  head();
  for (const block of model.blocks) show(block);
  return finish();

  function head(): void {
    const big = style.size * 1.45;
    y += big;
    const logoSize = style.logo === '' ? 0 : 34;
    if (style.logo !== '') mark(style.layout === 'din' ? WIDTH - left - 40 : left, y - big, style.accent);
    const x = style.layout === 'din' ? left : left + logoSize + (logoSize > 0 ? 12 : 0);
    if (style.layout === 'band') box(x, y - big, WIDTH - left - x, big * 1.5, '0.85');
    put(x + (style.layout === 'band' ? 4 : 0), model.sender.name, { size: big, bold: true });
    y += leading * 1.2;
    for (const line of model.sender.lines) {
      put(x, line, { size: style.size * 0.85 });
      y += leading;
    }
    y += leading;
    const top = y;
    for (const line of model.recipient) {
      put(left, line);
      y += leading;
    }
    let at = style.layout === 'side' ? top - leading * 4 : top;
    for (const [key, value] of model.refs) {
      put(WIDTH - left - 190, key, { at, size: style.size * 0.9, grey: 0.25 });
      put(WIDTH - left, value, { at, right: true, size: style.size * 0.9 });
      at += leading;
    }
    y = Math.max(y, at) + leading * 1.5;
    put(style.layout === 'centre' ? (WIDTH - widthOf(model.title, style.size * 1.25)) / 2 : left, model.title, {
      size: style.size * 1.25,
      bold: true,
    });
    if (style.layout !== 'dense') rule(left, WIDTH - left, y + 4, 0.8);
    y += leading * 2;
  }

  function mark(x: number, at: number, colour: string): void {
    const rgb = [1, 3, 5].map((i) => (Number.parseInt(colour.slice(i, i + 2), 16) / 255).toFixed(2)).join(' ');
    const bottom = HEIGHT - at - 30;
    const n = style.logo.length;
    out.push(
      `${rgb} rg ${x} ${bottom} ${8 + (n % 17)} ${12 + (n % 18)} re f ${x + 12} ${bottom + 4} ${6 + (n % 13)} ${5 + (n % 11)} re f ${x} ${bottom} m ${x + 34} ${bottom + (n % 20)} l ${x + 20} ${bottom + 30} l h ${n % 2 === 0 ? 'f' : 'S'}`,
    );
  }

  function show(block: Block): void {
    switch (block.t) {
      case 'heading':
        need(leading * 3);
        y += leading * 0.5;
        put(left, block.text, { bold: true });
        y += leading * 1.2;
        return;
      case 'para':
        para(block.text, style.size, block.bold);
        return;
      case 'small':
        para(block.text, style.size * 0.78);
        return;
      case 'gap':
        y += block.mm * MM;
        return;
      case 'break':
        newPage();
        return;
      case 'list':
        for (const item of block.items) para(`- ${item}`);
        return;
      case 'facts':
        facts(block.rows, block.columns ?? 1);
        return;
      case 'table':
        table(block);
        return;
      case 'fields':
        for (const row of block.rows) fieldRow(row);
        return;
      case 'checks':
        for (const [on, text] of block.rows) {
          need(leading * 1.4);
          box(left, y - 8, 9, 9);
          if (on) put(left + 1.6, 'X', { size: 9, bold: true });
          put(left + 18, text);
          y += leading * 1.3;
        }
        return;
      case 'seal':
        need(60);
        box(WIDTH - left - 95, y, 95, 46);
        wrap(block.text, 85, style.size * 0.7).forEach((line, i) => {
          put(WIDTH - left - 90, line, { at: y + 13 + i * style.size * 0.85, size: style.size * 0.7 });
        });
        y += 56;
        return;
      case 'sign':
        signatures(block);
        return;
    }
  }

  function facts(rows: readonly (readonly [string, string])[], columns: 1 | 2): void {
    rows.forEach(([key, value], i) => {
      if (i % columns === 0) need(leading);
      const x = left + (i % columns) * (inner / 2);
      const tab = columns === 1 ? 165 : 92;
      put(x, style.font === 'Courier' ? `${key}:` : key, { size: columns === 1 ? style.size : style.size * 0.85 });
      put(x + tab, value, { bold: style.table !== 'bare', size: columns === 1 ? style.size : style.size * 0.85 });
      if (i % columns === columns - 1 || i === rows.length - 1) y += leading * 1.05;
    });
    y += leading * 0.6;
  }

  function table({ head: names, widths, rows, total }: Extract<Block, { t: 'table' }>): void {
    const sum = widths.reduce((all, w) => all + Math.abs(w), 0);
    const edges = widths.map(
      (_, i) => left + (widths.slice(0, i).reduce((all, w) => all + Math.abs(w), 0) / sum) * inner,
    );
    const size = style.size * 0.92;
    const row = (cells: readonly string[], bold: boolean, shade: boolean): void => {
      const wrapped = cells.map((cell, i) =>
        wrap(cell, ((edges[i + 1] ?? left + inner) as number) - (edges[i] as number) - 6, size),
      );
      const lines = Math.max(...wrapped.map((w) => w.length));
      const height = leading * lines + (style.layout === 'dense' ? 1 : 3);
      need(height + leading);
      if (shade) box(left, y - style.size, inner, height, '0.9');
      wrapped.forEach((texts, i) => {
        const right = (widths[i] as number) < 0;
        texts.forEach((text, k) => {
          put(right ? ((edges[i + 1] ?? left + inner) as number) - 4 : (edges[i] as number) + 3, text, {
            right,
            bold,
            size,
            at: y + k * leading,
          });
        });
        if (style.table === 'grid')
          box(
            edges[i] as number,
            y - style.size,
            ((edges[i + 1] ?? left + inner) as number) - (edges[i] as number),
            height,
          );
      });
      y += height;
      if (style.table === 'lines') rule(left, left + inner, y - style.size + 1, 0.3);
    };
    need(leading * 3);
    row(names, true, style.table === 'grid' || style.table === 'boxed');
    if (style.table !== 'grid') rule(left, left + inner, y - style.size, 0.8);
    rows.forEach((cells, i) => {
      row(cells, false, style.table === 'zebra' && i % 2 === 1);
    });
    if (total) {
      rule(left, left + inner, y - style.size, 0.8);
      row(total, true, false);
    }
    y += leading * 0.8;
  }

  function fieldRow(row: readonly Field[]): void {
    need(32);
    const sum = row.reduce((all, f) => all + f.width, 0);
    let x = left;
    for (const f of row) {
      const width = (f.width / sum) * inner - 4;
      box(x, y, width, 28);
      put(x + 3, f.label, { at: y + 8, size: 6.2, grey: 0.2 });
      if (f.hand && f.value !== '') draw(handwrite(own, f.value), x + 5, y + 8, 19, width - 8);
      else put(x + 4, f.value, { at: y + 22 });
      x += width + 4;
    }
    y += 32;
  }

  function signatures({ names, place, signed }: Extract<Block, { t: 'sign' }>): void {
    need(80);
    y += leading;
    if (place !== '') put(left, place);
    y += leading;
    names.forEach((name, i) => {
      const x = left + (i * inner) / names.length;
      if (signed) draw(sign(own, name), x + 6, y, own.int(28, 36), 150);
      rule(x, x + inner / names.length - 30, y + 38);
      put(x, name, { at: y + 48, size: style.size * 0.78 });
    });
    y += 64;
  }

  function finish(): Uint8Array {
    pages.forEach((page, i) => {
      out = page;
      const at = HEIGHT - 12 * MM;
      model.footer.forEach((text, k) => {
        put(left + (k * inner) / model.footer.length, text, { at, size: style.size * 0.7, grey: 0.3 });
      });
      const text = label.replace('{n}', String(i + 1)).replace('{of}', String(pages.length));
      if (style.pageNumbers !== 'none')
        put(WIDTH - left, text, {
          at: style.pageNumbers === 'foot' ? at + 14 : 12 * MM,
          right: true,
          size: style.size * 0.8,
        });
    });
    const font = (name: string): string => `<</Type/Font/Subtype/Type1/BaseFont/${name}/Encoding/WinAnsiEncoding>>`;
    const objects: PdfObjects = [font(style.font), font(boldOf[style.font] ?? 'Helvetica-Bold')];
    return writePdf(
      objects,
      pages.map((page) => ({
        width: WIDTH,
        height: HEIGHT,
        resources: '/Font<</R 1 0 R/B 2 0 R>>',
        content: deflateSync(Buffer.from(page.join('\n'), 'latin1')),
      })),
      { Producer: family.pick(['PAISY Druck 7.1', 'SAP Smart Forms', 'iText 2.1.7', 'FPDF 1.81']), Title: model.title },
    );
  }
}
