import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../platform/i18n/index.ts';
import { HowTheyKnow } from './how-they-know.tsx';

/** What is said of a person whose case has these submissions. */
const said = (submissions: readonly { channel: string; answers: unknown }[], email: string | null = null): string =>
  String(
    HowTheyKnow({
      visit: { t: translate('de') },
      data: { case: { id: '1' }, email, submissions: submissions.map((submission) => ({ submission })) },
      view: { page: 1, zoom: 0, all: false },
    } as never),
  );

test('who writes a message is told how the person gets to know of it, by what they gave and by where they were', () => {
  const online = (answers: unknown) => said([{ channel: 'portal', answers }]);
  assert.match(online({ phone: '0170 12' }), /keinen Bescheid.*rufen Sie an: 0170 12\./);
  assert.doesNotMatch(online({ phone: '0170 12' }), /Brief/);
  assert.match(online({ email: 'a@beispiel.de' }), /Telefonnummer hat sie nicht angegeben.*Brief schreiben/);
  assert.match(online({ phone: '', email: '' }), /weder Telefon noch E-Mail.*<a href="[^"]*tun=brief/);
  assert.match(said([{ channel: 'post', answers: null }]), /weder Telefon noch E-Mail/);
  assert.match(said([{ channel: 'post', answers: null }], 'a@beispiel.de'), /kennt sie diese Seite nicht/);
  const later = { channel: 'kiosk', answers: { phone: '0171 34' } };
  assert.match(said([{ channel: 'post', answers: { phone: '1' } }, later]), /rufen Sie an: 0171 34/);
});
