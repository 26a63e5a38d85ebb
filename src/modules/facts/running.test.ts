import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runningOn } from './running.ts';

const on = (...lines: string[]) => {
  const found = runningOn(lines.map((text) => ({ text })));
  return found && { text: found.text, from: found.from, until: found.until };
};

test('what runs until when is read in the wording of the papers', () => {
  assert.deepEqual(
    on(
      'Arbeitsunfähigkeitsbescheinigung',
      'arbeitsunfähig seit 23.11.2026',
      'voraussichtlich arbeitsunfähig bis einschließlich 27.11.2026',
    ),
    { text: 'Krankschreibung', from: '2026-11-23', until: '2026-11-27' },
  );
  assert.deepEqual(on('Bewilligungsbescheid', 'für den Zeitraum vom 01.12.2026', 'bis zum 31.05.2027'), {
    text: 'Bewilligung',
    from: '2026-12-01',
    until: '2027-05-31',
  });
  assert.deepEqual(on('Mietvertrag', 'Das Mietverhältnis beginnt am 1.2.2027.'), {
    text: 'Mietvertrag',
    from: '2027-02-01',
    until: null,
  });
  assert.deepEqual(on('Aufenthaltserlaubnis', 'gültig bis: 30.06.2028'), {
    text: 'Aufenthaltstitel',
    from: null,
    until: '2028-06-30',
  });
});

test('nothing is made up: no day, no such day, days the wrong way round', () => {
  assert.equal(on('Krankschreibung folgt, arbeitsunfähig ist die Person nicht.'), undefined);
  assert.equal(on('Aufenthaltstitel gültig bis 31.02.2027'), undefined);
  assert.equal(on('Bewilligt für die Zeit vom 01.06.2027 bis 31.12.2026'), undefined);
  assert.equal(on('Rechnung vom 01.11.2026'), undefined);
});
