import { type Condition, parts } from './condition.ts';
import type { Field, FormDefinition, Question, SimpleField } from './definition.ts';

export type DefinitionIssue = { path: (string | number)[]; message: string };

/** Fields every concern asks, because intake finds the person by them. */
export const personFields = ['familyName', 'givenName', 'birthDate'] as const;

/** What a shape cannot say: keys are unique, references exist and point backwards, patterns cannot run away. */
export function checkDefinition(definition: FormDefinition): DefinitionIssue[] {
  return [
    ...duplicates(
      definition.questions.map((q) => q.key),
      ['questions'],
    ),
    ...duplicates(
      definition.questions.flatMap((q) => q.fields.map((f) => f.key)),
      ['questions'],
    ),
    ...duplicates(
      definition.sections.map((s) => s.key),
      ['sections'],
    ),
    ...definition.questions.flatMap((question, index) => checkQuestion(definition, question, index)),
    ...checkSections(definition),
    ...checkReferences(definition),
    ...checkPerson(definition),
  ];
}

function duplicates(keys: string[], path: (string | number)[]): DefinitionIssue[] {
  return keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => ({ path, message: `"${key}" is used twice` }));
}

function checkQuestion(definition: FormDefinition, question: Question, index: number): DefinitionIssue[] {
  const path = ['questions', index];
  const earlier = fieldsOf(definition.questions.slice(0, index));
  const issues = question.fields.flatMap((field, at) => checkField(definition, field, [...path, 'fields', at]));
  if (question.when) issues.push(...checkCondition(question.when, earlier, [...path, 'when']));
  return issues;
}

const fieldsOf = (questions: Question[]): Map<string, Field> =>
  new Map(questions.flatMap((q) => q.fields.map((f) => [f.key, f] as const)));

function checkField(definition: FormDefinition, field: Field, path: (string | number)[]): DefinitionIssue[] {
  const issues: DefinitionIssue[] = [];
  if (!Object.hasOwn(definition.purposes, field.privacy.purpose))
    issues.push({ path: [...path, 'privacy'], message: `purpose "${field.privacy.purpose}" is not described` });
  if (field.kind === 'choice')
    issues.push(
      ...duplicates(
        field.options.map((o) => o.value),
        [...path, 'options'],
      ),
    );
  if (field.kind === 'documents')
    issues.push(
      ...duplicates(
        field.evidence.map((e) => e.key),
        [...path, 'evidence'],
      ),
    );
  if (field.kind === 'text' && field.validation?.pattern)
    issues.push(...checkPattern(field.validation.pattern.source, path));
  if (field.kind === 'table') {
    if (field.minRows > field.maxRows) issues.push({ path, message: 'minRows is above maxRows' });
    issues.push(
      ...duplicates(
        field.columns.map((c) => c.key),
        [...path, 'columns'],
      ),
    );
    issues.push(...field.columns.flatMap((column, at) => checkField(definition, column, [...path, 'columns', at])));
  }
  return issues;
}

/** A pattern comes from data: with repeated groups or two open repetitions a short text could keep the server busy for minutes. */
function checkPattern(source: string, path: (string | number)[]): DefinitionIssue[] {
  try {
    new RegExp(`^(?:${source})$`, 'u');
  } catch {
    return [{ path, message: `pattern "${source}" is not a regular expression` }];
  }
  const bare = source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  const open = bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return /\)[*+{?]/.test(bare.replace(/\)\?/g, '')) || open > 1
    ? [{ path, message: `pattern "${source}" repeats too much` }]
    : [];
}

function checkSections(definition: FormDefinition): DefinitionIssue[] {
  const known = definition.sections.map((s) => s.key);
  const order = definition.questions.map((q) => known.indexOf(q.section));
  return order.flatMap((at, index) => {
    if (at === -1)
      return [
        {
          path: ['questions', index, 'section'],
          message: `section "${definition.questions[index]?.section}" does not exist`,
        },
      ];
    return at < (order[index - 1] ?? 0)
      ? [{ path: ['questions', index, 'section'], message: 'questions must follow the order of the sections' }]
      : [];
  });
}

function checkReferences(definition: FormDefinition): DefinitionIssue[] {
  const all = fieldsOf(definition.questions);
  const issues = definition.deadline.sooner.flatMap((rule, at) =>
    checkCondition(rule.when, all, ['deadline', 'sooner', at]),
  );
  const legal = definition.deadline.legal;
  const start = 'field' in legal ? legal.field : undefined;
  if (start !== undefined && !['date', 'period'].includes(all.get(start)?.kind ?? '')) {
    issues.push({ path: ['deadline', 'legal'], message: `"${start}" is not a date that is asked` });
  }
  return issues;
}

function checkPerson(definition: FormDefinition): DefinitionIssue[] {
  const all = fieldsOf(definition.questions.filter((q) => q.when === undefined));
  return personFields.flatMap((key) => {
    const wanted = key === 'birthDate' ? 'date' : 'text';
    const found = all.get(key);
    return found?.kind === wanted && found.required
      ? []
      : [{ path: ['questions'], message: `"${key}" must be asked of everybody, as ${wanted}, required` }];
  });
}

/** A condition may look only at `known` fields (those asked before), and only in a way that fits their kind. */
function checkCondition(
  rule: Condition,
  known: ReadonlyMap<string, Field | SimpleField>,
  path: (string | number)[],
): DefinitionIssue[] {
  return parts(rule).flatMap((part) => {
    const name = 'field' in part ? part.field : 'filled' in part ? part.filled : 'rows' in part ? part.rows : undefined;
    if (name === undefined) return [];
    const target = known.get(name);
    if (target === undefined) return [{ path, message: `"${name}" is not asked before` }];
    const wrong = misfit(part, target);
    if (wrong !== undefined) return [{ path, message: wrong }];
    if (!('rows' in part) || part.where === undefined || target.kind !== 'table') return [];
    return checkCondition(part.where, new Map(target.columns.map((c) => [c.key, c])), path);
  });
}

function misfit(part: Condition, target: Field | SimpleField): string | undefined {
  const says = `"${target.key}" is ${target.kind}`;
  if ('rows' in part) return target.kind === 'table' ? undefined : `${says}, not a table`;
  if ('has' in part)
    return target.kind === 'choice' && target.multiple && hasOption(target, part.has)
      ? undefined
      : `${says} without "${part.has}" to choose among several`;
  if ('atLeast' in part || 'atMost' in part)
    return target.kind === 'number' || target.kind === 'money' ? undefined : `${says}, not a number`;
  if (!('is' in part) && !('in' in part)) return undefined;
  const values = 'is' in part ? [part.is] : part.in;
  return values.every((value) => canBe(target, value))
    ? undefined
    : `${says} and can never be ${JSON.stringify(values)}`;
}

function canBe(target: Field | SimpleField, value: string | number | boolean): boolean {
  if (target.kind === 'yes-no') return typeof value === 'boolean';
  if (target.kind === 'number' || target.kind === 'money') return typeof value === 'number';
  if (target.kind === 'choice') return !target.multiple && hasOption(target, value);
  return ['text', 'iban', 'email', 'phone'].includes(target.kind) && typeof value === 'string';
}

const hasOption = (target: Extract<Field, { kind: 'choice' }>, value: unknown): boolean =>
  target.options.some((o) => o.value === value);
