import { A4, createPdf, type PdfWriter, type TextStyle, wrap } from './pdf-writer.ts';

/** Stands on every demo paper, so that none can be taken for a real one. */
export const MARK = 'MUSTER – erfundene Daten';

const LEFT = 62;
const RIGHT = 545;
const BOTTOM = 775;

/** A column of a table: its head, its left edge (or right edge where `right`), in points from the left margin. */
export interface Column {
  readonly head: string;
  readonly at: number;
  readonly right?: boolean;
}

/** A paper written from top to bottom; a new page begins by itself. */
export interface Sheet {
  readonly pdf: PdfWriter;
  letterhead(name: string, lines: readonly string[]): void;
  recipient(lines: readonly string[]): void;
  title(text: string, note?: string): void;
  heading(text: string): void;
  paragraph(text: string, style?: TextStyle): void;
  pairs(rows: readonly (readonly [string, string])[]): void;
  table(columns: readonly Column[], rows: readonly (readonly string[])[], boldRows?: ReadonlySet<number>): void;
  signature(place: string, who: string): void;
  space(points: number): void;
  finish(): Uint8Array;
}

export function createSheet(title: string): Sheet {
  const pdf = createPdf(title);
  let y = 0;
  const begin = (): void => {
    pdf.page();
    pdf.text(150, 560, MARK, { size: 30, grey: 0.91, angle: 40, bold: true });
    pdf.text(A4.width / 2, 24, MARK, { size: 8, grey: 0.35, align: 'center' });
    pdf.text(RIGHT, 815, `Seite ${pdf.pages}`, { size: 8, grey: 0.4, align: 'right' });
    y = 56;
  };
  const room = (height: number): boolean => {
    if (y + height <= BOTTOM) return false;
    begin();
    return true;
  };
  const write = (text: string, style: TextStyle = {}): void => {
    const size = style.size ?? 10;
    for (const line of wrap(text, RIGHT - LEFT, size)) {
      room(size * 1.4);
      pdf.text(LEFT, y, line, style);
      y += size * 1.4;
    }
  };
  begin();
  return {
    pdf,
    letterhead(name, lines) {
      pdf.text(LEFT, y, name, { size: 15, bold: true });
      lines.forEach((line, i) => void pdf.text(RIGHT, y - 6 + i * 11, line, { size: 8, grey: 0.3, align: 'right' }));
      y += Math.max(14, lines.length * 11);
      pdf.line(LEFT, y, RIGHT, y, 1);
      y += 30;
    },
    recipient(lines) {
      for (const line of lines) {
        pdf.text(LEFT, y, line);
        y += 14;
      }
      y += 26;
    },
    title(text, note) {
      room(40);
      pdf.text(LEFT, y, text, { size: 14, bold: true });
      if (note) pdf.text(RIGHT, y, note, { size: 9, align: 'right' });
      y += 24;
    },
    heading(text) {
      room(34);
      y += 8;
      pdf.text(LEFT, y, text, { size: 11, bold: true });
      y += 16;
    },
    paragraph(text, style) {
      write(text, style);
      y += 6;
    },
    pairs(rows) {
      for (const [label, value] of rows) {
        const lines = wrap(value, RIGHT - LEFT - 190, 10);
        room(lines.length * 14);
        pdf.text(LEFT, y, label, { grey: 0.3 });
        for (const line of lines) {
          pdf.text(LEFT + 190, y, line);
          y += 14;
        }
      }
      y += 8;
    },
    table(columns, rows, boldRows) {
      const row = (cells: readonly string[], bold: boolean): void => {
        cells.forEach((cell, i) => {
          const column = columns[i] as Column;
          pdf.text(LEFT + column.at, y, cell, { size: 9, bold, align: column.right ? 'right' : 'left' });
        });
        y += 13.5;
      };
      const head = (): void => {
        pdf.box(LEFT - 4, y - 10, RIGHT - LEFT + 8, 14, 0.92);
        row(
          columns.map((column) => column.head),
          true,
        );
      };
      room(40);
      head();
      rows.forEach((cells, i) => {
        if (room(16)) head();
        if (boldRows?.has(i)) pdf.line(LEFT, y - 10.5, RIGHT, y - 10.5);
        row(cells, boldRows?.has(i) ?? false);
      });
      y += 12;
    },
    signature(place, who) {
      room(80);
      y += 30;
      const points = [0, 14, 22, 30, 41, 52, 60, 75, 90].map(
        (x, i) => `${LEFT + 14 + x} ${A4.height - y + ((who.charCodeAt(i % who.length) * (i + 3)) % 17) - 4}`,
      );
      pdf.raw(
        `0.15 0.2 0.5 RG 1.1 w ${points[0]} m ${points[1]} ${points[2]} ${points[3]} c ${points[4]} ${points[5]} ${points[6]} c ${points[7]} l ${points[8]} l S`,
      );
      pdf.line(LEFT, y + 8, LEFT + 200, y + 8);
      y += 20;
      pdf.text(LEFT, y, `${place}, ${who}`, { size: 8.5 });
      y += 20;
    },
    space(points) {
      y += points;
    },
    finish: () => pdf.finish(),
  };
}
