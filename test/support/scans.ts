import { qrSvg } from '../../src/platform/pdf/index.ts';

/** A line of a scanned page: text, place in points from the upper left corner, size. */
export type ScanLine = { readonly text: string; readonly x: number; readonly y: number; readonly size?: number };
/** A page of a stack: what stands on it, or a code, or nothing. `upsideDown`: it was laid into the scanner the wrong way. */
export type ScanSheet = {
  readonly lines?: readonly ScanLine[];
  readonly code?: string;
  readonly upsideDown?: boolean;
  readonly landscape?: boolean;
};

const [width, height] = [595, 842];

/**
 * A stack of letters as PDF, with text and drawn codes: what a scanner with text recognition of its own gives. Different for every
 * `mark`, so that the same stack can come again or not.
 */
export function scanPdf(sheets: readonly ScanSheet[], mark = ''): Buffer {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', ''];
  const kids: number[] = [];
  for (const sheet of sheets) {
    const stream = contentOf(sheet);
    const box = sheet.landscape ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`;
    const rotate = sheet.upsideDown ? ' /Rotate 180' : '';
    kids.push(objects.length + 1);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [${box}]${rotate} /Contents ${objects.length + 2} 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>`,
      `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
    );
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`;
  return assemble(objects, mark);
}

function contentOf(sheet: ScanSheet): string {
  const texts = (sheet.lines ?? []).map(({ text, x, y, size = 11 }) => {
    const safe = text.replace(/([()\\])/g, '\\$1').replaceAll('€', '\x80');
    return `BT /F1 ${size} Tf ${x} ${height - y} Td (${safe}) Tj ET`;
  });
  const codes = sheet.code === undefined ? [] : [codeAt(sheet.code, 40, 660), codeAt(sheet.code, 440, 40)];
  return [...texts, ...codes].join('\n');
}

/** A QR code as filled rectangles, 115 points wide, its lower left corner at x, y. */
function codeAt(text: string, x: number, y: number): string {
  const svg = qrSvg(text);
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 1);
  const unit = 115 / size;
  const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].map(([, left, top, length]) => {
    const bottom = y + (size - 1 - Number(top)) * unit;
    return `${(x + Number(left) * unit).toFixed(2)} ${bottom.toFixed(2)} ${(Number(length) * unit).toFixed(2)} ${unit.toFixed(2)} re`;
  });
  return `${runs.join(' ')} f`;
}

function assemble(objects: readonly string[], mark: string): Buffer {
  let pdf = `%PDF-1.4\n% ${mark}\n`;
  const offsets = objects.map((object, i) => {
    const at = Buffer.byteLength(pdf, 'latin1');
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = Buffer.byteLength(pdf, 'latin1');
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}

/** The first page of a letter with everything such a page has. */
export function letterSheet(letter: {
  readonly sender: string;
  readonly to?: readonly string[];
  readonly date?: string;
  readonly subject: string;
  readonly text: readonly string[];
  readonly page?: string;
}): ScanSheet {
  const to = letter.to ?? ['Jobcenter Musterstadt', 'Rathausplatz 1', '01234 Musterstadt'];
  return {
    lines: [
      { text: letter.sender, x: 70, y: 60, size: 16 },
      { text: `${letter.sender} · Lindenweg 7 · 01235 Musterstadt`, x: 70, y: 130, size: 8 },
      ...to.map((text, i) => ({ text, x: 70, y: 150 + i * 15 })),
      { text: `Musterstadt, den ${letter.date ?? '12.11.2026'}`, x: 380, y: 230 },
      { text: letter.subject, x: 70, y: 280, size: 13 },
      { text: 'Sehr geehrte Damen und Herren,', x: 70, y: 315 },
      ...letter.text.map((text, i) => ({ text, x: 70, y: 340 + i * 16 })),
      ...(letter.page === undefined ? [] : [{ text: letter.page, x: 270, y: 810, size: 9 }]),
    ],
  };
}

/** A page that follows another one. */
export const followingSheet = (text: readonly string[], page?: string): ScanSheet => ({
  lines: [
    ...text.map((line, i) => ({ text: line, x: 70, y: 80 + i * 16 })),
    ...(page === undefined ? [] : [{ text: page, x: 270, y: 810, size: 9 }]),
  ],
});
