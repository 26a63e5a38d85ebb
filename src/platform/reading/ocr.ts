import { createRequire } from 'node:module';
import { projectPath } from '../env/project.ts';
import type { Word } from './page.ts';

/** Languages whose letters can be recognised here, by their Tesseract names; Ukrainian also reads Russian letters. */
export const readableLanguages = ['deu', 'ukr', 'ara'] as const;
export type ReadableLanguage = (typeof readableLanguages)[number];

/** `page`: columns and tables are looked for. `lines`: one block of text, for a strip. */
export type Layout = 'page' | 'lines' | 'sparse';
const MODES: Readonly<Record<Layout, string>> = { page: '3', lines: '6', sparse: '11' };

type Recognized = {
  readonly data: {
    readonly blocks:
      | readonly {
          readonly paragraphs: readonly {
            readonly lines: readonly {
              readonly words: readonly {
                readonly text: string;
                readonly confidence: number;
                readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
              }[];
            }[];
          }[];
        }[]
      | null;
  };
};
type Engine = {
  recognize(image: Buffer, options: object, output: object): Promise<Recognized>;
  setParameters(parameters: object): Promise<unknown>;
  reinitialize(languages: string): Promise<unknown>;
  terminate(): Promise<unknown>;
};

export type Ocr = {
  /** The words of a grey picture (one byte a pixel), with boxes in its pixels; German where no language is told. */
  readonly words: (
    grey: Uint8Array,
    width: number,
    height: number,
    layout: Layout,
    language?: ReadableLanguage,
  ) => Promise<Word[]>;
};

/**
 * Opens the recognizer (Tesseract as WebAssembly; about a second and 200 MB). The models lie in packages: nothing is fetched.
 * The integer model is as good on our pages as the one five times its size.
 */
export async function openOcr(): Promise<Ocr> {
  const { createWorker, OEM } = createRequire(import.meta.url)('tesseract.js') as {
    createWorker(languages: unknown, mode: number, options: object): Promise<Engine>;
    OEM: { LSTM_ONLY: number };
  };
  const engines = new Map<ReadableLanguage, Promise<Engine>>();
  const layouts = new Map<ReadableLanguage, Layout>();
  const engineOf = (name: ReadableLanguage): Promise<Engine> => {
    let engine = engines.get(name);
    if (engine === undefined) {
      const langPath = projectPath('node_modules/@tesseract.js-data', name, '4.0.0_best_int');
      engine = createWorker(name, OEM.LSTM_ONLY, { langPath, cacheMethod: 'none', gzip: true });
      engines.set(name, engine);
    }
    return engine;
  };
  return {
    words: async (grey, width, height, wanted, language = 'deu') => {
      const engine = await engineOf(language);
      if (layouts.get(language) !== wanted)
        await engine.setParameters({ tessedit_pageseg_mode: MODES[wanted], user_defined_dpi: '200' });
      layouts.set(language, wanted);
      const image = Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]);
      const { data } = await engine.recognize(image, {}, { blocks: true, text: false });
      return (data.blocks ?? []).flatMap((block) =>
        block.paragraphs.flatMap((paragraph) => paragraph.lines.flatMap((line) => line.words.flatMap(asWord))),
      );
    },
  };
}

const asWord = (word: {
  readonly text: string;
  readonly confidence: number;
  readonly bbox: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
}): Word[] => {
  const text = word.text.normalize('NFKC').trim();
  const { x0, y0, x1, y1 } = word.bbox;
  if (text === '' || x1 <= x0 || y1 <= y0) return [];
  return [
    { text, x: x0, y: y0, width: x1 - x0, height: y1 - y0, sure: Math.max(0, Math.min(1, word.confidence / 100)) },
  ];
};
