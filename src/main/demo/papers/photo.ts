import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { createRandom, type Random } from '../random.ts';

const PAGE_WIDTH = 840;
const MARGIN = 30;
let library: Promise<PDFiumLibrary> | undefined;
let grain: Int8Array | undefined;

interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The first page of a PDF as if photographed with a phone: slightly turned on a table, shaded paper, grain. Gives JPEG bytes,
 * the same ones for the same page and seed.
 */
export async function photograph(pdf: Uint8Array, seed: string): Promise<Uint8Array> {
  const photo = expose(await raster(pdf), createRandom(seed));
  return sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 3 } })
    .jpeg({ quality: 58, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

async function raster(pdf: Uint8Array): Promise<Grey> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const { data, width, height } = await document
      .getPage(0)
      .render({ scale: PAGE_WIDTH / 595, colorSpace: 'Gray', render: 'bitmap' });
    return { data, width, height };
  } finally {
    document.destroy();
  }
}

/** Turns, shades and grains in one pass over the pixels: each takes the nearest point of the page, or the table beside it. */
function expose(page: Grey, random: Random): Grey {
  const angle = (random.next() - 0.5) * 0.05;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const table = random.int(70, 140);
  const paper = random.int(214, 238) / 255;
  const [slopeX, slopeY] = [(random.next() - 0.5) * 0.16, -random.next() * 0.12];
  const noise = grainTile();
  const start = random.int(0, noise.length - 1);
  const width = page.width + 2 * MARGIN;
  const height = page.height + 2 * MARGIN;
  const data = new Uint8Array(width * height * 3);
  let out = 0;
  for (let y = 0; y < height; y++) {
    const dy = y - height / 2;
    let sourceX = (-width / 2) * cos + dy * sin + page.width / 2;
    let sourceY = (width / 2) * sin + dy * cos + page.height / 2;
    let light = paper * (1 + slopeY * (y / height) - slopeX / 2);
    const step = (paper * slopeX) / width;
    let speck = (start + y * 911) % noise.length;
    for (let x = 0; x < width; x++) {
      const px = sourceX | 0;
      const py = sourceY | 0;
      const inside = sourceX >= 0 && sourceY >= 0 && px < page.width && py < page.height;
      const raw = inside ? (page.data[py * page.width + px] as number) * 0.86 + 30 : table;
      let value = raw * light + (noise[speck] as number);
      if (value < 0) value = 0;
      else if (value > 249) value = 249;
      data[out] = value + 4;
      data[out + 1] = value;
      data[out + 2] = value * 0.95;
      out += 3;
      sourceX += cos;
      sourceY -= sin;
      light += step;
      if (++speck === noise.length) speck = 0;
    }
  }
  return { data, width, height };
}

/** Grain as of a small sensor: a prime number of values, so that rows do not repeat. */
function grainTile(): Int8Array {
  if (grain) return grain;
  const random = createRandom('grain');
  grain = Int8Array.from({ length: 65_521 }, () =>
    Math.round((random.next() + random.next() + random.next() - 1.5) * 13),
  );
  return grain;
}
