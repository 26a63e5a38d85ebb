import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageLines, suggestCovered } from './lines.ts';

/** A page whose lines are given as words at places: `x|text`. */
const page = (lines: readonly string[]) => ({
  width: 1240,
  height: 1754,
  words: lines.flatMap((line, row) =>
    line.split(/ {2,}/).flatMap((part) => {
      const [x = '0', text = ''] = part.split('|');
      return [{ text, x: Number(x), y: 100 + row * 30, width: text.length * 10, height: 18, sure: 1 }];
    }),
  ),
});

const statement = page([
  '80|Kontostand  300|am  900|1.204,00  1020|H',
  '80|02.11.  200|Lastschrift  900|45,90-',
  '200|Buchhandlung  400|Lesewelt',
  '80|03.11.  200|Gehalt  400|Muster-GmbH  900|1.350,00  1020|H',
  '200|Lohn  300|10/2026',
  '80|04.11.  200|Kirche  900|20,00  1020|S',
  '80|Neuer  200|Saldo  900|-12,00',
]);

test('recipient and purpose of what was spent are suggested, with their following lines', () => {
  const lines = pageLines(statement);
  const covered = [...suggestCovered(statement).keys()].map((index) => lines[index]?.text);
  assert.deepEqual(covered, ['02.11. Lastschrift 45,90-', 'Buchhandlung Lesewelt', '04.11. Kirche 20,00 S']);
});

test('day and amount stay to be read', () => {
  for (const place of suggestCovered(statement).values()) {
    assert.ok(place.x >= 190 / 1240, 'the day is not covered');
    assert.ok(place.x + place.width <= 890 / 1240, 'the amount is not covered');
  }
});

test('a page without words has no lines', () => assert.deepEqual(pageLines(page([])), []));
