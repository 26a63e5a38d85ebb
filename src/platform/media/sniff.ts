import type { MediaType } from './inspection.ts';

/** How much may stand before `%PDF-` (mail gateways and printers put lines there); readers look no further either. */
const PDF_HEADER_WITHIN = 1024;
/** First bytes of files that are something else, even where a PDF is hidden behind them. */
const FOREIGN = [
  'PK',
  'MZ',
  '\x7fELF',
  '#!',
  'GIF8',
  'Rar!',
  '7z\xbc\xaf',
  '\x1f\x8b',
  'BZh',
  '\xd0\xcf\x11\xe0',
  'RIFF',
];
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const CONTAINER_BRANDS = new Set(['mif1', 'msf1', 'mif2', 'MiHE', 'miaf']);

/** Names a file by its first bytes, never by its name. Undefined: none of the accepted kinds. */
export function sniff(bytes: Buffer): MediaType | undefined {
  if (bytes.length < 12) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff';
  if (head.slice(4, 8) === 'ftyp') return isHeic(bytes) ? 'image/heic' : undefined;
  return isPdf(bytes) ? 'application/pdf' : undefined;
}

function isPdf(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, PDF_HEADER_WITHIN + 5);
  const at = head.indexOf('%PDF-');
  if (at < 0) return false;
  if (at === 0) return true;
  const before = head.slice(0, at);
  return !before.includes('<') && !FOREIGN.some((magic) => before.startsWith(magic));
}

/** A HEVC still image; AVIF and films share the box format but are other kinds. */
function isHeic(bytes: Buffer): boolean {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 512);
  const major = bytes.toString('latin1', 8, 12);
  if (HEIC_BRANDS.has(major)) return true;
  if (!CONTAINER_BRANDS.has(major)) return false;
  for (let at = 16; at + 4 <= end; at += 4) if (HEIC_BRANDS.has(bytes.toString('latin1', at, at + 4))) return true;
  return false;
}
