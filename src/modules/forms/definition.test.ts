import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FormDefinition, formDefinition } from './definition.ts';
import { shippedDefinitions, shippedGroups } from './shipped.ts';

const shipped = shippedDefinitions();
const sickNote = shipped.find((d) => d.key === 'krankmeldung') as FormDefinition;

test('every shipped concern loads, and its group and its follow-up exist', () => {
  const groups = shippedGroups().map((g) => g.key);
  const keys = shipped.map((d) => d.key);
  assert.deepEqual(keys.toSorted(), [
    'arbeitsaufnahme',
    'bankverbindung',
    'erstantrag',
    'hauptantrag',
    'krankmeldung',
    'rueckruf',
    'umzug',
    'unterlagen',
    'weiterbewilligung',
    'wohnkosten',
  ]);
  for (const d of shipped) {
    assert.ok(groups.includes(d.group), `${d.key}: group ${d.group}`);
    if (d.next) assert.ok(keys.includes(d.next.concern), `${d.key}: next ${d.next.concern}`);
  }
});

test('every text is there in both languages, and they are not copies of each other', () => {
  const sameInBoth = new Set(['IBAN', 'Person', 'Name', 'E-Mail', 'Bank', 'Gas']);
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('de' in node || 'en' in node) {
      const { de, en } = node as { de?: unknown; en?: unknown };
      if (Array.isArray(de) && Array.isArray(en)) {
        assert.ok(de.length > 0 && en.length > 0, path);
        return;
      }
      assert.ok(typeof de === 'string' && typeof en === 'string', path);
      assert.ok(de !== en || sameInBoth.has(de), `${path}: "${de}" is the same in both languages`);
      assert.doesNotMatch(de + en, / \| |\s{2}|^\s|\s$/, path);
      return;
    }
    for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`);
  };
  for (const d of shipped) walk(d, d.key);
});

test('e-mail is voluntary everywhere, and only the call back asks for a phone number', () => {
  for (const d of shipped) {
    for (const f of d.questions.flatMap((q) => q.fields)) {
      if (f.key === 'email') assert.equal(f.required, false, d.key);
      if (f.key === 'phone') assert.equal(f.required, d.key === 'rueckruf', d.key);
    }
  }
});

test('a concern that asks for an account number says before the start that it must be confirmed, and no other does', () => {
  for (const d of shipped) {
    const kinds = d.questions
      .flatMap((q) => q.fields)
      .flatMap((f) => (f.kind === 'table' ? f.columns.map((column) => column.kind) : [f.kind]));
    const asks = kinds.some((kind) => kind === 'iban');
    assert.equal(d.confirmation, asks ? 'counter-or-letter-code' : 'none', d.key);
  }
});

test('a definition with a mistake is refused, with the place and the reason', () => {
  type Draft = ReturnType<typeof structuredClone<FormDefinition>>;
  const cases: [string, (d: Draft) => void, RegExp][] = [
    ['two questions of one key', (d) => d.questions.push(structuredClone(d.questions[0]!)), /used twice/],
    [
      'a condition on a later field',
      (d) => Object.assign(d.questions[1]!, { when: { field: 'reportKind', is: 'first' } }),
      /not asked before/,
    ],
    [
      'a condition on its own field',
      (d) => Object.assign(d.questions[3]!, { when: { field: 'reportKind', is: 'first' } }),
      /not asked before/,
    ],
    [
      'a condition on an option that is not there',
      (d) => Object.assign(d.questions[4]!, { when: { field: 'reportKind', is: 'holiday' } }),
      /can never be/,
    ],
    [
      'a condition of the wrong kind',
      (d) => Object.assign(d.questions[4]!, { when: { field: 'familyName', atLeast: 3 } }),
      /not a number/,
    ],
    ['a section that is not there', (d) => Object.assign(d.questions[4]!, { section: 'elsewhere' }), /does not exist/],
    [
      'a purpose nobody explained',
      (d) => Object.assign(d.questions[4]!.fields[0]!, { privacy: { category: 'work', purpose: 'curiosity' } }),
      /not described/,
    ],
    ['a missing translation', (d) => Object.assign(d.questions[4]!.title, { en: '' }), /en/],
    ['no birth date', (d) => d.questions[0]!.fields.splice(2, 1), /birthDate/],
    ['an unknown property', (d) => Object.assign(d, { colour: 'red' }), /colour/],
    [
      'a pattern that can hang',
      (d) =>
        Object.assign(d.questions[0]!.fields[0]!, {
          validation: { pattern: { source: '(a+)+b', message: { de: 'x', en: 'y' } } },
        }),
      /repeats too much/,
    ],
    [
      'a broken pattern',
      (d) =>
        Object.assign(d.questions[0]!.fields[0]!, {
          validation: { pattern: { source: '[a', message: { de: 'x', en: 'y' } } },
        }),
      /not a regular expression/,
    ],
    [
      'a deadline that starts from no date',
      (d) => Object.assign(d.deadline.legal, { field: 'familyName' }),
      /not a date/,
    ],
  ];
  for (const [name, spoil, expected] of cases) {
    const draft = structuredClone(sickNote);
    spoil(draft);
    const parsed = formDefinition.safeParse(draft);
    assert.equal(parsed.success, false, name);
    assert.match(JSON.stringify(parsed.error?.issues), expected, name);
  }
});
