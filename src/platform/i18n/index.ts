import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import i18next, { type i18n } from 'i18next';
import { projectPath } from '../env/project.ts';

/** The languages a person can choose; German is the source and the fallback. */
export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'de';

/** Looks a text up: `t('portal:start.title')`. Parameters fill `{{name}}`. An unknown key throws: no page shows a key. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** A text in all languages, as data carries it (form definitions, settings). */
export type LocalizedText = Readonly<Record<Language, string>>;

type Tree = { [key: string]: string | Tree };

function readArea(file: string): Tree {
  return JSON.parse(readFileSync(file, 'utf8')) as Tree;
}

/** All areas of one language: the file name is the area (namespace). */
export function readLocale(language: Language): Record<string, Tree> {
  const files = globSync('*.json', { cwd: projectPath('locales', language) }).sort();
  return Object.fromEntries(files.map((f) => [basename(f, '.json'), readArea(projectPath('locales', language, f))]));
}

/** Flat `area:a.b.c` -> text. */
export function flatten(locale: Record<string, Tree>): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (prefix: string, tree: Tree): void => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') flat.set(`${prefix}${key}`, value);
      else walk(`${prefix}${key}.`, value);
    }
  };
  for (const [area, tree] of Object.entries(locale)) walk(`${area}:`, tree);
  return flat;
}

function create(): ReadonlyMap<Language, Translate> {
  const locales = languages.map((language) => [language, readLocale(language)] as const);
  const engine: i18n = i18next.createInstance();
  void engine.init({
    lng: defaultLanguage,
    fallbackLng: defaultLanguage,
    resources: Object.fromEntries(locales),
    interpolation: { escapeValue: false }, // the JSX renderer escapes
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<i18n['init']>[0]);
  return new Map(locales.map(([language, locale]) => [language, translator(engine, language, flatten(locale))]));
}

/** Constant texts come from a map (i18next takes 7 µs a call, a map 50 ns); parameters and plurals go through i18next. */
function translator(engine: i18n, language: Language, flat: ReadonlyMap<string, string>): Translate {
  const fixed = engine.getFixedT(language);
  return (key, params) => {
    const text = flat.get(key);
    if (params === undefined && text !== undefined) return text;
    if (!engine.exists(key, { lng: language, ...params })) throw new Error(`No text for "${key}" in "${language}".`);
    return fixed(key, params ?? {}) as string;
  };
}

let cached: ReadonlyMap<Language, Translate> | undefined;

/** The translator of a language; texts are read once per process. */
export function translate(language: Language): Translate {
  cached ??= create();
  return cached.get(language) as Translate;
}

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

/** Areas shipped, for tests that compare languages. */
export const localeFolder = (): string => dirname(projectPath('locales', 'de'));
