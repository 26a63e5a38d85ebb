/**
 * A PDF with one A4 page and a line of text each 60 points, for tests. Latin letters only. `filled`: what somebody typed into a field
 * at the foot of the page.
 */
export function writtenPage(lines: readonly string[], filled?: string): Buffer {
  const octal = (text: string): string =>
    [...Buffer.from(text, 'latin1')]
      .map((byte) => (byte < 128 ? String.fromCharCode(byte) : `\\${byte.toString(8)}`))
      .join('')
      .replace(/[()]/g, '\\$&');
  const stream = lines.map((line, i) => `BT /F1 16 Tf 60 ${740 - i * 60} Td (${octal(line)}) Tj ET`).join('\n');
  const look = filled === undefined ? '' : `BT /F1 16 Tf 4 12 Td (${octal(filled)}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [60 200 460 240] /AP << /N 7 0 R >> >>',
    `<< /Type /XObject /Subtype /Form /BBox [0 0 400 40] /Resources << /Font << /F1 5 0 R >> >> /Length ${look.length} >>\nstream\n${look}\nendstream`,
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = pdf.length;
  pdf += `xref\n0 8\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size 8 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}
