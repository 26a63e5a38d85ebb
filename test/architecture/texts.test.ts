import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatten, readLocale } from '../../src/platform/i18n/index.ts';
import { isTest } from './layers.ts';
import {
  child,
  children,
  lineOf,
  literal,
  type Node,
  nameOf,
  nodes,
  type Parsed,
  parseSource,
  readSources,
  type Source,
} from './source.ts';

const german = flatten(readLocale('de'));
const areas = new Set([...german.keys()].map((key) => key.split(':')[0]));

/** Words that stand in pages as they are, in every language, each with its reason. */
const allowedWords: Readonly<Record<string, string>> = { Tandem: 'the name of the program' };

/** Attributes that a person reads or hears. */
const readAloud = new Set([
  'title',
  'alt',
  'placeholder',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'label',
  'summary',
  'heading',
  'legend',
  'caption',
  'hint',
]);

const plural = ['_zero', '_one', '_two', '_few', '_many', '_other'];

/** True when German has the text: as it is, in a plural, or (for `a.…`) at least one that fits. */
function exists(key: string): boolean {
  if (!key.includes('…')) return german.has(key) || plural.some((form) => german.has(`${key}${form}`));
  const pattern = fitting(key);
  return [...german.keys()].some((each) => pattern.test(each));
}

/** What a key with `…` can become, with or without a plural; only at its end something may be nothing. */
function fitting(key: string): RegExp {
  const parts = key.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const last = parts.pop() ?? '';
  return new RegExp(`^${parts.join('.+')}${last === '' ? '.*' : `.+${last}`}(_\\w+)?$`);
}

const looksLikeKey = (text: string): boolean =>
  /^[a-z][\w-]*:[\w.…-]*$/i.test(text) && areas.has(text.split(':')[0]) && !text.endsWith(':');

function isLookup(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = child(node, 'callee');
  if (callee?.type === 'CallExpression') return nameOf(child(callee, 'callee')) === 'translate';
  return (nameOf(callee) ?? nameOf(child(callee, 'property'))) === 't';
}

function checkKeys(file: Parsed): string[] {
  const found = new Set<string>();
  for (const node of nodes(file.tree)) {
    const text = literal(isLookup(node) ? children(node, 'arguments')[0] : node);
    if (text === undefined || text.startsWith('…') || (!isLookup(node) && !looksLikeKey(text)) || exists(text))
      continue;
    found.add(`${file.path}:${lineOf(node)} there is no German text for ${text}`);
  }
  return [...found];
}

/**
 * Texts that nothing asks for, as far as the source says it. A key that is put together (`…`) asks for every text that fits, the end of it may be empty; and
 * what is only the beginning of keys asks for all below it. So a text that is named here is surely asked for nowhere.
 */
function unasked(keys: Iterable<string>, files: readonly Parsed[]): string[] {
  const said = new Set(files.flatMap(({ tree }) => [...nodes(tree)].flatMap((node) => literal(node) ?? [])));
  const asked = [...said].filter((text) => areas.has(text.split(':')[0] ?? '') && text.includes(':'));
  const whole = new Set(asked.filter((text) => !text.includes('…')));
  const patterns = asked.filter((text) => text.includes('…')).map(fitting);
  const isAsked = (key: string): boolean =>
    whole.has(key) || [...key.matchAll(/[.:]/g)].some(({ index }) => index > 0 && whole.has(key.slice(0, index)));
  return [...keys].filter((key) => {
    const plain = key.replace(new RegExp(`(${plural.join('|')})$`), '');
    return ![key, plain].some((each) => isAsked(each) || patterns.some((pattern) => pattern.test(each)));
  });
}

const letters = /\p{L}{2,}/u;

/** Text nodes and spoken attributes of pages hold no words: they come from the locales. */
function checkPages(file: Parsed): string[] {
  if (!file.path.endsWith('.tsx')) return [];
  return [...nodes(file.tree)].flatMap((node) => {
    const text = wordsIn(node);
    return text !== undefined && letters.test(text) && allowedWords[text.trim()] === undefined
      ? [`${file.path}:${lineOf(node)} text in code: ${text.trim()}`]
      : [];
  });
}

function wordsIn(node: Node): string | undefined {
  if (node.type === 'JSXText') return String(node['value']);
  if (node.type === 'JSXExpressionContainer') return undefined;
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
    const spoken = children(node, 'children')
      .filter((c) => c.type === 'JSXExpressionContainer')
      .flatMap((c) => literal(child(c, 'expression')) ?? []);
    return spoken.map((text) => text.replaceAll('…', ' ')).find((text) => letters.test(text));
  }
  if (node.type !== 'JSXAttribute') return undefined;
  const name = String(child(node, 'name')?.['name'] ?? '');
  const value = child(node, 'value');
  const text = literal(value) ?? literal(child(value, 'expression'));
  return readAloud.has(name) && text !== undefined && !looksLikeKey(text) ? text : undefined;
}

const parsed = (sources: readonly Source[]): Parsed[] => sources.map(parseSource);
const check = (files: readonly Parsed[]): string[] =>
  files.flatMap((file) => [...checkKeys(file), ...checkPages(file)]);
const house = parsed(readSources('src').filter((source) => !isTest(source.path)));

test('every text that code asks for exists, and no page holds a text of its own', () => {
  const found = check(house);
  assert.deepEqual(found, [], `\n${found.join('\n')}\n`);
});

test('every text is asked for somewhere', () => {
  const found = unasked(german.keys(), house);
  assert.deepEqual(found, [], `nothing asks for:\n${found.join('\n')}\n`);
});

test('a text that nothing asks for is found, and one that is asked for in pieces is not', () => {
  const keys = [
    'ui:a',
    'ui:b_one',
    'ui:b_other',
    'ui:c.d.e',
    'ui:f.g',
    'ui:h',
    'ui:hHelper',
    'ui:i.j',
    'ui:k.l',
    'ui:b',
  ];
  const text = `t('ui:a'); t('ui:b', { count }); t(\`ui:c.\${x}.e\`); t(\`ui:h\${y ? 'Helper' : ''}\`); const all = 'ui:i'; // ui:k.l`;
  assert.deepEqual(unasked(keys, parsed([{ path: 'src/ui/x.tsx', text }])), ['ui:f.g', 'ui:k.l']);
});

const planted: readonly string[] = [
  "const a = t('ui:there.is.no.such.text');",
  "const a = visit.t('nowhere:text', { n: 1 });",
  "const a = translate('de')('ui:there.is.no.such.text');",
  "const key = 'ui:there.is.no.such.text';",
  `const a = t(\`ui:there.is.\${no}.such.text\`);`,
  'const A = () => <p>Guten Tag</p>;',
  "const A = () => <p>{'Guten Tag'}</p>;",
  `const A = () => <p>{\`Guten Tag \${name}\`}</p>;`,
  'const A = () => <input aria-label="Your name" />;',
];

for (const text of planted) {
  test(`a planted violation is found: ${text}`, () =>
    assert.equal(check(parsed([{ path: 'src/surfaces/portal/x.tsx', text }])).length, 1));
}

test('pages without words are not reported', () => {
  const text =
    'const A = () => <p lang="de" class="a">{t(\'receipt:title\')} · {name} <meta name="viewport" content="width=device-width, initial-scale=1" /></p>;';
  assert.deepEqual(check(parsed([{ path: 'src/ui/x.tsx', text }])), []);
});
