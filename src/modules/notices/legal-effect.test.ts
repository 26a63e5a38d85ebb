import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deemedKnownOn, effectOf, objectionUntil } from './legal-effect.ts';

test('a letter counts as known on the fourth day, weekends and holidays or not', () => {
  assert.equal(deemedKnownOn('2026-11-26'), '2026-11-30');
  assert.equal(deemedKnownOn('2026-11-25'), '2026-11-29', 'a Sunday');
  assert.equal(deemedKnownOn('2026-12-21'), '2026-12-25', 'a holiday');
  assert.equal(deemedKnownOn('2026-12-29'), '2027-01-02');
});

test('an objection is in time for a month; the end moves to the next working day', () => {
  assert.equal(objectionUntil('2026-11-30'), '2026-12-30');
  assert.equal(objectionUntil('2027-01-29'), '2027-03-01', 'February has 28 days, and the 28th is a Sunday');
  assert.equal(objectionUntil('2028-01-31'), '2028-02-29', 'a leap year');
  assert.equal(objectionUntil('2026-11-25'), '2026-12-28', 'Christmas, then a weekend');
  assert.equal(objectionUntil('2026-12-01'), '2027-01-04', 'New Year on a Friday');
  assert.equal(objectionUntil('2027-02-26'), '2027-03-30', 'Good Friday to Easter Monday');
});

test('where the state of the office is named, its holidays move the end too', () => {
  assert.equal(objectionUntil('2027-10-01'), '2027-11-01');
  assert.equal(objectionUntil('2027-10-01', { state: 'NW' }), '2027-11-02', 'Allerheiligen');
  assert.equal(objectionUntil('2026-05-04', { state: 'HE' }), '2026-06-05', 'Fronleichnam');
  assert.equal(objectionUntil('2026-05-04', { state: 'BE' }), '2026-06-04');
  assert.equal(
    objectionUntil('2027-09-30', { state: 'BB' }),
    '2027-11-01',
    'the 30th is a Saturday, the 31st a Sunday',
  );
  assert.equal(deemedKnownOn('2027-10-28'), '2027-11-01', 'no holiday moves the fourth day');
  const effect = effectOf([{ kind: 'posted', day: '2027-09-27' }], { state: 'NW' });
  assert.equal(effect.kind === 'known' && effect.until, '2027-11-02');
});

test('the effect follows from the proof: nothing before it is handed over, and who disputes it gets the later day', () => {
  const printed = { kind: 'printed', day: '2026-11-25' };
  const posted = { kind: 'posted', day: '2026-11-26' };
  assert.deepEqual(effectOf([printed]), { kind: 'waiting' });
  assert.deepEqual(effectOf([printed, posted, { kind: 'fetched', day: '2026-11-26' }]), {
    kind: 'known',
    sentOn: '2026-11-26',
    knownOn: '2026-11-30',
    until: '2026-12-30',
  });
  const late = effectOf([posted, { kind: 'disputed', day: '2026-12-20', claimed: '2026-12-09' }]);
  assert.deepEqual(late.kind === 'disputed' && [late.deemedOn, late.until], ['2026-11-30', '2027-01-11']);
  const early = effectOf([posted, { kind: 'disputed', day: '2026-12-20', claimed: '2026-11-28' }]);
  assert.equal(early.kind === 'disputed' && early.until, '2026-12-30', 'an earlier day shortens nothing');
  const never = effectOf([posted, { kind: 'disputed', day: '2026-12-20', claimed: null }]);
  assert.equal(never.kind === 'disputed' && never.until, undefined);
});

test('what came back is not known, and the way it goes next counts', () => {
  const notified = { kind: 'notified', day: '2026-11-20' };
  const posted = { kind: 'posted', day: '2026-11-26' };
  const returned = { kind: 'returned', day: '2026-12-01' };
  assert.deepEqual(effectOf([posted, returned]), { kind: 'undelivered' });
  const again = effectOf([posted, returned, { kind: 'posted', day: '2026-12-02' }]);
  assert.equal(again.kind === 'known' && again.knownOn, '2026-12-06');
  const byPost = effectOf([notified, posted]);
  assert.equal(byPost.kind === 'known' && byPost.sentOn, '2026-11-26');
});
