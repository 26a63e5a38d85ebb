import { readFile } from 'node:fs/promises';
import { PDFiumModule } from '@hyzyla/pdfium';
import { projectPath } from '../env/project.ts';
import { MAX_HEIGHT } from './inspection.ts';
import { type NativeText, type PageContent, readContent } from './pdfium-text.ts';
import { boundWasm, exportedCallback } from './wasm.ts';

/** Pages of WebAssembly memory (64 KiB each) one engine may have: 512 MB. */
const MEMORY_PAGES = 8_192;
/** Bytes a rewritten document may have. */
const MAX_COPY = 128 * 1024 * 1024;
const [ERROR_PASSWORD, ERROR_SECURITY] = [4, 5];
const FORMAT_BGRX = 3;
/** Draw annotations, bytes as red, green, blue, and keep few decoded images. */
const DRAW_FLAGS = 0x01 | 0x10 | 0x200;
const SAVE_WITHOUT_SECURITY = 3;

/** The functions of PDFium that are used (public/fpdfview.h and others), by their exported names; numbers are pointers. */
interface Native extends NativeText {
  readonly wasmExports: NativeText['wasmExports'] & { readonly __indirect_function_table: WebAssembly.Table };
  _FPDF_InitLibraryWithConfig(config: number): void;
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetSecurityHandlerRevision(document: number): number;
  _FPDF_GetFormType(document: number): number;
  _FPDF_GetPageSizeByIndexF(document: number, index: number, size: number): number;
  _FPDFDoc_GetJavaScriptActionCount(document: number): number;
  _FPDFDoc_GetAttachmentCount(document: number): number;
  _FPDFDoc_GetAttachment(document: number, index: number): number;
  _FPDFAttachment_GetName(attachment: number, buffer: number, length: number): number;
  _FPDF_SaveAsCopy(document: number, writer: number, flags: number): number;
  _FPDF_CreateNewDocument(): number;
  _FPDF_ImportPagesByIndex(to: number, from: number, indexes: number, length: number, at: number): number;
  _FPDFPage_GetRotation(page: number): number;
  _FPDFPage_SetRotation(page: number, quarters: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, scan: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, color: number): void;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
  _FPDFBitmap_GetStride(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  // biome-ignore format: one signature
  _FPDF_RenderPageBitmap(bitmap: number, page: number, x: number, y: number, width: number, height: number, rotate: number, flags: number): void;
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number;
  _FPDFDOC_ExitFormFillEnvironment(form: number): void;
  _FORM_OnAfterLoadPage(page: number, form: number): void;
  _FORM_OnBeforeClosePage(page: number, form: number): void;
  // biome-ignore format: one signature
  _FPDF_FFLDraw(form: number, bitmap: number, page: number, x: number, y: number, width: number, height: number, rotate: number, flags: number): void;
}

/** Four bytes a pixel: red, green, blue, unused. */
export interface Raster {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** An open PDF. Page indexes begin at 0. */
export interface PdfDocument {
  readonly pages: number;
  /** It was encrypted, though with an empty password: everybody may open it. */
  readonly secured: boolean;
  /** It has an XFA form (a program in XML). */
  readonly xfa: boolean;
  /** Scripts that run when the document is opened. */
  readonly scripts: number;
  /** Names of the files in its list of embedded files. */
  readonly attachmentNames: readonly string[];
  hasPage(index: number): boolean;
  /** The document written anew: no encryption, every object plain. Undefined when it cannot be. */
  rewritten(): Buffer | undefined;
  /** Some of its pages as a document of their own, their content untouched, each turned by so many degrees; undefined when it cannot be. */
  excerpt(pages: readonly { readonly index: number; readonly turn: number }[]): Buffer | undefined;
  /** Draws a page on white; undefined when the page cannot be read. */
  draw(index: number, width: number): Raster | undefined;
  /** The text layer of a page drawn in this size; undefined when the page cannot be read. */
  content(index: number, width: number, height: number): PageContent | undefined;
  close(): void;
}

/** PDFium in this thread. */
export interface PdfEngine {
  /** Opens a document, or says why not. */
  open(bytes: Uint8Array): PdfDocument | 'encrypted' | 'broken';
  /**
   * Several documents as one, in their order; undefined when one of them cannot be opened or copied. With a `filler`, a page, each begins on an odd
   * page.
   */
  merge(documents: readonly Uint8Array[], filler?: Uint8Array): Buffer | undefined;
  /** Bytes of memory the engine has taken; it never gives any back. */
  memory(): number;
}

/** Loads PDFium with a bound on its memory. */
export async function loadPdfium(): Promise<PdfEngine> {
  const wasm = await readFile(projectPath('node_modules/@hyzyla/pdfium/dist/pdfium.wasm'));
  const wasmBinary = boundWasm(wasm, MEMORY_PAGES).buffer as ArrayBuffer;
  const native = (await PDFiumModule({ wasmBinary, locateFile: () => '' })) as unknown as Native;
  native._FPDF_InitLibraryWithConfig(0);
  const sink = makeSink(native);
  return {
    memory: () => native.HEAPU8.byteLength,
    merge: (documents, filler) => merge(native, sink, documents, filler),
    open: (bytes) => {
      const data = take(native, bytes.length);
      native.HEAPU8.set(bytes, data);
      const handle = native._FPDF_LoadMemDocument(data, bytes.length, 0);
      if (handle !== 0) return openDocument(native, sink, handle, data);
      const error = native._FPDF_GetLastError();
      native.wasmExports.free(data);
      return error === ERROR_PASSWORD || error === ERROR_SECURITY ? 'encrypted' : 'broken';
    },
  };
}

function take(native: Native, size: number): number {
  const pointer = native.wasmExports.malloc(size);
  if (pointer === 0) throw new Error('PDFium has no memory left.');
  return pointer;
}

const view = (native: Native): DataView => new DataView(native.HEAPU8.buffer);

function openDocument(native: Native, sink: Sink, handle: number, data: number): PdfDocument {
  return {
    pages: native._FPDF_GetPageCount(handle),
    secured: native._FPDF_GetSecurityHandlerRevision(handle) >= 0,
    xfa: native._FPDF_GetFormType(handle) >= 2,
    scripts: native._FPDFDoc_GetJavaScriptActionCount(handle),
    attachmentNames: attachmentNames(native, handle),
    hasPage: (index) => {
      const size = take(native, 8);
      const found = native._FPDF_GetPageSizeByIndexF(handle, index, size) !== 0;
      const [width, height] = [view(native).getFloat32(size, true), view(native).getFloat32(size + 4, true)];
      native.wasmExports.free(size);
      return found && width > 0 && height > 0;
    },
    rewritten: () => sink.collect((writer) => native._FPDF_SaveAsCopy(handle, writer, SAVE_WITHOUT_SECURITY) !== 0),
    excerpt: (pages) => excerpt(native, sink, handle, pages),
    draw: (index, width) => drawPage(native, handle, index, width),
    content: (index, width, height) => readContent(native, handle, index, width, height),
    close: () => {
      native._FPDF_CloseDocument(handle);
      native.wasmExports.free(data);
    },
  };
}

function merge(
  native: Native,
  sink: Sink,
  documents: readonly Uint8Array[],
  filler: Uint8Array | undefined,
): Buffer | undefined {
  const whole = native._FPDF_CreateNewDocument();
  if (whole === 0) return undefined;
  const append = (bytes: Uint8Array): boolean => {
    const data = take(native, bytes.length);
    native.HEAPU8.set(bytes, data);
    const handle = native._FPDF_LoadMemDocument(data, bytes.length, 0);
    const at = native._FPDF_GetPageCount(whole);
    const done = handle !== 0 && native._FPDF_ImportPagesByIndex(whole, handle, 0, 0, at) !== 0;
    if (handle !== 0) native._FPDF_CloseDocument(handle);
    native.wasmExports.free(data);
    return done;
  };
  const isOdd = (): boolean => native._FPDF_GetPageCount(whole) % 2 === 1;
  const copied = documents.every((bytes) => (filler === undefined || !isOdd() || append(filler)) && append(bytes));
  const bytes = copied
    ? sink.collect((writer) => native._FPDF_SaveAsCopy(whole, writer, SAVE_WITHOUT_SECURITY) !== 0)
    : undefined;
  native._FPDF_CloseDocument(whole);
  return bytes;
}

function excerpt(
  native: Native,
  sink: Sink,
  handle: number,
  pages: readonly { readonly index: number; readonly turn: number }[],
): Buffer | undefined {
  const indexes = take(native, pages.length * 4);
  for (const [i, { index }] of pages.entries()) view(native).setInt32(indexes + i * 4, index, true);
  const copy = native._FPDF_CreateNewDocument();
  try {
    if (copy === 0 || native._FPDF_ImportPagesByIndex(copy, handle, indexes, pages.length, 0) === 0) return undefined;
    for (const [i, { turn }] of pages.entries()) turnPage(native, copy, i, turn);
    return sink.collect((writer) => native._FPDF_SaveAsCopy(copy, writer, SAVE_WITHOUT_SECURITY) !== 0);
  } finally {
    if (copy !== 0) native._FPDF_CloseDocument(copy);
    native.wasmExports.free(indexes);
  }
}

/** Says in the page that it is to be shown turned clockwise; nothing of its content changes. */
function turnPage(native: Native, document: number, index: number, turn: number): void {
  if (turn % 360 === 0) return;
  const page = native._FPDF_LoadPage(document, index);
  if (page === 0) return;
  native._FPDFPage_SetRotation(page, (native._FPDFPage_GetRotation(page) + turn / 90) % 4);
  native._FPDF_ClosePage(page);
}

function attachmentNames(native: Native, handle: number): string[] {
  const count = Math.min(native._FPDFDoc_GetAttachmentCount(handle), 20);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const attachment = native._FPDFDoc_GetAttachment(handle, index);
    const length = attachment === 0 ? 0 : native._FPDFAttachment_GetName(attachment, 0, 0);
    if (length < 2 || length > 4_000) return '';
    const buffer = take(native, length);
    native._FPDFAttachment_GetName(attachment, buffer, length);
    const name = Buffer.from(native.HEAPU8.subarray(buffer, buffer + length - 2)).toString('utf16le');
    native.wasmExports.free(buffer);
    return name;
  });
}

