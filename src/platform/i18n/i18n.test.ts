import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatten, languages, readLocale, translate } from './index.ts';

test('every language has exactly the keys of German, with the same parameters', () => {
  const parameters = (text: string) =>
    [...text.matchAll(/\{\{\s*(\w+)/g)]
      .map((m) => m[1])
      .sort()
      .join();
  const german = flatten(readLocale('de'));
  for (const language of languages) {
    const other = flatten(readLocale(language));
    assert.deepEqual([...other.keys()].sort(), [...german.keys()].sort(), language);
    for (const [key, text] of german)
      assert.equal(parameters(other.get(key) ?? ''), parameters(text), `${language} ${key}`);
  }
});

test('an unknown key throws instead of showing itself', () => {
  assert.throws(() => translate('de')('ui:there.is.no.such.key'), /No text/);
});
