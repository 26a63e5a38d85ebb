import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages, translate } from '../../platform/i18n/index.ts';
import type { Field, FormDefinition, Question } from './definition.ts';
import { type ErrorKey, errorKeys } from './field-error.ts';
import { formatError } from './format-answer.ts';
import { readDate, readMoney, readNumber } from './parse-input.ts';
import { shippedDefinitions } from './shipped.ts';
import { type RawForm, validateAnswer, validateAnswers } from './validate-answer.ts';

const today = '2026-07-15';
const shipped = shippedDefinitions();
const form = (key: string): FormDefinition => shipped.find((d) => d.key === key) as FormDefinition;
const common = {
  label: { de: 'Feld', en: 'Field' },
  required: true,
  privacy: { category: 'identity', purpose: 'x' },
} as const;
const asked = (...fields: Field[]): Question => ({ key: 'q', section: 's', title: common.label, fields });
const errorsOf = (field: Field, raw: RawForm): Record<string, string> => {
  const read = validateAnswer(asked(field), raw, today);
  return read.ok
    ? {}
    : Object.fromEntries(Object.entries(read.errors).map(([path, e]) => [path, e.key.replace('fields:error.', '')]));
};
const valueFrom = (field: Field, raw: RawForm): unknown => validateAnswer(asked(field), raw, today).value['x'];

test('numbers are read as Germans and programs write them', () => {
  const cases: [string, number | undefined][] = [
    ['12', 12],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['1.234', 1234],
    ['1.234,56', 1234.56],
    ['1 234,56', 1234.56],
    ['1,234.56', 1234.56],
    ['1234.56', 1234.56],
    ['-3,5', -3.5],
    ['−3', -3],
    ['12,', 12],
    ['', undefined],
    ['zwölf', undefined],
    ['1.2.3', undefined],
    ['12,3,4', undefined],
    ['1e9', undefined],
    ['0x10', undefined],
    ['1.23.456', undefined],
    ['9'.repeat(13), undefined],
  ];
  for (const [typed, value] of cases) assert.equal(readNumber(typed), value, typed);
});

test('money becomes whole cents', () => {
  const cases: [string, number | undefined][] = [
    ['1.234,56 €', 123456],
    ['EUR 450', 45000],
    ['450 Euro', 45000],
    ['450,-', 45000],
    ['450,– €', 45000],
    ['0,1', 10],
    ['19,99', 1999],
    ['4.35', 435],
    ['1.005,10', 100510],
    ['12,345', undefined],
    ['viel', undefined],
    ['', undefined],
    ['$ 12', undefined],
  ];
  for (const [typed, value] of cases) assert.equal(readMoney(typed), value, typed);
});

test('dates are read in the ways people write them, and only days that exist', () => {
  const cases: [string, string | undefined][] = [
    ['3.4.2026', '2026-04-03'],
    ['03.04.2026', '2026-04-03'],
    ['03.04.26', '2026-04-03'],
    ['3/4/2026', '2026-04-03'],
    ['3-4-2026', '2026-04-03'],
    ['3 4 2026', '2026-04-03'],
    ['03042026', '2026-04-03'],
    ['2026-04-03', '2026-04-03'],
    ['3. April 2026', '2026-04-03'],
    ['3 Apr 2026', '2026-04-03'],
    ['1. März 1980', '1980-03-01'],
    ['1 May 1980', '1980-05-01'],
    ['24. Dez. 1999', '1999-12-24'],
    ['31.3.80', '1980-03-31'],
    ['1.1.36', '2036-01-01'],
    ['1.1.37', '1937-01-01'],
    ['29.2.2024', '2024-02-29'],
    ['29.2.2026', undefined],
    ['31.4.2026', undefined],
    ['0.1.2026', undefined],
    ['3.13.2026', undefined],
    ['gestern', undefined],
    ['3. Foo 2026', undefined],
    ['2026-13-01', undefined],
    ['3.4.', undefined],
  ];
  for (const [typed, value] of cases) assert.equal(readDate(typed, today), value, typed);
});

