import type { Random } from '../../../src/main/demo/random.ts';
import { pdfium } from './pdfium.ts';
import { open, type Picture } from './picture.ts';
import type { Setter } from './typst.ts';

/** A phone that shows a page in its viewer: bars above and below, the page scrolled or zoomed a little. PNG bytes. */
export async function screenshot(page: Picture, set: Setter, r: Random): Promise<Buffer> {
  const width = r.pick([828, 1080, 1170]);
  const height = Math.round(width * (r.chance(0.5) ? 2.164 : 1.78));
  const [dark, bar] = [r.chance(0.3), Math.round(width * 0.16)];
  const fill = dark ? '#202124' : '#f4f4f6';
  const colour = dark ? '#e8eaed' : '#202020';
  const inner = Math.round(width * (0.94 + r.next() * 0.12));
  const shown = await open(page)
    .resize({ width: inner })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const free = height - 2 * bar;
  const top = bar + Math.max(0, Math.round((free - shown.info.height) * r.next() * 0.5));
  const side = Math.round(Math.max(0, (inner - width) * r.next()));
  const visible = await open(page)
    .resize({ width: inner })
    .extract({
      left: side,
      top: 0,
      width: Math.min(width, inner - side),
      height: Math.min(shown.info.height, height - bar - top),
    })
    .toBuffer();
  const cut = {
    width: Math.min(width, inner - side),
    height: Math.min(shown.info.height, height - bar - top),
    channels: 3 as const,
  };
  const name = r.pick(['Dokument.pdf', 'Anhang 1', 'Download (3).pdf', 'WhatsApp', 'Posteingang']);
  const head = await strip(
    set,
    [name, `${r.int(7, 22)}:${r.int(10, 59)}   ${r.int(9, 99)} %`],
    { fill, colour },
    width,
    bar,
  );
  const foot = await strip(
    set,
    [r.pick(['Teilen', 'Zurück', '< Fertig']), r.pick(['1 / 1', '...', 'Suchen'])],
    { fill, colour },
    width,
    bar,
  );
  return open({ data: new Uint8Array(width * height * 3).fill(dark ? 24 : 205), width, height, channels: 3 })
    .composite([
      { input: visible, raw: cut, left: Math.max(0, Math.round((width - cut.width) / 2)), top },
      { input: head, left: 0, top: 0 },
      { input: foot, left: 0, top: height - bar },
    ])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

async function strip(
  set: Setter,
  lines: readonly string[],
  look: { fill: string; colour: string },
  width: number,
  height: number,
): Promise<Buffer> {
  const pdf = set('stamp.typ', { look: 'bar', font: 'Roboto', lines, ...look });
  const drawn = await (await pdfium()).render(pdf, 0, 200);
  return open(drawn)
    .trim()
    .resize(width, height, { fit: 'contain', background: look.fill })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
