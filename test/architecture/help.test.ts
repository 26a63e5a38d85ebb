import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { helpKeys } from '../../src/modules/help/index.ts';
import { projectPath } from '../../src/platform/env/project.ts';
import { languages } from '../../src/platform/i18n/index.ts';
import { isTest } from './layers.ts';
import { child, children, literal, type Node, nameOf, nodes, parseSource, readSources } from './source.ts';

const components = new Set(['Help', 'WithHelp']);

/** What pages ask for: keys as they are, and patterns with `…` for those that are put together. */
function askedFor(): string[] {
  const sources = readSources('src/surfaces/workspace').filter((source) => !isTest(source.path));
  return sources.map(parseSource).flatMap((file) => [...nodes(file.tree)].flatMap(keyOf));
}

function keyOf(node: Node): string[] {
  if (node.type !== 'JSXOpeningElement' || !components.has(String(child(node, 'name')?.['name']))) return [];
  return children(node, 'attributes').flatMap((attribute) => {
    if (String(child(attribute, 'name')?.['name'] ?? nameOf(child(attribute, 'name'))) !== 'of') return [];
    const value = child(attribute, 'value');
    return literal(value) ?? literal(child(value, 'expression')) ?? [];
  });
}

const fits = (key: string, asked: string): boolean => new RegExp(`^${asked.split('…').join('.+')}$`).test(key);

test('every key of the help has a text, every text a key, and every key stands in a page', () => {
  const asked = askedFor();
  assert.ok(asked.length > 20);
  const texts = globSync('*.md', { cwd: projectPath('texts/help/de') }).map((file) => basename(file, '.md'));
  assert.deepEqual(texts.toSorted(), [...helpKeys].toSorted());
  assert.deepEqual(
    helpKeys.filter((key) => !asked.some((each) => fits(key, each))),
    [],
    'explained, and asked for nowhere',
  );
  assert.deepEqual(
    asked.filter((each) => !helpKeys.some((key) => fits(key, each))),
    [],
    'asked for, and explained nowhere',
  );
});

test('what is German is in every language, and the other way round', () => {
  for (const kind of ['help', 'news', 'tour'])
    for (const language of languages)
      assert.deepEqual(
        globSync('*.md', { cwd: projectPath('texts', kind, language) }).toSorted(),
        globSync('*.md', { cwd: projectPath('texts', kind, 'de') }).toSorted(),
        `${kind} in ${language}`,
      );
});
