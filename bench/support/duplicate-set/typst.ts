import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';
import { projectPath } from '../../../src/platform/env/project.ts';

interface Compiler {
  compile(options: { mainFilePath: string; inputs: Record<string, string> }): Compiled;
  pdf(document: object, options: { creationTimestamp: number }): Buffer;
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

const FONTS = [
  '@kern-ux/native/dist/fonts/noto-sans/NotoSans-Regular.woff2',
  '@kern-ux/native/dist/fonts/noto-sans/NotoSans-Bold.woff2',
  '@kern-ux/native/dist/fonts/fira-sans/FiraSans-Regular.woff2',
  '@kern-ux/native/dist/fonts/fira-sans/FiraSans-Bold.woff2',
  'fontverter/testdata/Roboto-400.ttf',
];
const LETTERS = `${String.fromCharCode(...Array.from({ length: 600 }, (_, i) => 32 + i))}€„“”‚‘’–—•…☐☒□`;

/** Sets a template of this folder with data; gives a PDF. Typst brings Libertinus, New Computer Modern and DejaVu Sans Mono. */
export type Setter = (template: string, data: unknown) => Uint8Array;

/** Loads Typst with the fonts that the packages of the project hold. */
export async function createSetter(): Promise<Setter> {
  const require = createRequire(import.meta.url);
  const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu') as Addon;
  const fontBlobs: Buffer[] = [];
  for (const name of FONTS)
    fontBlobs.push(
      await subsetFont(readFileSync(projectPath('node_modules', name)), LETTERS, { targetFormat: 'truetype' }),
    );
  const workspace = projectPath('bench/support/duplicate-set');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  return (template, data) => {
    const compiled = compiler.compile({
      mainFilePath: `${workspace}/${template}`,
      inputs: { data: JSON.stringify(data) },
    });
    if (!compiled.result)
      throw new Error(`${template}: ${JSON.stringify(compiled.takeError()?.shortDiagnostics ?? '')}`);
    const bytes = compiler.pdf(compiled.result, { creationTimestamp: 1_790_000_000 });
    compiler.evictCache(2);
    return bytes;
  };
}
