/** One JPEG that becomes a page. */
export interface JpegPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly gray: boolean;
}

/** The long side of A4 in PDF points (1/72 inch). */
const LONG_SIDE = 842;

/**
 * Writes a PDF that shows one JPEG on each page, the long side of a page as long as A4's. The same images always give
 * the same bytes: no date, no random id.
 */
export function writeImagePdf(pages: readonly JpegPage[]): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const add = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (id: number, body: string, stream?: Uint8Array): void => {
    offsets[id] = length;
    add(`${id} 0 obj\n${body}\n`);
    if (stream) {
      add('stream\n');
      add(stream);
      add('\nendstream\n');
    }
    add('endobj\n');
  };

  add('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  const kids = pages.map((_, i) => `${3 + i * 3} 0 R`).join(' ');
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  for (const [i, page] of pages.entries()) {
    const [id, content, image] = [3 + i * 3, 4 + i * 3, 5 + i * 3];
    const scale = LONG_SIDE / Math.max(page.width, page.height);
    const [width, height] = [points(page.width * scale), points(page.height * scale)];
    const resources = `<< /XObject << /I ${image} 0 R >> >>`;
    object(
      id,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources ${resources} /Contents ${content} 0 R >>`,
    );
    const drawing = Buffer.from(`q ${width} 0 0 ${height} 0 0 cm /I Do Q`, 'latin1');
    object(content, `<< /Length ${drawing.length} >>`, drawing);
    const space = page.gray ? '/DeviceGray' : '/DeviceRGB';
    const size = `/Width ${page.width} /Height ${page.height} /ColorSpace ${space} /BitsPerComponent 8`;
    object(
      image,
      `<< /Type /XObject /Subtype /Image ${size} /Filter /DCTDecode /Length ${page.jpeg.length} >>`,
      page.jpeg,
    );
  }
  const table = length;
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${rows.join('')}`);
  add(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** A length in points with two decimals at most. */
const points = (value: number): string => String(Math.round(value * 100) / 100);
