/** Points of an A4 page. */
export const A4 = { width: 595, height: 842 } as const;

/** How a text is drawn. `angle` in degrees, `grey` from 0 (black) to 1 (white). */
export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly grey?: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly angle?: number;
}

/** A PDF that is drawn piece by piece. Coordinates are points from the top left corner, as on paper. */
export interface PdfWriter {
  page(width?: number, height?: number): void;
  text(x: number, y: number, text: string, style?: TextStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, width?: number, grey?: number): void;
  box(x: number, y: number, width: number, height: number, fillGrey?: number, stroke?: boolean): void;
  /** A free path of PDF operators in page coordinates (origin bottom left), for the few drawings there are. */
  raw(operators: string): void;
  readonly pages: number;
  finish(): Uint8Array;
}

/** Widths of Helvetica for the characters 32 to 126, in thousandths of the size (Adobe Core 14 font metrics). */
const WIDTHS =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);
/** Characters of Windows-1252 outside Latin-1 that our texts use. */
const HIGH: Readonly<Record<string, number>> = {
  '€': 0x80,
  '„': 0x84,
  '…': 0x85,
  '‚': 0x82,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  Š: 0x8a,
  š: 0x9a,
  Ž: 0x8e,
  ž: 0x9e,
};

/** Width of a text in points; bold is a little wider. */
export function widthOf(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += WIDTHS[(character.codePointAt(0) ?? 32) - 32] ?? 556;
  return (sum * size * (bold ? 1.06 : 1)) / 1000;
}

/** Breaks a text into lines of at most this width. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let current = '';
    for (const word of paragraph.split(' ')) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && widthOf(longer, size) > width) {
        lines.push(current);
        current = word;
      } else current = longer;
    }
    lines.push(current);
  }
  return lines;
}

/** A text as a PDF string in WinAnsi; letters it does not know lose their marks, as on many real papers. */
function literal(text: string): string {
  let out = '(';
  for (const character of text) {
    const code = HIGH[character] ?? (character.codePointAt(0) as number);
    if (code > 0xff)
      out += character
        .replace(/[ıłİŁ]/g, (c) => ({ ı: 'i', ł: 'l', İ: 'I', Ł: 'L' })[c] as string)
        .normalize('NFD')
        .replace(/[^ -~]/g, '');
    else if (character === '(' || character === ')' || character === '\\') out += `\\${character}`;
    else out += String.fromCharCode(code);
  }
  return `${out})`;
}

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/**
 * A small writer for text pages: Helvetica (one of the fonts every reader has), lines and boxes, nothing compressed.
 * The tagged papers of the office come from `typeset`; this one draws what people bring, thousands in a few seconds.
 */
export function createPdf(title: string): PdfWriter {
  const pages: { size: string; height: number; ops: string[] }[] = [];
  const here = (): { height: number; ops: string[] } => pages.at(-1) as (typeof pages)[number];
  return {
    get pages() {
      return pages.length;
    },
    page: (width = A4.width, height = A4.height) => void pages.push({ size: `${width} ${height}`, height, ops: [] }),
    text(x, y, text, { size = 10, bold = false, grey = 0, align = 'left', angle = 0 } = {}) {
      const { ops, height } = here();
      const shift = align === 'left' ? 0 : widthOf(text, size, bold) / (align === 'right' ? 1 : 2);
      const radians = (angle * Math.PI) / 180;
      const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
      const place =
        angle === 0
          ? `${number(x - shift)} ${number(height - y)} Td`
          : `${cos.toFixed(4)} ${sin.toFixed(4)} ${(-sin).toFixed(4)} ${cos.toFixed(4)} ${number(x)} ${number(height - y)} Tm`;
      ops.push(`BT /${bold ? 'B' : 'R'} ${size} Tf ${grey} g ${place} ${literal(text)} Tj ET`);
    },
    line(x1, y1, x2, y2, width = 0.6, grey = 0.4) {
      const { ops, height } = here();
      ops.push(`${grey} G ${width} w ${number(x1)} ${number(height - y1)} m ${number(x2)} ${number(height - y2)} l S`);
    },
    box(x, y, width, height, fillGrey = 0.94, stroke = false) {
      const page = here();
      page.ops.push(
        `${fillGrey} g 0.5 G 0.6 w ${number(x)} ${number(page.height - y - height)} ${number(width)} ${number(height)} re ${stroke ? 'B' : 'f'}`,
      );
    },
    raw: (operators) => void here().ops.push(operators),
    finish: () => assemble(title, pages),
  };
}

/** Objects, cross-reference table and trailer (ISO 32000-1, 7.5). */
function assemble(title: string, pages: readonly { size: string; ops: readonly string[] }[]): Uint8Array {
  const font = (name: string): string => `<</Type/Font/Subtype/Type1/BaseFont/${name}/Encoding/WinAnsiEncoding>>`;
  const kids = pages.map((_, i) => `${6 + i * 2} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<</Title ${literal(title)}/Producer (Demo)>>`,
  ];
  pages.forEach(({ size, ops }, i) => {
    const content = ops.join('\n');
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${size}]/Resources<</Font<</R 3 0 R/B 4 0 R>>>>/Contents ${7 + i * 2} 0 R>>`,
    );
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
  });
  let out = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((object, i) => {
    const offset = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n${out.length}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
