import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { renderPage } from '../../src/platform/media/index.ts';

const wasm = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

/** The texts of all QR codes on a page of a PDF, read from its picture as from a scan (1,240 pixels wide: 150 dpi). */
export async function qrCodesOf(pdf: Uint8Array, page = 1): Promise<string[]> {
  const picture = await renderPage(pdf, 'application/pdf', page, 1240);
  if ('failed' in picture) throw new Error(`The page cannot be drawn: ${picture.failed}.`);
  const png = await sharp(picture.bytes).png().toBuffer();
  return (await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] })).map((each) => each.text);
}
