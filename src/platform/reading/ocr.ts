import { createRequire } from 'node:module';
import { projectPath } from '../env/project.ts';
import type { Word } from './page.ts';

/** Languages whose letters can be recognised here, by their Tesseract names; Ukrainian also reads Russian letters. */
export const readableLanguages = ['deu', 'ukr', 'ara'] as const;
export type ReadableLanguage = (typeof readableLanguages)[number];

/** `page`: columns and tables are looked for. `lines`: one block of text, for a strip. */
export type Layout = 'page' | 'lines' | 'sparse';
const MODES: Readonly<Record<Layout, string>> = { page: '3', lines: '6', sparse: '11' };

type Recognized = { readonly data: { readonly tsv: string | null } };
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
      // The table is written by the recognizer itself: a fifteenth of the time less than asking it word by word.
      const { data } = await engine.recognize(image, {}, { tsv: true, text: false });
      return (data.tsv ?? '').split('\n').flatMap(asWord);
    },
  };
}

/** Level of a row that is a word, in Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
const WORD = '5';

function asWord(row: string): Word[] {
  const [level, , , , , , x, y, width, height, confidence, ...rest] = row.split('\t');
  const text = rest.join(' ').normalize('NFKC').trim();
  if (level !== WORD || text === '' || Number(width) < 1 || Number(height) < 1) return [];
  const sure = Math.max(0, Math.min(1, Number(confidence) / 100));
  return [{ text, x: Number(x), y: Number(y), width: Number(width), height: Number(height), sure }];
}
