import { readFileSync } from 'node:fs';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { projectPath } from '../../../src/platform/env/project.ts';
import type { Picture } from './picture.ts';

/** What this file uses of PDFium beneath its wrapper: copying pages between documents, saving, boxes of characters. */
interface Engine {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF64: Float64Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _FPDF_CreateNewDocument(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_ImportPages(target: number, source: number, range: number, index: number): number;
  _FPDF_ImportNPagesToOne(source: number, width: number, height: number, across: number, down: number): number;
  _FPDF_SaveAsCopy(document: number, writer: number, flags: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDFPage_SetRotation(page: number, quarters: number): void;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
}

/** A word and its box in points from the top left corner of the page. */
export interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** (i32, i32, i32) -> i32 that calls the imported function e.f; PDFium wants a WebAssembly function to write with. */
const WRITER = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 127, 127, 127, 1, 127, 2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0,
  0,
]);
let opened: Promise<Pdfium> | undefined;

/** PDFium, loaded once. */
export const pdfium = (): Promise<Pdfium> => {
  opened ??= open();
  return opened;
};

type Pdfium = Awaited<ReturnType<typeof open>>;

async function open() {
  let table: WebAssembly.Table | undefined;
  const wasm = new WebAssembly.Module(readFileSync(projectPath('node_modules/@hyzyla/pdfium/dist/pdfium.wasm')));
  const library = await PDFiumLibrary.init({
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      table = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Table);
      (done as (instance: WebAssembly.Instance, module: WebAssembly.Module) => void)(instance, wasm);
      return instance.exports;
    },
  });
  const engine = (library as unknown as { readonly module: Engine }).module;
  const chunks: Buffer[] = [];
  const write = (_: number, data: number, size: number): number => {
    chunks.push(Buffer.from(engine.HEAPU8.slice(data, data + size)));
    return 1;
  };
  const writer = new WebAssembly.Instance(new WebAssembly.Module(WRITER), { e: { f: write } });
  table?.set(0, writer.exports['f']); // the table is full; its place 0 is the null function that nobody calls
  const struct = engine._malloc(8);
  engine.HEAP32.set([1, 0], struct >> 2);
  const boxes = engine._malloc(32);

  const save = (document: number): Uint8Array => {
    chunks.length = 0;
    engine._FPDF_SaveAsCopy(document, struct, 2);
    return Buffer.concat(chunks);
  };
  const withDocument = async <T>(pdf: Uint8Array, use: (id: number) => T): Promise<T> => {
    const document = await library.loadDocument(pdf);
    try {
      return use((document as unknown as { readonly documentIdx: number }).documentIdx);
    } finally {
      document.destroy();
    }
  };

  return {
    /** How many pages a PDF has. */
    pages: async (pdf: Uint8Array): Promise<number> => {
      const document = await library.loadDocument(pdf);
      const count = document.getPageCount();
      document.destroy();
      return count;
    },
    /** A page as a picture in colour. `index` from 0. */
    async render(pdf: Uint8Array, index: number, dpi: number): Promise<Picture> {
      const document = await library.loadDocument(pdf);
      try {
        const { data, width, height } = await document.getPage(index).render({ scale: dpi / 72, render: 'bitmap' });
        return { data: withoutAlpha(data, width * height), width, height, channels: 3 };
      } finally {
        document.destroy();
      }
    },
    /** Pages of several PDFs one after the other in a new one, as far as possible unchanged. */
    async collect(parts: readonly { readonly pdf: Uint8Array; readonly index: number }[]): Promise<Uint8Array> {
      const target = engine._FPDF_CreateNewDocument();
      for (const [at, { pdf, index }] of parts.entries())
        await withDocument(pdf, (source) => {
          const range = engine._malloc(8);
          engine.HEAPU8.set(Buffer.from(`${index + 1}\0`), range);
          engine._FPDF_ImportPages(target, source, range, at);
          engine._free(range);
        });
      const bytes = save(target);
      engine._FPDF_CloseDocument(target);
      return bytes;
    },
    /** The same pages on paper of another size (points), as printing to a PDF does. */
    refit: (pdf: Uint8Array, width: number, height: number): Promise<Uint8Array> =>
      withDocument(pdf, (source) => {
        const target = engine._FPDF_ImportNPagesToOne(source, width, height, 1, 1);
        const bytes = save(target);
        engine._FPDF_CloseDocument(target);
        return bytes;
      }),
    /** All pages turned by quarters, as a viewer saves them. */
    turn: (pdf: Uint8Array, count: number, quarters: number): Promise<Uint8Array> =>
      withDocument(pdf, (source) => {
        for (let i = 0; i < count; i++) {
          const page = engine._FPDF_LoadPage(source, i);
          engine._FPDFPage_SetRotation(page, quarters);
          engine._FPDF_ClosePage(page);
        }
        return save(source);
      }),
    /** The words of a page with their places. */
    words: (pdf: Uint8Array, index: number, pageHeight: number): Promise<Word[]> =>
      withDocument(pdf, (source) => {
        const page = engine._FPDF_LoadPage(source, index);
        const text = engine._FPDFText_LoadPage(page);
        const found = readWords(engine, text, boxes, pageHeight);
        engine._FPDFText_ClosePage(text);
        engine._FPDF_ClosePage(page);
        return found;
      }),
  };
}

function readWords(engine: Engine, text: number, boxes: number, pageHeight: number): Word[] {
  const words: Word[] = [];
  let open: { text: string; left: number; right: number; bottom: number; top: number } | undefined;
  const close = (): void => {
    if (open)
      words.push({
        text: open.text,
        x: open.left,
        y: pageHeight - open.top,
        width: open.right - open.left,
        height: open.top - open.bottom,
      });
    open = undefined;
  };
  for (let i = 0, count = engine._FPDFText_CountChars(text); i < count; i++) {
    const character = String.fromCodePoint(engine._FPDFText_GetUnicode(text, i) || 32);
    if (/\s/.test(character)) {
      close();
      continue;
    }
    engine._FPDFText_GetCharBox(text, i, boxes, boxes + 8, boxes + 16, boxes + 24);
    const [left = 0, right = 0, bottom = 0, top = 0] = engine.HEAPF64.subarray(boxes >> 3, (boxes >> 3) + 4);
    if (open && (left < open.left - 1 || left > open.right + 4 * (top - bottom + 1))) close();
    open ??= { text: '', left, right, bottom, top };
    open.text += character;
    open.right = Math.max(open.right, right);
    open.bottom = Math.min(open.bottom, bottom);
    open.top = Math.max(open.top, top);
  }
  close();
  return words;
}

/** The bitmap comes as RGBA with opaque white paper. */
function withoutAlpha(data: Uint8Array, count: number): Uint8Array {
  const out = new Uint8Array(count * 3);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 4, to += 3) {
    out[to] = data[from] as number;
    out[to + 1] = data[from + 1] as number;
    out[to + 2] = data[from + 2] as number;
  }
  return out;
}
