import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedBlocks } from './shipped.ts';
import { translatedPassages, translationLanguages, translationProblems } from './translation.ts';

const known = [
  { body: 'wir brauchen:\n\n{{items}}', translations: { en: 'we need:\n\n{{items}}' } },
  { body: 'wir brauchen:', translations: { en: 'shorter' } },
  { body: '## Fragen?\n\nRufen Sie an.', translations: { en: '## Questions?\n\nCall us.' } },
  { body: 'Danke.', translations: {} },
  { body: 'Danke.', translations: { en: 'Thank you (as it was once).' } },
];

test('a passage is translated while it stands in the letter word by word, and the longest block counts', () => {
  assert.deepEqual(
    translatedPassages(
      'wir brauchen:\r\n\r\n{{items}}  \n\nEigener Satz.\n\n\n## Fragen?\n\nRufen Sie  an.',
      known,
      'en',
    ),
    [{ text: 'we need:\n\n{{items}}' }, { german: 'Eigener Satz.' }, { text: '## Questions?\n\nCall us.' }],
  );
  assert.deepEqual(translatedPassages('## Fragen?\n\nRufen Sie sofort an.', known, 'en'), [
    { german: '## Fragen?' },
    { german: 'Rufen Sie sofort an.' },
  ]);
});

test('of versions with the same German words the newest decides, also that there is no translation any more', () => {
  assert.deepEqual(translatedPassages('Danke.', known, 'en'), [{ german: 'Danke.' }]);
});

test('a translation fills the same places as the German text', () => {
  assert.deepEqual(translationProblems('Bis {{deadline}}.', 'By {{deadline}}.'), []);
  assert.deepEqual(translationProblems('Bis {{deadline}}.', 'Soon.'), ['deadline']);
  assert.deepEqual(translationProblems('Bald.', 'By {{deadline}} {{wrong}}.'), ['wrong', 'deadline']);
});

test('every shipped block has a translation in every language of the portal', () => {
  for (const block of shippedBlocks())
    for (const language of translationLanguages)
      assert.ok((block.translations[language] ?? '') !== '', `${block.key} ${language}`);
});

test('English words after the salutation begin with a capital letter, as a letter in English does', () => {
  for (const { key, translations } of shippedBlocks()) assert.match(translations['en'] ?? '', /^(## )?[A-Z]/, key);
});
