import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { createRandom, type Random } from '../random.ts';

const PAGE_WIDTH = 760;
const MARGIN = 28;
/** A prime number of values, so that rows do not repeat. */
const GRAINS = 65_521;
let library: Promise<PDFiumLibrary> | undefined;
let grain: Int8Array | undefined;

interface Grey {
  readonly data: Uint8Array | Uint8ClampedArray;
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
    .jpeg({ quality: 58, chromaSubsampling: '4:2:0', optimiseCoding: false })
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
  const start = random.int(0, GRAINS - 1);
  const width = page.width + 2 * MARGIN;
  const height = page.height + 2 * MARGIN;
  const data = new Uint8ClampedArray(width * height * 3);
  // Whole numbers with 16 bits behind the point: this loop runs over a million points a photo.
  const [stepX, stepY] = [Math.round(cos * 65_536), Math.round(sin * 65_536)];
  const lightStep = Math.round((paper * slopeX * 65_536) / width);
  const source = page.data;
  let out = 0;
  for (let y = 0; y < height; y++) {
    const dy = y - height / 2;
    let fixedX = Math.round(((-width / 2) * cos + dy * sin + page.width / 2) * 65_536);
    let fixedY = Math.round(((width / 2) * sin + dy * cos + page.height / 2) * 65_536);
    let light = Math.round(paper * (1 + slopeY * (y / height) - slopeX / 2) * 65_536);
    let speck = (start + y * 911) % GRAINS;
    for (let x = 0; x < width; x++) {
      const px = fixedX >> 16;
      const py = fixedY >> 16;
      const inside = px >= 0 && py >= 0 && px < page.width && py < page.height;
      const raw = inside ? (((source[py * page.width + px] as number) * 55) >> 6) + 30 : table;
      const value = ((raw * light) >> 16) + (noise[speck] as number);
      data[out] = value + 4;
      data[out + 1] = value;
      data[out + 2] = value - 9;
      out += 3;
      fixedX += stepX;
      fixedY -= stepY;
      light += lightStep;
      speck = speck + 1 < GRAINS ? speck + 1 : 0;
    }
  }
  return { data, width, height };
}

/** Grain as of a small sensor. */
function grainTile(): Int8Array {
  if (grain) return grain;
  const random = createRandom('grain');
  grain = Int8Array.from({ length: GRAINS }, () =>
    Math.round((random.next() + random.next() + random.next() - 1.5) * 13),
  );
  return grain;
}
