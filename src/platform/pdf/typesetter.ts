import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { projectPath } from '../env/project.ts';

/** What this file uses of the Typst compiler. The platform package is a bare addon and ships no types of its own. */
interface Compiler {
  compile(options: { mainFilePath: string; inputs: Record<string, string> }): Compiled;
  mapShadow(path: string, content: Buffer): void;
  unmapShadow(path: string): void;
  pdf(document: object, options: { pdfStandard: string; creationTimestamp: number }): Buffer;
  evictCache(maxAge: number): void;
}
interface Compiled {
  readonly result: object | null;
  takeError(): { readonly shortDiagnostics: unknown[] } | null;
}
interface Addon {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs: { fontBlobs: Buffer[] }[] }): Compiler;
  };
}

const ADDON = '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu';
const FONTS = ['FiraSans-Regular.ttf', 'FiraSans-SemiBold.ttf'];
/** Shown for a character that no font has: PDF/UA forbids glyphs without meaning, and a paper must not fail for an emoji. */
const UNKNOWN = '\u25a1';
const REPLACEMENTS = 6;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it removes.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Sets one document: template file name, data and its pictures by name in, PDF bytes out. */
export type Typesetter = (template: string, data: unknown, files?: Readonly<Record<string, Uint8Array>>) => Uint8Array;

/**
 * Loads the compiler (0.1 to 0.4 s, some 100 MB) and gives the function that sets documents with it. It works in the
 * calling thread and blocks it, so only the typesetting thread calls this; everybody else calls `typeset`.
 * Compiled documents are freed when the event loop turns (140 MB stay level over 1,500 receipts; in a loop that never waits they
 * pile up, 1 MB each).
 */
export function createTypesetter(): Typesetter {
  const { NodeCompiler } = createRequire(import.meta.url)(ADDON) as Addon;
  const fontBlobs = FONTS.map((name) => readFileSync(projectPath('src/assets/fonts', name)));
  const compiler = NodeCompiler.create({ workspace: projectPath('src/assets/typst'), fontArgs: [{ fontBlobs }] });
  return (template, data, files = {}) => {
    if (!/^[a-z][a-z0-9-]*\.typ$/.test(template)) throw new Error(`"${template}" is not the name of a template.`);
    const pictures = Object.entries(files).map(([name, bytes]) => {
      if (!/^[a-z][a-z0-9-]*\.(?:jpg|webp)$/.test(name)) throw new Error(`"${name}" is not the name of a picture.`);
      return { path: projectPath('src/assets/typst', name), bytes };
    });
    for (const { path, bytes } of pictures) compiler.mapShadow(path, Buffer.from(bytes));
    try {
      return setReadable(compiler, template, printable(data), secondsOf(data));
    } finally {
      for (const { path } of pictures) compiler.unmapShadow(path);
      compiler.evictCache(pictures.length > 0 ? 0 : 2); // pictures of people's papers are not kept
    }
  };
}

/** Sets the text; characters that no font has are replaced and the text is set again. */
function setReadable(compiler: Compiler, template: string, first: string, creationTimestamp: number): Uint8Array {
  const mainFilePath = projectPath('src/assets/typst', template);
  let data = first;
  for (let round = 0; ; round++) {
    const compiled = compiler.compile({ mainFilePath, inputs: { data } });
    if (!compiled.result)
      throw new Error(`${template}: ${JSON.stringify(compiled.takeError()?.shortDiagnostics ?? '')}`);
    try {
      return compiler.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp });
    } catch (error) {
      const missing = missingIn(error instanceof Error ? error.message : '');
      if (missing.size === 0 || round === REPLACEMENTS) throw error;
      const last = round === REPLACEMENTS - 1;
      data = [...data].map((c) => (missing.has(c) || (last && isExotic(c)) ? UNKNOWN : c)).join('');
    }
  }
}

/** The characters named in "the text … could not be displayed" (Rust writes some of them as escapes). */
function missingIn(message: string): Set<string> {
  const found = new Set<string>();
  for (const [, text = ''] of message.matchAll(/the text `(.*?)` could not be displayed/gs)) {
    const plain = text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    for (const character of plain) if (character > '\u007e') found.add(character);
  }
  return found;
}

/** Outside Latin, Greek, Cyrillic and common signs: what the shipped fonts have for certain ends here. */
const isExotic = (c: string): boolean =>
  !/[\p{ASCII}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u00a0-\u00ff\u2010-\u2026\u20ac\u25a1]/u.test(c);

/** JSON whose texts hold nothing that cannot stand on paper: no control characters (line ends and tabs stay), no half surrogate pairs. */
const printable = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replace(CONTROL, ' ') : value,
  );

/** Day of the document as seconds since 1970: the same data gives the same bytes, whatever the clock says. */
function secondsOf(data: unknown): number {
  const date = typeof data === 'object' && data !== null && 'date' in data ? data.date : undefined;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new Error('The data of a document needs "date" as YYYY-MM-DD.');
  return Date.parse(`${date}T12:00:00Z`) / 1000;
}
