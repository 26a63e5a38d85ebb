import sharp from 'sharp';
import { pdfOf } from '../../../src/platform/media/samples.ts';
import { seededRandom } from './numbers.ts';

/** Makes different valid documents of about the same size out of one, cheaply: a random comment is written over. */
export type Paper = {
  readonly name: string;
  readonly mediaType: 'image/jpeg' | 'application/pdf';
  /** A copy whose comment is these bytes (16). */
  readonly variant: (mark: Uint8Array) => Buffer;
};

const markBytes = 16;

/** A photo with grain, of about this size: nothing in it can be compressed any further. */
export async function photoOf(bytes: number): Promise<Paper> {
  const jpeg = await noise(bytes);
  // A comment segment (FFFE) after the start marker; readers skip it.
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, markBytes + 2]), Buffer.alloc(markBytes)]);
  return paper('Foto.jpg', 'image/jpeg', Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]), 6);
}

/** A scan: a PDF of one page that holds such a photo. */
export async function scanOf(bytes: number): Promise<Paper> {
  const jpeg = await noise(bytes - 900);
  const { width = 0, height = 0 } = await sharp(jpeg).metadata();
  const pdf = pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>',
    { dict: '', data: Buffer.from('595 0 0 842 0 0 cm /I Do') },
    {
      dict: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
      data: jpeg,
    },
  ]);
  const end = Buffer.concat([Buffer.from('% '), Buffer.alloc(markBytes, 0x20), Buffer.from('\n%%EOF\n')]);
  return paper('Scan.pdf', 'application/pdf', Buffer.concat([pdf, end]), pdf.length + 2);
}

function paper(name: string, mediaType: Paper['mediaType'], template: Buffer, at: number): Paper {
  return {
    name,
    mediaType,
    variant: (mark) => {
      const copy = Buffer.from(template);
      // Readable characters only, so that a comment of a PDF stays one line.
      for (let i = 0; i < markBytes; i += 1) copy[at + i] = 0x41 + ((mark[i] ?? 0) & 15);
      return copy;
    },
  };
}

async function noise(bytes: number): Promise<Buffer> {
  // Noise of quality 80 takes about 1.15 bytes a pixel; one correction brings it close enough.
  let pixels = bytes / 1.15;
  let jpeg = await encode(pixels);
  pixels *= bytes / jpeg.length;
  jpeg = await encode(pixels);
  return jpeg;
}

function encode(pixels: number): Promise<Buffer> {
  const width = Math.max(16, Math.round(Math.sqrt(pixels / Math.SQRT2)));
  const height = Math.max(16, Math.round(pixels / width));
  const random = seededRandom(width);
  return sharp(random.bytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}
