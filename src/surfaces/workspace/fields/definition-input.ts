import {
  type DefinitionProblem,
  hasChoices,
  type OwnDefinition,
  type OwnText,
  ownCategories,
  ownDefinition,
  ownKinds,
  targets,
} from '../../../modules/fields/index.ts';
import { type FormInput, one } from '../../request.ts';

/** Lines for choices that are still empty. */
const spareChoices = 5;
const mostChoices = 60;

/** Name of an input of a choice. */
export const choiceInput = (index: number, part: 'key' | 'de' | 'en' | 'gone'): string => `antwort-${index}-${part}`;

/** How many lines for choices a form has: those that are filled, and some more. */
export function choiceLines(input: FormInput): number {
  let filled = 0;
  for (let index = 0; index < mostChoices; index += 1)
    if (one(input, choiceInput(index, 'de')) !== '' || one(input, choiceInput(index, 'key')) !== '') filled = index + 1;
  return Math.min(mostChoices, filled + spareChoices);
}

const list = (input: FormInput, name: string): string[] => [input[name] ?? []].flat().filter((each) => each !== '');

const localized = (input: FormInput, name: string): OwnText => {
  const en = one(input, `${name}En`);
  return { de: one(input, name), ...(en === '' ? {} : { en }) };
};

function choicesOf(input: FormInput): OwnDefinition['choices'] {
  const choices: OwnDefinition['choices'] = [];
  for (let index = 0; index < mostChoices; index += 1) {
    const label = one(input, choiceInput(index, 'de'));
    const key = one(input, choiceInput(index, 'key'));
    if (label === '' && key === '') continue;
    const en = one(input, choiceInput(index, 'en'));
    choices.push({
      key: key === '' ? freshKey(label, choices) : key,
      label: { de: label, ...(en === '' ? {} : { en }) },
      removed: one(input, choiceInput(index, 'gone')) !== '',
    });
  }
  return choices;
}

/** A key for a new choice; it stays when the choice is called something else. */
function freshKey(label: string, choices: OwnDefinition['choices']): string {
  const plain = label
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-');
  const stem = plain.replace(/^[^a-z]+|-+$/g, '').slice(0, 24) || 'antwort';
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? stem : `${stem}-${n}`;
    if (!choices.some((choice) => choice.key === key)) return key;
  }
}

/** Reads the form of a field. What is chosen from a list and missing is a problem here; the rest is the module's to judge. */
export function readDefinition(
  input: FormInput,
): { readonly definition: OwnDefinition } | { readonly problems: readonly DefinitionProblem[] } {
  const target = targets.find((each) => each === one(input, 'target'));
  const kind = ownKinds.find((each) => each === one(input, 'kind'));
  const category = ownCategories.find((each) => each === one(input, 'category'));
  const years = /^\d{1,2}$/.test(one(input, 'years')) ? Number(one(input, 'years')) : -1;
  const missing: DefinitionProblem[] = [
    ...(target === undefined ? [{ at: 'target', why: 'target' }] : []),
    ...(kind === undefined ? [{ at: 'kind', why: 'kind' }] : []),
    ...(category === undefined ? [{ at: 'category', why: 'category' }] : []),
    ...(years < 0 || years > 30 ? [{ at: 'years', why: 'years' }] : []),
  ];
  if (target === undefined || kind === undefined || category === undefined || missing.length > 0)
    return { problems: missing };
  const read = ownDefinition.safeParse({
    label: localized(input, 'label'),
    help: localized(input, 'help'),
    target,
    kind,
    choices: hasChoices(kind) ? choicesOf(input) : [],
    concerns: list(input, 'concerns'),
    team: one(input, 'team') || null,
    purpose: one(input, 'purpose'),
    legalBasis: one(input, 'legalBasis'),
    category,
    writeHere: one(input, 'writeHere'),
    notHere: one(input, 'notHere'),
    years,
  } satisfies OwnDefinition);
  if (read.success) return { definition: read.data };
  return { problems: read.error.issues.map((issue) => ({ at: issue.path.join('.'), why: 'tooLong' })) };
}

/** The form as it stands for a field that is there. */
export function asInput(definition: OwnDefinition): FormInput {
  const { label, help, choices } = definition;
  return {
    label: label.de,
    labelEn: label.en ?? '',
    help: help.de,
    helpEn: help.en ?? '',
    target: definition.target,
    kind: definition.kind,
    concerns: [...definition.concerns],
    team: definition.team ?? '',
    purpose: definition.purpose,
    legalBasis: definition.legalBasis,
    category: definition.category,
    writeHere: definition.writeHere,
    notHere: definition.notHere,
    years: String(definition.years),
    ...Object.fromEntries(
      choices.flatMap((choice, index) => [
        [choiceInput(index, 'key'), choice.key],
        [choiceInput(index, 'de'), choice.label.de],
        [choiceInput(index, 'en'), choice.label.en ?? ''],
        [choiceInput(index, 'gone'), choice.removed ? 'ja' : ''],
      ]),
    ),
  };
}

/** The input that a problem of a definition is about. */
export function inputOf({ at }: DefinitionProblem): string {
  if (at.startsWith('choices')) return choiceInput(0, 'de');
  const [name = at, part] = at.split('.');
  return part === 'en' ? `${name}En` : name;
}