interface Sink {
  collect(write: (writer: number) => boolean): Buffer | undefined;
}

/** A place PDFium can write to: a structure with a version and one callback (FPDF_FILEWRITE). */
function makeSink(native: Native): Sink {
  let parts: Buffer[] = [];
  let total = 0;
  const slot = exportedCallback(native.wasmExports.__indirect_function_table, (_self, data, size) => {
    total += size;
    if (total > MAX_COPY) return 0;
    parts.push(Buffer.from(native.HEAPU8.subarray(data, data + size)));
    return 1;
  });
  const writer = take(native, 8);
  view(native).setUint32(writer, 1, true);
  view(native).setUint32(writer + 4, slot, true);
  return {
    collect: (write) => {
      [parts, total] = [[], 0];
      const done = write(writer) && total <= MAX_COPY;
      const copy = done ? Buffer.concat(parts) : undefined;
      parts = [];
      return copy;
    },
  };
}

function drawPage(native: Native, handle: number, index: number, wanted: number): Raster | undefined {
  const size = take(native, 8);
  const found = native._FPDF_GetPageSizeByIndexF(handle, index, size) !== 0;
  const [pageWidth, pageHeight] = [view(native).getFloat32(size, true), view(native).getFloat32(size + 4, true)];
  native.wasmExports.free(size);
  if (!found || !(pageWidth > 0) || !(pageHeight > 0)) return undefined;
  const scale = Math.min(wanted / pageWidth, MAX_HEIGHT / pageHeight);
  const width = Math.max(1, Math.round(pageWidth * scale));
  const height = Math.max(1, Math.round(pageHeight * scale));
  const page = native._FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  const bitmap = native._FPDFBitmap_CreateEx(width, height, FORMAT_BGRX, 0, 0);
  if (bitmap === 0) throw new Error('PDFium has no memory left.');
  native._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
  native._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_FLAGS);
  if (native._FPDF_GetFormType(handle) === 1) drawForm(native, handle, page, bitmap, width, height);
  const [buffer, stride] = [native._FPDFBitmap_GetBuffer(bitmap), native._FPDFBitmap_GetStride(bitmap)];
  const pixels = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = buffer + row * stride;
    pixels.set(native.HEAPU8.subarray(start, start + width * 4), row * width * 4);
  }
  native._FPDFBitmap_Destroy(bitmap);
  native._FPDF_ClosePage(page);
  return { pixels, width, height };
}

/** Draws what was typed into the fields of a form: PDFium does not count that as part of the page. */
// biome-ignore format: one signature
function drawForm(native: Native, handle: number, page: number, bitmap: number, width: number, height: number): void {
  const info = take(native, 256);
  native.HEAPU8.fill(0, info, info + 256);
  view(native).setUint32(info, 2, true);
  const form = native._FPDFDOC_InitFormFillEnvironment(handle, info);
  if (form !== 0) {
    native._FORM_OnAfterLoadPage(page, form);
    native._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, DRAW_FLAGS);
    native._FORM_OnBeforeClosePage(page, form);
    native._FPDFDOC_ExitFormFillEnvironment(form);
  }
  native.wasmExports.free(info);
}
