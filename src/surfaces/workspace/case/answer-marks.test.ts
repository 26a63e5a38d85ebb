import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../kernel/canonical.ts';
import { answerMarks, countMarks, earlierOf, labelOf } from './answer-marks.ts';

const sent = (language: string, answers: Record<string, Json>, texts: Record<string, string>) => ({
  concern: 'hauptantrag',
  language,
  answers,
  frozen: {
    sections: [{ key: 'a', title: 'A', items: Object.entries(texts).map(([field, text]) => ({ field, text })) }],
  } as Json,
});

test('what was left out is marked, and what is another answer than the last time, with what stood there', () => {
  const before = sent('de', { rent: 48_000, kids: 'yes' }, { rent: '480,00 €', kids: 'Ja', phone: 'Keine Angabe' });
  const now = sent(
    'de',
    { rent: 52_000, kids: 'yes', car: 'no' },
    {
      ...{ rent: '520,00 €', kids: 'Ja', phone: 'Keine Angabe', car: 'Nein' },
    },
  );
  const marks = answerMarks(now, before);
  assert.deepEqual(Object.fromEntries(marks), {
    rent: { left: false, before: '480,00 €' },
    kids: { left: false, before: undefined },
    phone: { left: true, before: undefined },
    car: { left: false, before: undefined },
  });
  assert.deepEqual(countMarks(marks, [{ field: 'rent' }, { field: 'phone' }, { field: 'kids' }]), {
    left: 1,
    changed: 1,
  });
  assert.deepEqual(answerMarks(now, undefined).get('rent'), { left: false, before: undefined });
});

test('what needs no answer does not count as left out, and a table without a row was left out like anything else', () => {
  const marks = answerMarks(sent('de', {}, { birthName: 'Keine Angabe', people: '', rent: 'Keine Angabe' }), undefined);
  assert.equal(marks.get('people')?.left, true);
  const fields = [...marks.keys()].map((field) => ({ field }));
  assert.equal(countMarks(marks, fields, new Set(['birthName'])).left, 2);
});

test('a question with yes or no stands in front of its answer, and not what there was to tick', () => {
  const clinic = {
    question: 'clinic',
    questionTitle: 'Sind Sie in einer Klinik?',
    field: 'clinic',
    label: 'Ja, jetzt',
  };
  const item = { ...clinic, text: 'Nein' };
  assert.equal(labelOf({ language: 'de' }, item, [item]), 'Sind Sie in einer Klinik?');
  const second = { ...item, field: 'since', text: 'Keine Angabe' };
  assert.equal(labelOf({ language: 'de' }, item, [item, second]), 'Ja, jetzt', 'two fields need their own names');
  assert.equal(labelOf({ language: 'de' }, second, [second]), 'Ja, jetzt');
  assert.equal(labelOf({ language: 'en' }, item, [item]), 'Ja, jetzt', 'in the language in which it was answered');
});

test('another language is no other answer; and what no form asked has no marks', () => {
  const english = sent('en', { kids: 'yes' }, { kids: 'Yes', phone: 'Not answered' });
  const marks = answerMarks(english, sent('de', { kids: 'yes' }, { kids: 'Ja', phone: '123' }));
  assert.equal(marks.get('kids')?.before, undefined);
  assert.equal(answerMarks({ ...english, frozen: null }, english).size, 0);
});

test('the last one with the same form is compared, whatever came between, and only where questions were answered', () => {
  const form = { ...sent('de', { kids: 'yes' }, { kids: 'Ja' }), kind: 'form' };
  const papers = { ...sent('de', { message: 'Hier ist mehr' }, {}), kind: 'papers' };
  const item = { question: 'message', field: 'message', text: 'Hier ist mehr' };
  const supplement = { ...papers, frozen: { sections: [{ key: 'supplement', title: '', items: [item] }] } };
  const visit = { ...sent('de', {}, { said: 'Hat angerufen' }), kind: 'visit' };
  const all = [form, { ...form, concern: 'nachricht' }, supplement, form, visit, supplement, form].map((each, n) => ({
    ...each,
    n,
  }));
  assert.deepEqual(
    all.map((_, index) => earlierOf(all, index)?.n),
    [undefined, undefined, undefined, 0, undefined, undefined, 3],
  );
});