test('each kind of field: what is read and what is refused', () => {
  const text: Field = {
    ...common,
    key: 'x',
    kind: 'text',
    validation: {
      maxLength: 5,
      pattern: { source: '[A-Z]+', message: { de: 'Nur Großbuchstaben.', en: 'Capitals only.' } },
    },
  };
  const choice: Field = {
    ...common,
    key: 'x',
    kind: 'choice',
    multiple: true,
    options: [
      { value: 'a', label: common.label },
      { value: 'b', label: common.label },
    ],
  };
  const period: Field = { ...common, key: 'x', kind: 'period', openEnd: false };
  const address: Field = { ...common, key: 'x', kind: 'address' };
  const documents: Field = {
    ...common,
    key: 'x',
    kind: 'documents',
    evidence: [{ key: 'a', label: common.label }],
    mayFollow: true,
    maxDocuments: 2,
  };
  const date: Field = { ...common, key: 'x', kind: 'date', validation: { notAfter: 'today', notBefore: '1900-01-01' } };
  const good: [Field, RawForm, unknown][] = [
    [text, { x: '  AB ' }, 'AB'],
    [choice, { x: ['b', 'a', 'b'] }, ['a', 'b']],
    [{ ...choice, multiple: false }, { x: 'a' }, 'a'],
    [{ ...common, key: 'x', kind: 'yes-no' }, { x: 'nein' }, false],
    [{ ...common, key: 'x', kind: 'iban' }, { x: ' de89 3704 0044 0532 0130 00' }, 'DE89370400440532013000'],
    [{ ...common, key: 'x', kind: 'email' }, { x: ' erika.muster@example.org ' }, 'erika.muster@example.org'],
    [{ ...common, key: 'x', kind: 'phone' }, { x: '+49 (151) 234-567' }, '+49 (151) 234-567'],
    [{ ...common, key: 'x', kind: 'longtext' }, { x: 'a\u0000b\r\nc\u202e' }, 'ab\nc'],
    [date, { 'x.day': '5', 'x.month': '7', 'x.year': '2026' }, '2026-07-05'],
    [period, { 'x.from': '1.7.2026', 'x.to': '1.7.26' }, { from: '2026-07-01', to: '2026-07-01' }],
    [{ ...period, openEnd: true }, { 'x.from': '1.7.2026' }, { from: '2026-07-01' }],
    [
      address,
      { 'x.street': 'Am Markt', 'x.postalCode': '01067', 'x.city': 'Dresden' },
      { street: 'Am Markt', postalCode: '01067', city: 'Dresden' },
    ],
    [documents, { x: ['1', '2', '1'] }, { documents: ['1', '2'], later: false }],
    [documents, { 'x.later': 'ja' }, { documents: [], later: true }],
  ];
  for (const [field, raw, value] of good) {
    assert.deepEqual(errorsOf(field, raw), {}, JSON.stringify(raw));
    assert.deepEqual(valueFrom(field, raw), value);
  }
  const bad: [Field, RawForm, Record<string, ErrorKey>][] = [
    [text, {}, { x: 'required' }],
    [text, { x: '   ' }, { x: 'required' }],
    [text, { x: 'ABCDEF' }, { x: 'tooLong' }],
    [text, { x: 'abc' }, { x: 'pattern' }],
    [choice, {}, { x: 'requiredChoices' }],
    [choice, { x: ['a', 'z'] }, { x: 'option' }],
    [{ ...choice, multiple: false }, { x: '' }, { x: 'requiredChoice' }],
    [{ ...common, key: 'x', kind: 'yes-no' }, {}, { x: 'requiredYesNo' }],
    [{ ...common, key: 'x', kind: 'yes-no' }, { x: 'vielleicht' }, { x: 'yesNo' }],
    [{ ...common, key: 'x', kind: 'yes-no', confirm: true }, { x: 'nein' }, { x: 'requiredConfirm' }],
    [{ ...common, key: 'x', kind: 'iban' }, { x: 'DE88370400440532013000' }, { x: 'iban' }],
    [{ ...common, key: 'x', kind: 'email' }, { x: 'erika@' }, { x: 'email' }],
    [{ ...common, key: 'x', kind: 'phone' }, { x: 'ruf an' }, { x: 'phone' }],
    [{ ...common, key: 'x', kind: 'number', validation: { min: 1, max: 9 } }, { x: '2,5' }, { x: 'wholeNumber' }],
    [{ ...common, key: 'x', kind: 'number', validation: { min: 1, max: 9 } }, { x: '10' }, { x: 'max' }],
    [{ ...common, key: 'x', kind: 'money', validation: { min: 100 } }, { x: '0,99' }, { x: 'moneyMin' }],
    [{ ...common, key: 'x', kind: 'money' }, { x: '-1' }, { x: 'moneyMin' }],
    [date, { x: '16.7.2026' }, { x: 'dateNotInFuture' }],
    [date, { x: '31.12.1899' }, { x: 'dateNotBefore' }],
    [date, { 'x.day': '5' }, { x: 'date' }],
    [period, { 'x.from': '2.7.2026', 'x.to': '1.7.2026' }, { 'x.to': 'periodOrder' }],
    [period, { 'x.from': '2.7.2026' }, { 'x.to': 'required' }],
    [period, { 'x.from': 'bald', 'x.to': 'nie' }, { 'x.from': 'date', 'x.to': 'date' }],
    [address, {}, { 'x.street': 'required' }],
    [
      address,
      { 'x.street': 'Am Markt', 'x.postalCode': '1067' },
      { 'x.postalCode': 'postalCode', 'x.city': 'required' },
    ],
    [documents, {}, { x: 'requiredDocuments' }],
    [documents, { x: ['1', '2', '3'] }, { x: 'tooManyDocuments' }],
    [{ ...documents, mayFollow: false }, { 'x.later': 'ja' }, { x: 'requiredDocumentsNow' }],
  ];
  for (const [field, raw, errors] of bad)
    assert.deepEqual(errorsOf(field, raw), errors, `${field.kind} ${JSON.stringify(raw)}`);
});

