import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSafeLink, parseProse } from './prose.ts';

test('paragraphs, lists, headings, strong words and links are read', () => {
  const { blocks, problems } = parseProse(
    '## Warum\nWir **brauchen** das.\nUnd noch\n\n- eins\n- zwei, [siehe](/arbeit/neues)\n  weiter\n\n1. erst\n2. dann',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(blocks, [
    { kind: 'heading', text: 'Warum' },
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'Wir ' },
        { kind: 'strong', text: 'brauchen' },
        { kind: 'text', text: ' das. Und noch' },
      ],
    },
    {
      kind: 'list',
      ordered: false,
      items: [
        [{ kind: 'text', text: 'eins' }],
        [
          { kind: 'text', text: 'zwei, ' },
          { kind: 'link', text: 'siehe', href: '/arbeit/neues' },
          { kind: 'text', text: ' weiter' },
        ],
      ],
    },
    { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'erst' }], [{ kind: 'text', text: 'dann' }]] },
  ]);
});

test('what a text may not hold is named with its line, and never becomes more than words', () => {
  const text =
    'gut\n<b onclick="x">fett</b>\n![Bild](/x.png)\n\n| a | b |\n[klick](javascript:alert(1))\n[weg](//evil.example/x)';
  const { blocks, problems } = parseProse(text, 5);
  assert.deepEqual(
    problems.map(({ line, code }) => `${line} ${code}`),
    ['6 html', '7 picture', '9 layout', '10 link', '11 link'],
  );
  assert.ok(!JSON.stringify(blocks).includes('"href":"javascript'));
  assert.ok(!JSON.stringify(blocks).includes('"href":"//'));
});

test('links lead to http(s) addresses and own pages only', () => {
  for (const href of ['/arbeit', '/arbeit/suche?q=M%C3%BCller', 'https://www.gesetze-im-internet.de/sgb_2/__22.html'])
    assert.ok(isSafeLink(href), href);
  for (const href of [
    '',
    '//x.example',
    '/\\x.example',
    'data:text/html,x',
    'JavaScript:x',
    'ftp://x',
    'http://',
    'arbeit',
  ])
    assert.ok(!isSafeLink(href), href);
});
