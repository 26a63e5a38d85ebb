import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestReview, standing } from './plan.ts';
import { isOver, type ProposalCourse, standOf } from './proposal.ts';
import { mayTellOn } from './referral.ts';

test('a plan is looked at again after six months, on the last day of a month that is too short', () => {
  assert.equal(latestReview('2026-11-26'), '2027-05-26');
  assert.equal(latestReview('2026-08-31'), '2027-02-28');
  assert.equal(latestReview('2027-08-31'), '2028-02-29');
});

test('an agreement has time, comes up within a week, or its day has passed', () => {
  assert.equal(standing('2026-12-10', '2026-11-26'), 'time');
  assert.equal(standing('2026-12-03', '2026-11-26'), 'soon');
  assert.equal(standing('2026-11-26', '2026-11-26'), 'soon');
  assert.equal(standing('2026-11-25', '2026-11-26'), 'past');
});

const step = (name: ProposalCourse['step']): ProposalCourse => ({
  id: name,
  step: name,
  onDay: '2026-11-26',
  side: null,
  words: '',
});

test('a talk with a company changes nothing about where a proposal stands', () => {
  assert.equal(standOf([step('proposed'), step('applied'), step('contact')])?.step, 'applied');
  assert.equal(isOver([step('proposed'), step('refused'), step('contact')]), true);
  assert.equal(isOver([step('proposed'), step('started')]), false);
});

test('something may be told with a consent that was not revoked, until its last day', () => {
  const given = { mayTell: 'Name', consentUntil: '2026-12-01', revokedAt: null };
  assert.equal(mayTellOn(given, '2026-12-01'), 'yes');
  assert.equal(mayTellOn(given, '2026-12-02'), 'over');
  assert.equal(mayTellOn({ ...given, revokedAt: new Date(0) }, '2026-12-01'), 'revoked');
  assert.equal(mayTellOn({ ...given, mayTell: null, consentUntil: null }, '2026-12-01'), 'never');
});