test('table rows: empty rows are dropped, errors keep the number of the row they were typed in', () => {
  const question = form('hauptantrag').questions.find((q) => q.key === 'haushalt')!;
  const good = validateAnswer(
    question,
    {
      'household.0.familyName': ' ',
      'household.2.familyName': 'Muster',
      'household.2.givenName': 'Mia',
      'household.2.birthDate': '1.2.2020',
      'household.2.relation': 'child-under-15',
    },
    today,
  );
  assert.deepEqual(good, {
    ok: true,
    value: {
      household: [{ familyName: 'Muster', givenName: 'Mia', birthDate: '2020-02-01', relation: 'child-under-15' }],
    },
  });
  const bad = validateAnswer(
    question,
    {
      'household.2.familyName': 'Muster',
      'household.2.birthDate': '30.2.2020',
      'household.2.relation': 'neighbour',
      'household.5.givenName': 'Ali',
    },
    today,
  );
  assert.ok(!bad.ok);
  assert.deepEqual(Object.keys(bad.errors).sort(), [
    'household.2.birthDate',
    'household.2.givenName',
    'household.2.relation',
    'household.5.familyName',
    'household.5.relation',
  ]);
  const none = validateAnswer(question, {}, today);
  assert.ok(!none.ok && none.errors['household']?.key === 'fields:error.requiredRows');
});

test('a right answer is kept when its neighbour is wrong', () => {
  const read = validateAnswer(
    form('krankmeldung').questions[0]!,
    { familyName: 'Muster', birthDate: 'irgendwann' },
    today,
  );
  assert.ok(!read.ok);
  assert.deepEqual(read.value, { familyName: 'Muster' });
  assert.deepEqual(Object.keys(read.errors).sort(), ['birthDate', 'givenName']);
});

test('answers of a program: unknown keys, wrong types and answers to unasked questions are errors with their place', () => {
  const d = form('krankmeldung');
  const complete = {
    familyName: 'Muster',
    givenName: 'Erika',
    birthDate: '1980-03-31',
    illness: { from: '2026-07-14' },
    reportKind: 'first',
    appointmentAffected: false,
    certificate: { documents: [], later: true },
  };
  const check = (change: object, whole = true) => {
    const result = validateAnswers(d, { ...complete, ...change }, { today, complete: whole });
    return result.ok
      ? {}
      : Object.fromEntries(
          Object.entries(result.errors).map(([path, e]) => [path, e.key.replace('fields:error.', '')]),
        );
  };
  assert.deepEqual(check({}), {});
  assert.deepEqual(check({ colour: 'red' }), { colour: 'unknown' });
  assert.deepEqual(check(JSON.parse('{"__proto__": {"x": 1}, "toString": 1}')), { toString: 'unknown' });
  assert.deepEqual(check({ illness: { from: '2026-07-14', until: 'x' } }), { 'illness.until': 'unknown' });
  assert.deepEqual(check({ familyName: 7, reportKind: ['first'], birthDate: '31.3.1980' }), {
    familyName: 'type',
    reportKind: 'option',
    birthDate: 'date',
  });
  assert.deepEqual(check({ appointmentDate: '2026-07-20' }), { appointmentDate: 'notAsked' });
  assert.deepEqual(check({ givenName: undefined, illness: null }), { givenName: 'required', illness: 'required' });
  assert.deepEqual(check({ givenName: undefined, illness: null }, false), {});
  for (const wrong of [null, 'x', 3, []]) assert.equal(validateAnswers(d, wrong, { today, complete: true }).ok, false);
  const money = validateAnswers(
    form('wohnkosten'),
    { costKind: 'demand', billAmount: 12.5 },
    { today, complete: false },
  );
  assert.ok(!money.ok && money.errors['billAmount']?.key === 'fields:error.money');
});

test('every error has its own sentence in every language, naming the field', () => {
  const params = {
    min: 1,
    max: 1234,
    length: 2000,
    decimals: 2,
    minAmount: 100,
    maxAmount: 123456,
    day: '2026-04-03',
    name: 'xyz',
  };
  for (const language of languages) {
    const sentences = errorKeys.map((key) =>
      formatError({ key: `fields:error.${key}`, params, label: { de: 'Miete', en: 'Rent' } }, language),
    );
    for (const sentence of sentences) assert.match(sentence, /Miete|Rent|xyz/);
    assert.doesNotMatch(sentences.join(), /\{\{|undefined/);
  }
  assert.match(
    formatError({ key: 'fields:error.moneyMax', params, label: { de: 'Miete', en: 'Rent' } }, 'de'),
    /1\.234,56\u00a0€/,
  );
  assert.throws(() => translate('de')('fields:error.nonsense'));
});
