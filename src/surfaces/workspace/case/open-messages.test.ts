import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../platform/i18n/index.ts';
import { AnsweredInTalk } from './open-messages.tsx';
import type { FormProps } from './verb-sheet.tsx';

const now = new Date('2026-11-27T09:00:00Z');
const ids = ['01', '02', '03'].map((end) => `0197a0a0-0000-7000-8000-0000000000${end}`);

/** The box beside a note, where the first so many messages wait; `ticked`: what the form carried that came back. */
const box = (waiting: number, ticked = ''): { settles: string; says: string; checked: boolean } => {
  const events = ids.slice(0, waiting).map((id) => ({ id, at: now, kind: 'message-out', detail: { text: 'Bitte.' } }));
  const props = {
    visit: { t: translate('de'), services: { clock: { now: () => now } } },
    data: { events },
    view: { input: { answered: ticked } },
  } as unknown as FormProps;
  const html = String(AnsweredInTalk({ ...props, circles: false }));
  return {
    settles: /value="([^"]*)"/.exec(html)?.[1] ?? '',
    says: /auf unsere (\d* ?Nachricht(?:en)?) geantwortet/.exec(html)?.[1] ?? '',
    checked: /\schecked/.test(html),
  };
};

test('the box at a note counts the messages that it settles, and not what a colleague wrote after it was ticked', () => {
  assert.deepEqual(box(2), { settles: ids[1], says: '2 Nachrichten', checked: false });
  assert.deepEqual(box(3, ids[1]), { settles: ids[1], says: '2 Nachrichten', checked: true });
  assert.deepEqual(box(3, ids[0]), { settles: ids[0], says: 'Nachricht', checked: true });
  assert.deepEqual(box(3), { settles: ids[2], says: '3 Nachrichten', checked: false });
});
