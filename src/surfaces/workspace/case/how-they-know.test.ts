import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../platform/i18n/index.ts';
import { HowTheyKnow } from './how-they-know.tsx';

type Happened = { readonly actorKind: string; readonly kind: string };

/** What is said of a person whose case has these submissions, and in which this happened. */
const said = (
  submissions: readonly { channel: string; answers: unknown }[],
  email: string | null = null,
  events: readonly Happened[] = [],
): string =>
  String(
    HowTheyKnow({
      visit: { t: translate('de') },
      data: { case: { id: '1' }, email, events, submissions: submissions.map((submission) => ({ submission })) },
      view: { page: 1, zoom: 0, all: false },
    } as never),
  );

test('who writes a message is told how the person gets to know of it, by what they gave and by where they were', () => {
  const online = (answers: unknown) => said([{ channel: 'portal', answers }]);
  assert.match(online({ phone: '0170 12' }), /meldet ihr die Nachricht nicht.*rufen Sie an: 0170 12\./);
  assert.doesNotMatch(online({ phone: '0170 12' }), /Brief/);
  assert.match(online({ email: 'a@beispiel.de' }), /Telefonnummer hat sie nicht angegeben.*Brief schreiben/);
  assert.match(online({ phone: '', email: '' }), /weder Telefon noch E-Mail.*<a href="[^"]*tun=brief/);
  assert.match(said([{ channel: 'post', answers: null }]), /weder Telefon noch E-Mail/);
  assert.match(said([{ channel: 'post', answers: null }], 'a@beispiel.de'), /kennt sie diese Seite nicht/);
  const later = { channel: 'kiosk', answers: { phone: '0171 34' } };
  assert.match(said([{ channel: 'post', answers: { phone: '1' } }, later]), /rufen Sie an: 0171 34/);
});

test('who did something on the page of their case knows it, and who came by another online service handed in online', () => {
  const mail = 'a@beispiel.de';
  const post = [{ channel: 'post', answers: { phone: '0170 12' } }];
  const client = (kind: string) => ({ actorKind: 'client', kind });
  assert.match(said(post, null, [client('message-in')]), /rufen Sie an: 0170 12/);
  assert.match(said(post, null, [client('message-read')]), /rufen Sie an: 0170 12/);
  const byOthers = [{ actorKind: 'staff', kind: 'message-out' }, client('received'), client('item-fulfilled')];
  assert.match(said(post, null, byOthers), /kennt sie diese Seite nicht: Sie hat noch nichts online abgegeben/);
  const api = said([{ channel: 'api', answers: null }], mail);
  assert.match(api, /kennt sie diese Seite nicht\. Schreiben/);
  assert.doesNotMatch(api, /online abgegeben/);
});
