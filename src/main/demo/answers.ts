import { addDays, type Day } from '../../kernel/dates.ts';
import {
  type Answers,
  type Field,
  type FormDefinition,
  reachable,
  type SimpleField,
  type SimpleValue,
} from '../../modules/forms/index.ts';
import type { DemoHousehold, DemoPerson } from './households.ts';
import { createRandom, type Random } from './random.ts';

type Scene = {
  readonly random: Random;
  readonly person: DemoPerson;
  readonly household: DemoHousehold;
  readonly day: Day;
};

const SENTENCES = [
  'Das ist seit diesem Monat so.',
  'Bitte melden Sie sich, wenn etwas fehlt.',
  'Ich habe mit der Krankenkasse gesprochen.',
  'Die Unterlagen schicke ich mit.',
  'Vormittags bin ich gut zu erreichen.',
];

/** Answers as this invented person would give them on that day: every question that is asked, by its form. Same scene, same answers. */
export function demoAnswers(
  form: FormDefinition,
  key: string,
  person: DemoPerson,
  household: DemoHousehold,
  day: Day,
): Answers {
  const scene: Scene = { random: createRandom(`answers/${key}`), person, household, day };
  const answers: Record<string, Answers[string]> = {};
  const asked = new Set<string>();
  for (;;) {
    const question = reachable(form, answers).find((each) => !asked.has(each.key));
    if (question === undefined) return answers;
    asked.add(question.key);
    for (const field of question.fields) {
      const value = answerTo(field, scene);
      if (value !== undefined) answers[field.key] = value;
    }
  }
}

function answerTo(field: Field, scene: Scene): Answers[string] | undefined {
  const { random } = scene;
  if (field.kind === 'documents') return undefined; // evidence comes with the submission itself
  if (field.kind === 'table') {
    const rows = random.int(field.minRows, Math.min(field.maxRows, Math.max(field.minRows, 2)));
    return Array.from({ length: rows }, () =>
      Object.fromEntries(field.columns.flatMap((column) => entry(column, scene))),
    );
  }
  if (field.kind === 'text' && !field.required && !(field.key in people)) return undefined;
  const known = simple(field, scene);
  return field.required || random.chance(0.7) || field.key in people ? known : undefined;
}

function entry(column: SimpleField, scene: Scene): [string, SimpleValue][] {
  const value = simple(column, scene);
  return value === undefined ? [] : [[column.key, value]];
}

const languageNames = new Intl.DisplayNames('de', { type: 'language' });

/** Fields that are about the person. */
const people: Readonly<Record<string, (scene: Scene) => SimpleValue | undefined>> = {
  familyName: ({ person }) => person.familyName,
  givenName: ({ person }) => person.givenName,
  birthDate: ({ person }) => person.birthDate,
  fileNumber: ({ household }) => household.fileNumber,
  birthPlace: ({ person }) => person.birthPlace,
  phone: ({ person }) => person.phone,
  email: ({ person }) => person.email,
  language: ({ person }) => languageNames.of(person.language) ?? person.language,
  employer: ({ person }) => person.job?.employer.name ?? 'Musterbetrieb Beispiel GmbH',
};

function simple(field: SimpleField, scene: Scene): SimpleValue | undefined {
  const own = people[field.key];
  if (own !== undefined) return own(scene);
  const { random, day, household } = scene;
  switch (field.kind) {
    case 'text':
      return field.validation?.pattern === undefined ? 'Siehe Unterlagen' : undefined;
    case 'longtext':
      return random.pick(SENTENCES);
    case 'number':
      return Math.max(field.validation?.min ?? 1, Math.min(field.validation?.max ?? 9, random.int(1, 4)));
    case 'money':
      return Math.max(field.validation?.min ?? 0, Math.min(field.validation?.max ?? 90_000, random.int(40, 900) * 100));
    case 'date':
      return field.validation?.notBefore === 'today'
        ? addDays(day, random.int(3, 40))
        : addDays(day, -random.int(1, 60));
    case 'choice': {
      const value = random.pick(field.options).value;
      return field.multiple ? [value] : value;
    }
    case 'yes-no':
      return random.chance(0.3);
    case 'iban':
      return household.bank.iban;
    case 'address':
      return {
        street: household.address.street,
        houseNumber: household.address.houseNumber,
        postalCode: household.address.postalCode,
        city: household.address.city,
      };
    case 'period':
      return { from: addDays(day, -5), to: addDays(day, 9) };
    case 'phone':
      return scene.person.phone;
    case 'email':
      return scene.person.email;
  }
}
