import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { projectPath } from '../../platform/env/project.ts';
import { checkPlaceholders } from './placeholders.ts';
import type { PlainWords } from './plain-language.ts';
import type { BlockText, TemplateText } from './texts.ts';
import { type Translations, translationLanguages, translationProblems } from './translation.ts';

/** The block with the instruction on legal remedies (§ 36 SGB X): it stands under every notice, whatever its template says. */
export const remedyBlock = 'rechtsbehelf';

/**
 * The template that asks for the confirmation of an account number; no title of a Jobcenter's own template gives this key. Its code stands on a sheet
 * that is set when it is printed, never in the letter: that is kept, and shown on the person's page.
 */
export const accountTemplate = 'tandem-konto-bestaetigen';

/** The template that invites to an appointment. */
export const invitation = 'einladung-termin';

type TextFile = { readonly key: string; readonly head: ReadonlyMap<string, string>; readonly body: string };

function readFolder(folder: 'blocks' | 'templates'): TextFile[] {
  const files = globSync('*.md', { cwd: projectPath('texts/letters', folder) }).sort();
  return files.map((file) => {
    const [, head = '', body = ''] =
      /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(projectPath('texts/letters', folder, file), 'utf8')) ?? [];
    const lines = head.split('\n').map((line) => /^([a-z]+): (.+)$/.exec(line));
    if (head === '' || lines.some((line) => line === null))
      throw new Error(`texts/letters/${folder}/${file}: the head is wrong.`);
    return {
      key: basename(file, '.md'),
      head: new Map(lines.map((line) => [line?.[1] ?? '', line?.[2] ?? ''])),
      body: body.trim(),
    };
  });
}

const need = (file: TextFile, name: string): string => {
  const value = file.head.get(name);
  if (value === undefined) throw new Error(`texts/letters: ${file.key} has no "${name}".`);
  return value;
};

let blocks: readonly BlockText[] | undefined;
let templates: readonly TemplateText[] | undefined;
let words: PlainWords | undefined;

/** The text blocks the house brings, by key; a Jobcenter may take the place of each, or leave it out. Read once. */
export function shippedBlocks(): readonly BlockText[] {
  blocks ??= readFolder('blocks').map((file) => {
    if (file.body === '' || checkPlaceholders(file.body).length > 0)
      throw new Error(`texts/letters/blocks/${file.key}.md: the text is wrong.`);
    return { key: file.key, title: need(file, 'title'), body: file.body, translations: translationsOf(file) };
  });
  return blocks;
}

/** The translations of a block: files of its name in a folder for each language. */
function translationsOf({ key, body }: TextFile): Translations {
  const files = translationLanguages.map((language) => ({
    language,
    path: projectPath('texts/letters/blocks', `${language}/${key}.md`),
  }));
  const found = files
    .filter(({ path }) => existsSync(path))
    .map(({ language, path }) => [language, readFileSync(path, 'utf8').trim()] as const);
  for (const [language, text] of found)
    if (text === '' || translationProblems(body, text).length > 0)
      throw new Error(`texts/letters/blocks/${language}/${key}.md: the text is wrong.`);
  return Object.fromEntries(found);
}

/** The templates the house brings. Read once. */
export function shippedTemplates(): readonly TemplateText[] {
  templates ??= readFolder('templates').map((file) => {
    const release = need(file, 'release');
    if (release !== 'always' && release !== 'never' && release !== 'above')
      throw new Error(`texts/letters/templates/${file.key}.md: the rule of release is wrong.`);
    const list = need(file, 'blocks')
      .split(',')
      .map((each) => each.trim());
    if (list.some((key) => !shippedBlocks().some((block) => block.key === key)))
      throw new Error(`texts/letters/templates/${file.key}.md: it names a block that is not there.`);
    return {
      key: file.key,
      title: need(file, 'title'),
      subject: need(file, 'subject'),
      kind: need(file, 'kind') === 'notice' ? 'notice' : 'letter',
      discretion: file.head.get('discretion') === 'yes',
      blocks: list,
      release,
      aboveCents: Math.round(Number(file.head.get('above') ?? '0') * 100),
    };
  });
  return templates;
}

/** Office words with a better one. Read once. */
export function plainWords(): PlainWords {
  words ??= new Map(
    readFileSync(projectPath('texts/letters/words.txt'), 'utf8')
      .split('\n')
      .map((line) => line.split(' = '))
      .filter((pair): pair is [string, string] => pair.length === 2)
      .map(([word, better]) => [word.trim().toLowerCase(), better.trim()]),
  );
  return words;
}
