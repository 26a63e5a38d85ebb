import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainHints } from './plain-language.ts';
import { plainWords, shippedBlocks } from './shipped.ts';

const kinds = (text: string): string[] => plainHints(text, plainWords()).map((each) => each.kind);

test('long and nested sentences, passive voice and chains of nouns are named', () => {
  const hard =
    'Die Bewilligung der beantragten Leistung wird nach Prüfung der Voraussetzungen und der Mitwirkung erteilt, sofern die Unterlagen, welche fehlen, vorliegen, weil sonst nicht entschieden werden kann.';
  assert.deepEqual(kinds(hard), ['long', 'nested', 'passive', 'nouns']);
  assert.deepEqual(kinds('Wir haben Ihren Antrag geprüft. Sie bekommen das Geld am 1. Dezember.'), []);
  assert.deepEqual(kinds('Wir werden Sie anrufen.'), [], 'the future is no passive');
  assert.deepEqual(kinds('Der Antrag wurde abgelehnt.'), ['passive']);
});

test('abbreviations and office words come with a better one', () => {
  const hints = plainHints(
    'Bitte reichen Sie ggf. den Mietvertrag bzw. die KdU-Bescheinigung zwecks Prüfung ein.',
    plainWords(),
  );
  assert.ok(
    hints.some((each) => each.kind === 'abbreviation' && each.words === 'ggf.' && each.better === 'vielleicht'),
  );
  assert.ok(hints.some((each) => each.words === 'bzw.'));
  assert.deepEqual(hints.find((each) => each.kind === 'jargon')?.words, 'zwecks');
  assert.deepEqual(kinds('Das steht in § 22 Abs. 1 Satz 1 SGB II.'), [], 'citations of the law stay short');
});

test('the shipped blocks are written in plain language', () => {
  for (const block of shippedBlocks()) assert.deepEqual(plainHints(block.body, plainWords()), [], block.key);
});
