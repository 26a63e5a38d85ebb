/** The functions of PDFium that read a page's text and objects (public/fpdf_text.h, fpdf_edit.h); numbers are pointers. */
export interface NativeText {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void };
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  // biome-ignore format: one signature
  _FPDF_PageToDevice(page: number, x: number, y: number, width: number, height: number, rotate: number, pageX: number, pageY: number, deviceX: number, deviceY: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rect: number): number;
  _FPDFText_HasUnicodeMapError(text: number, index: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
}

/** A character of a page's text layer, its box in pixels of the drawn page. `sound`: the font says which letter it is. */
export type Glyph = {
  readonly char: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly sound: boolean;
};

/** What a PDF says of a page besides its picture. */
export type PageContent = {
  readonly glyphs: readonly Glyph[];
  /** Share of the page that its largest picture covers, 0 to 1: a scan in a PDF has about 1. */
  readonly pictureShare: number;
};

/** Characters of one page; more are no paper that anybody wrote. */
const MAX_GLYPHS = 60_000;
const MAX_OBJECTS = 5_000;
/** Places where a long word may break (zero width space, word joiner, byte order mark): our own letters have them, and no word does. */
const invisible: ReadonlySet<number> = new Set([0x200b, 0x2060, 0xfeff]);
const [IMAGE, FORM] = [3, 5];

/** Reads the text layer of a page drawn `width` by `height` pixels; undefined when the page cannot be opened. */
export function readContent(
  native: NativeText,
  document: number,
  index: number,
  width: number,
  height: number,
): PageContent | undefined {
  const page = native._FPDF_LoadPage(document, index);
  if (page === 0) return undefined;
  const memory = native.wasmExports.malloc(64);
  const text = native._FPDFText_LoadPage(page);
  try {
    return {
      glyphs: text === 0 ? [] : glyphsOf(native, page, text, memory, width, height),
      pictureShare: pictureShare(native, page, memory),
    };
  } finally {
    if (text !== 0) native._FPDFText_ClosePage(text);
    native._FPDF_ClosePage(page);
    native.wasmExports.free(memory);
  }
}

// biome-ignore format: one signature
function glyphsOf(native: NativeText, page: number, text: number, memory: number, width: number, height: number): Glyph[] {
  const count = Math.min(MAX_GLYPHS, native._FPDFText_CountChars(text));
  const glyphs: Glyph[] = [];
  const at = (x: number, y: number): { x: number; y: number } => {
    native._FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, memory + 32, memory + 36);
    const view = new DataView(native.HEAPU8.buffer);
    return { x: view.getInt32(memory + 32, true), y: view.getInt32(memory + 36, true) };
  };
  for (let i = 0; i < count; i++) {
    const code = native._FPDFText_GetUnicode(text, i);
    if (code === 0 || invisible.has(code)) continue;
    if (native._FPDFText_GetLooseCharBox(text, i, memory) === 0) continue;
    const view = new DataView(native.HEAPU8.buffer);
    const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view.getFloat32(memory + offset, true));
    const one = at(left ?? 0, top ?? 0);
    const other = at(right ?? 0, bottom ?? 0);
    glyphs.push({
      char: String.fromCodePoint(code),
      left: Math.min(one.x, other.x),
      top: Math.min(one.y, other.y),
      right: Math.max(one.x, other.x),
      bottom: Math.max(one.y, other.y),
      sound: native._FPDFText_HasUnicodeMapError(text, i) === 0 && code !== 0xfffd,
    });
  }
  return glyphs;
}

/** The largest picture on a page, also one that its producer wrapped into forms, as a share of the page. */
function pictureShare(native: NativeText, page: number, memory: number): number {
  const area = native._FPDF_GetPageWidthF(page) * native._FPDF_GetPageHeightF(page);
  let largest = 0;
  const look = (object: number): void => {
    const type = native._FPDFPageObj_GetType(object);
    if (type !== IMAGE && !(type === FORM && hasPicture(native, object, 0))) return;
    if (native._FPDFPageObj_GetBounds(object, memory, memory + 4, memory + 8, memory + 12) === 0) return;
    const view = new DataView(native.HEAPU8.buffer);
    const [left, bottom, right, top] = [0, 4, 8, 12].map((offset) => view.getFloat32(memory + offset, true));
    largest = Math.max(largest, ((right ?? 0) - (left ?? 0)) * ((top ?? 0) - (bottom ?? 0)));
  };
  const count = Math.min(MAX_OBJECTS, native._FPDFPage_CountObjects(page));
  for (let i = 0; i < count; i++) look(native._FPDFPage_GetObject(page, i));
  return area > 0 ? Math.min(1, largest / area) : 0;
}

/** True for a form that is little else than a picture: one or two objects, one of them an image. */
function hasPicture(native: NativeText, form: number, depth: number): boolean {
  const count = native._FPDFFormObj_CountObjects(form);
  if (count > 3 || depth > 4) return false;
  for (let i = 0; i < count; i++) {
    const inner = native._FPDFFormObj_GetObject(form, i);
    const type = native._FPDFPageObj_GetType(inner);
    if (type === IMAGE || (type === FORM && hasPicture(native, inner, depth + 1))) return true;
  }
  return false;
}
