/** The bodies of objects; the first is object 1. A buffer is a whole body with its stream. */
export type PdfObjects = (string | Buffer)[];

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** Entries of the resource dictionary. */
  readonly resources: string;
  /** Operators, deflated. */
  readonly content: Uint8Array;
  readonly rotate?: number;
}

/** Windows-1252 outside Latin-1. */
const HIGH: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‚': 0x82,
  '„': 0x84,
  '…': 0x85,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
};

/** A text as a PDF string in WinAnsi; letters it does not know lose their marks, as on many real papers. */
export function latin(text: string): string {
  let out = '(';
  for (const character of text) {
    const code = HIGH[character] ?? (character.codePointAt(0) as number);
    if (code > 0xff)
      out += character
        .replace('ı', 'i')
        .replace('ł', 'l')
        .normalize('NFD')
        .replace(/[^ -~]/g, '');
    else out += /[()\\]/.test(character) ? `\\${character}` : String.fromCharCode(code);
  }
  return `${out})`;
}

/** A stream object. */
export const stream = (dictionary: string, bytes: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`<<${dictionary}/Length ${bytes.length}>>stream\n`, 'latin1'),
    bytes,
    Buffer.from('\nendstream'),
  ]);

/** A PDF of these objects and pages, with the given entries about its making (ISO 32000-1, 7.5). */
export function writePdf(
  given: PdfObjects,
  pages: readonly PdfPage[],
  info: Readonly<Record<string, string>>,
): Uint8Array {
  const objects = [...given];
  const first = objects.length + 1;
  const tree = first + pages.length * 2;
  pages.forEach((page, i) => {
    const size = `${page.width.toFixed(2)} ${page.height.toFixed(2)}`;
    objects.push(
      `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${size}]${page.rotate ? `/Rotate ${page.rotate}` : ''}/Resources<<${page.resources}>>/Contents ${first + i * 2 + 1} 0 R>>`,
      stream('/Filter/FlateDecode', page.content),
    );
  });
  const kids = pages.map((_, i) => `${first + i * 2} 0 R`).join(' ');
  objects.push(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`, `<</Type/Catalog/Pages ${tree} 0 R>>`);
  objects.push(
    `<<${Object.entries(info)
      .map(([key, value]) => `/${key}${latin(value)}`)
      .join('')}>>`,
  );
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  let length = (parts[0] as Buffer).length;
  const offsets = objects.map((object, i) => {
    const body = Buffer.concat([
      Buffer.from(`${i + 1} 0 obj\n`),
      typeof object === 'string' ? Buffer.from(object, 'latin1') : object,
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(body);
    length += body.length;
    return length - body.length;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root ${tree + 1} 0 R/Info ${tree + 2} 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
