import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { projectPath } from '../env/project.ts';

/** What letters carry: QR and Data Matrix of offices and insurers, Code 128 and 39 of file numbers, PDF417 and Aztec of tickets. */
const options: ReaderOptions = {
  formats: ['QRCode', 'DataMatrix', 'Code128', 'Code39', 'PDF417', 'Aztec'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 12,
};
/** Longer texts are no code of an office. */
const MAX_TEXT = 2_000;
/** Long side of the picture that is searched: enough for a code of 15 mm, and quick. */
const SIDE = 1_800;
let loaded: Promise<unknown> | undefined;

/** Loads the reader from the project's own files; nothing is fetched. */
function load(): Promise<unknown> {
  loaded ??= readFile(projectPath('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).then((wasm) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true }),
  );
  return loaded;
}

/** Texts of all codes on a picture, each once. */
export async function readCodes(image: Sharp): Promise<string[]> {
  await load();
  const { data, info } = await image
    .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = { data: new Uint8ClampedArray(data), width: info.width, height: info.height, colorSpace: 'srgb' };
  const found = await readBarcodes(pixels as unknown as ImageData, options);
  const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, MAX_TEXT));
  return [...new Set(texts.filter((text) => text !== ''))];
}
