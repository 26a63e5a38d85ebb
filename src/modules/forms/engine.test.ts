import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers, Row, SimpleValue } from './answers.ts';
import { changedSince } from './changed-since.ts';
import type { Field, FormDefinition, SimpleField } from './definition.ts';
import {
  answerQuestion,
  dueWithin,
  missing,
  nextQuestion,
  outstanding,
  previousQuestion,
  progress,
  prune,
  reachable,
} from './engine.ts';
import { rawAnswer } from './format-answer.ts';
import { freeze } from './freeze.ts';
import { shippedDefinitions } from './shipped.ts';
import { validateAnswer, validateAnswers } from './validate-answer.ts';

const today = '2026-07-15';
const shipped = shippedDefinitions();
const form = (key: string): FormDefinition => shipped.find((d) => d.key === key) as FormDefinition;
const keys = (questions: { key: string }[]): string[] => questions.map((q) => q.key);

/** Mulberry32: the same numbers on every run. */
function randomness(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function simpleAnswer(field: SimpleField, random: (below: number) => number): SimpleValue {
  switch (field.kind) {
    case 'choice': {
      const options = field.options.map((o) => o.value);
      if (!field.multiple) return options[random(options.length)] ?? '';
      const some = options.filter(() => random(3) === 0);
      return some.length > 0 ? some : options.slice(0, 1);
    }
    case 'yes-no':
      return field.confirm ? true : random(2) === 0;
    case 'number':
      return field.validation?.min ?? random(5);
    case 'money':
      return Math.max(field.validation?.min ?? 0, random(100_000));
    case 'date':
      return field.validation?.notAfter === undefined ? '2026-08-01' : '1985-02-28';
    case 'period':
      return { from: '2026-01-01', ...(random(2) === 0 || !field.openEnd ? { to: '2026-06-30' } : {}) };
    case 'address':
      return { street: 'Lindenweg', houseNumber: '4 a', postalCode: '12345', city: 'Musterstadt' };
    case 'iban':
      return 'DE89370400440532013000';
    case 'phone':
      return '0151 23456789';
    case 'email':
      return 'erika@example.org';
    case 'text':
      return field.key === 'taxId' ? '12345678901' : field.key === 'pensionNumber' ? '12345678A901' : 'Muster';
    case 'longtext':
      return 'Eine Zeile\nund noch eine';
  }
}

function answer(field: Field, random: (below: number) => number): Answers[string] {
  if (field.kind === 'documents') return { documents: random(2) === 0 ? ['d1', 'd2'] : [], later: field.mayFollow };
  if (field.kind !== 'table') return simpleAnswer(field, random);
  const row = (): Row => Object.fromEntries(field.columns.map((c) => [c.key, simpleAnswer(c, random)]));
  return Array.from({ length: 1 + random(3) }, row);
}

/** Answers to everything, asked or not. */
const answerAll = (d: FormDefinition, random: (below: number) => number): Answers =>
  Object.fromEntries(d.questions.flatMap((q) => q.fields.map((f) => [f.key, answer(f, random)] as const)));

test('random answers: pruning is stable, the way is walkable in both directions, and what is asked passes both checks', () => {
  const random = randomness(20260715);
  const everAsked = new Set<string>();
  for (let run = 0; run < 400; run++) {
    for (const d of shipped) {
      const kept = prune(d, answerAll(d, random));
      const way = reachable(d, kept);
      const asked = new Set(way.flatMap((q) => q.fields.map((f) => f.key)));
      for (const key of Object.keys(kept)) assert.ok(asked.has(key), `${d.key}: ${key} is kept but not asked`);
      assert.deepEqual(prune(d, kept), kept);
      assert.deepEqual(keys(way), keys(reachable(d, kept)));
      way.forEach((q, at) => {
        everAsked.add(`${d.key} ${q.key}`);
        assert.equal(nextQuestion(d, kept, q.key), way[at + 1]);
        assert.equal(previousQuestion(d, kept, q.key), way[at - 1]);
        assert.equal(progress(d, kept, q.key)?.position, at + 1);
      });
      if (run >= 40) continue;
      assert.deepEqual(
        missing(d, kept).filter((m) => m.field.kind !== 'documents'),
        [],
      );
      const checked = validateAnswers(d, kept, { today, complete: false });
      assert.ok(checked.ok, JSON.stringify('errors' in checked && checked.errors));
    }
  }
  for (const d of shipped)
    for (const q of d.questions) assert.ok(everAsked.has(`${d.key} ${q.key}`), `${d.key} ${q.key} is never asked`);
});

test('what the inputs show is read back as the same answer, in both languages', () => {
  const random = randomness(7);
  for (let run = 0; run < 20; run++) {
    for (const d of shipped) {
      let rebuilt: Answers = {};
      const kept = prune(d, answerAll(d, random));
      for (const q of reachable(d, kept)) {
        const read = validateAnswer(q, rawAnswer(q, kept, run % 2 === 0 ? 'de' : 'en'), today);
        if (read.ok) rebuilt = answerQuestion(d, rebuilt, q, read.value);
        else
          assert.ok(
            Object.values(read.errors).every((e) => e.key.includes('required')),
            JSON.stringify(read.errors),
          );
      }
      const withoutEmptyEvidence = Object.entries(kept).filter(
        ([, v]) => !(typeof v === 'object' && 'documents' in v && v.documents.length === 0 && !v.later),
      );
      assert.deepEqual(rebuilt, Object.fromEntries(withoutEmptyEvidence));
    }
  }
});

test('a child in the household opens the annex for children, and taking the child out prunes it', () => {
  const d = form('hauptantrag');
  const child = { familyName: 'M', givenName: 'Mia', birthDate: '2020-01-01', relation: 'child-under-15' };
  const before: Answers = {
    livesWithOthers: true,
    household: [child],
    singleParent: true,
    children: [{ givenName: 'Mia', place: 'school', otherParentElsewhere: true }],
  };
  assert.ok(keys(reachable(d, before)).includes('kinder'));
  assert.ok(keys(reachable(d, before)).includes('alleinerziehend'));
  const question = d.questions.find((q) => q.key === 'allein');
  const after = answerQuestion(d, before, question!, { livesWithOthers: false });
  assert.deepEqual(after, { livesWithOthers: false });
  assert.ok(!keys(reachable(d, after)).includes('kinder'));
});

test('an emptied answer disappears, a neighbour stays', () => {
  const d = form('krankmeldung');
  const question = d.questions.find((q) => q.key === 'erreichbarkeit')!;
  assert.deepEqual(
    answerQuestion(d, { familyName: 'M', phone: '0151 234567', email: 'a@example.org' }, question, {
      phone: '0151 234567',
    }),
    { familyName: 'M', phone: '0151 234567' },
  );
});

test('missing names required answers on the way only; promised evidence is outstanding, not missing', () => {
  const d = form('krankmeldung');
  const person = { familyName: 'M', givenName: 'E', birthDate: '1980-01-01' };
  assert.deepEqual(
    missing(d, person).map((m) => m.field.key),
    ['illness', 'reportKind', 'appointmentAffected', 'certificate'],
  );
  const done: Answers = {
    ...person,
    illness: { from: '2026-07-14' },
    reportKind: 'first',
    appointmentAffected: false,
    certificate: { documents: [], later: true },
  };
  assert.deepEqual(missing(d, done), []);
  assert.deepEqual(
    outstanding(d, done).map((m) => m.field.key),
    ['certificate'],
  );
  assert.deepEqual(
    missing(d, { ...done, appointmentAffected: true }).map((m) => m.field.key),
    ['appointmentDate'],
  );
});

test('an emergency is due today, with the reasons', () => {
  const d = form('erstantrag');
  assert.equal(dueWithin(d, { emergency: ['none'] }).days, 7);
  const urgent = dueWithin(d, { emergency: ['food', 'power'] });
  assert.equal(urgent.days, 0);
  assert.equal(urgent.why.length, 2);
});

test('a draft survives a new version: what is the same goes along, what is new is named, what no longer fits is told', () => {
  const before = form('krankmeldung');
  const now = structuredClone(before);
  now.version = 2;
  const kind = now.questions.find((q) => q.key === 'art')!.fields[0]!;
  if (kind.kind === 'choice') kind.options = kind.options.filter((o) => o.value !== 'child');
  const contact = now.questions.find((q) => q.key === 'erreichbarkeit')!;
  contact.fields.push({
    key: 'fax',
    kind: 'phone',
    label: { de: 'Fax', en: 'Fax number' },
    required: false,
    privacy: { category: 'contact', purpose: 'reach' },
  });
  now.questions.find((q) => q.key === 'zeitraum')!.title.de = 'Von wann bis wann sind Sie krank?';
  const changes = changedSince(before, now, {
    familyName: 'M',
    phone: '0151 234567',
    reportKind: 'child',
    illness: { from: '2026-07-14' },
  });
  assert.deepEqual(changes.answers, { familyName: 'M', phone: '0151 234567', illness: { from: '2026-07-14' } });
  assert.deepEqual(keys(changes.added), ['erreichbarkeit']);
  assert.deepEqual(keys(changes.reworded), ['zeitraum', 'art']);
  assert.deepEqual(changes.dropped, ['reportKind']);
});

test('frozen answers are what the person saw: in their words and language, rows nested, unasked questions left out', () => {
  const d = form('hauptantrag');
  const answers: Answers = {
    familyName: 'Muster',
    birthDate: '1980-03-31',
    livesWithOthers: true,
    household: [{ familyName: 'Muster', givenName: 'Mia', relation: 'child-under-15' }],
    cash: 123450,
    housingKind: 'rent',
    yearBuilt: 1972,
    iban: 'DE89370400440532013000',
  };
  const frozen = freeze(d, answers, 'de');
  const items = frozen.sections.flatMap((s) => s.items);
  const text = (field: string): string | undefined => items.find((i) => i.field === field)?.text;
  assert.equal(frozen.title, d.title.de);
  assert.equal(text('birthDate'), '31.03.1980');
  assert.equal(text('cash'), '1.234,50\u00a0€');
  assert.equal(text('givenName'), 'Keine Angabe');
  assert.equal(text('iban'), undefined);
  assert.equal(text('yearBuilt'), '1972');
  assert.deepEqual(
    items.find((i) => i.field === 'household')?.rows?.[0]?.items.map((i) => i.text),
    ['Muster', 'Mia', 'Keine Angabe', 'Kind unter 15 Jahren'],
  );
  assert.equal(freeze(d, answers, 'en').sections[0]?.items.find((i) => i.field === 'birthDate')?.text, '31 March 1980');
  const papers = { certificate: { documents: ['a', 'b'], later: true } };
  const note = freeze(
    form('krankmeldung'),
    papers,
    'en',
    new Map([
      ['a', 'note.pdf'],
      ['b', 'page 2.jpg'],
    ]),
  );
  assert.equal(
    note.sections.flatMap((s) => s.items).find((i) => i.field === 'certificate')?.text,
    'note.pdf\npage 2.jpg\nWill be handed in later',
  );
});
