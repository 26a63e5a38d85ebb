import { dayInGermany } from '../../../kernel/dates.ts';
import {
  asFormField,
  inLanguage,
  type OwnField,
  type OwnValue,
  type OwnWrite,
  ownValueWords,
  writeOwnValues,
} from '../../../modules/fields/index.ts';
import {
  type AnswerValue,
  formatError,
  type Question,
  rawAnswer,
  validateAnswer,
} from '../../../modules/forms/index.ts';
import { joinTexts } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Content, type FieldProblem, fieldId, formatDateTime, Icon, RadioGroup } from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';
import type { OwnGroup } from './own-groups.ts';
import { OwnInput } from './own-input.tsx';

/** Names of the inputs of one field of one thing. */
const inputName = (field: OwnField): string => `feld-${field.id}`;
const standName = (field: OwnField): string => `stand-${field.id}`;
const choiceName = (field: OwnField): string => `wahl-${field.id}`;

/** An own field as the only one of a question, so that the rules of forms read and show it. */
const asQuestion = (field: OwnField, held: unknown): Question => ({
  key: 'own',
  section: 'own',
  title: { de: '', en: '' },
  fields: [asFormField(inputName(field), field.definition, { held })],
});

type Read = { readonly value: AnswerValue | undefined; readonly error: string | undefined };

/** What a form says about a field, and what is wrong with it. */
function readOwn(visit: StaffVisit, field: OwnField, input: FormInput, held: unknown): Read {
  const read = validateAnswer(asQuestion(field, held), input, dayInGermany(visit.services.clock.now()));
  const [error] = read.ok ? [] : Object.values(read.errors);
  return {
    value: read.value[inputName(field)],
    error: error === undefined ? undefined : formatError(error, visit.language),
  };
}

const opened = (input: FormInput, field: OwnField): number | undefined => {
  const text = one(input, standName(field));
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

const labelOf = (visit: StaffVisit, field: OwnField): string => inLanguage(field.definition.label, visit.language);

const words = (visit: StaffVisit, field: OwnField, value: AnswerValue | null | undefined): string =>
  value === undefined || value === null
    ? visit.t('own:fill.nothing')
    : ownValueWords(field.definition, value, visit.language);

/** Whether both texts fit into one field. */
const joins = (field: OwnField): boolean => field.definition.kind === 'longtext';

export type OwnInputsProps = {
  readonly visit: StaffVisit;
  readonly groups: readonly OwnGroup[];
  /** What was typed; without it the form shows what stands there. */
  readonly input: FormInput | undefined;
  readonly problems: readonly FieldProblem[];
};

/** The own fields of a thing as the inputs of a form, each with the version at which it was opened. */
export const OwnInputs = ({ visit, groups, input, problems }: OwnInputsProps) => (
  <>
    {groups.map((group) => (
      <section class="td-flow" aria-labelledby={`eigene-${group.target}`}>
        <h3 id={`eigene-${group.target}`}>
          {visit.t(group.target === 'note' ? 'own:noteFields' : `own:target.${group.target}`)}
        </h3>
        {group.fields.map(({ field, value }) => (
          <OneInput visit={visit} field={field} value={value} input={input} problems={problems} />
        ))}
      </section>
    ))}
  </>
);

function OneInput(props: {
  visit: StaffVisit;
  field: OwnField;
  value: OwnValue | undefined;
  input: FormInput | undefined;
  problems: readonly FieldProblem[];
}): Content {
  const { visit, field, value, input, problems } = props;
  const name = inputName(field);
  const held = value?.value ?? undefined;
  const question = asQuestion(field, held);
  const stands = held === undefined ? {} : rawAnswer(question, { [name]: held }, visit.language);
  const version = value?.version ?? 0;
  const typed = input !== undefined && opened(input, field) !== undefined;
  const collides = problems.some((problem) => problem.id === fieldId(choiceName(field)));
  const error = problems.find((problem) => problem.id === fieldId(name))?.text;
  return (
    <>
      <input
        type="hidden"
        name={standName(field)}
        value={String(collides || !typed ? version : (opened(input ?? {}, field) ?? version))}
      />
      {collides && value !== undefined ? <Collision {...props} value={value} input={input ?? {}} /> : null}
      <OwnInput
        visit={visit}
        name={name}
        definition={field.definition}
        raw={typed ? input : stands}
        errors={error === undefined ? {} : { [name]: error }}
        held={held}
      />
    </>
  );
}

/** Somebody else wrote the same field: both texts, and the choice. */
function Collision(props: {
  visit: StaffVisit;
  field: OwnField;
  value: OwnValue;
  input: FormInput;
  problems: readonly FieldProblem[];
}) {
  const { visit, field, value, input, problems } = props;
  const { t, language } = visit;
  const label = labelOf(visit, field);
  const name = value.writtenName;
  const choices = ['mine', 'theirs', ...(joins(field) ? ['both'] : [])];
  return (
    <div class="tw-panel td-flow">
      <p>
        <Icon name="warning" small />{' '}
        {t('own:fill.conflict', {
          name,
          label,
          at: formatDateTime(value.writtenAt, language, t),
          theirs: words(visit, field, value.value),
          mine: words(visit, field, readOwn(visit, field, input, value.value ?? undefined).value),
        })}
      </p>
      <RadioGroup
        t={t}
        name={choiceName(field)}
        label={t('own:fill.choose', { label })}
        error={problems.find((problem) => problem.id === fieldId(choiceName(field)))?.text}
        options={choices.map((choice) => ({ value: choice, label: t(`own:fill.${choice}`, { name }) }))}
      />
      <input type="hidden" name={`konflikt-${field.id}`} value="ja" />
    </div>
  );
}

/** What a form that was sent says about own fields, and what must be put right. Fields that were not in the form are left out. */
export function readOwnInputs(
  visit: StaffVisit,
  groups: readonly OwnGroup[],
): { readonly writes: readonly OwnWrite[]; readonly problems: readonly FieldProblem[] } {
  const { input } = visit;
  const problems: FieldProblem[] = [];
  const writes: OwnWrite[] = [];
  for (const { subjectId, fields } of groups)
    for (const { field, value } of fields) {
      const from = opened(input, field);
      if (from === undefined) continue;
      const { value: mine, error } = readOwn(visit, field, input, value?.value ?? undefined);
      const choice = one(input, choiceName(field));
      const unanswered = one(input, `konflikt-${field.id}`) === 'ja' && choice === '';
      if (choice === 'theirs') continue;
      if (error !== undefined) problems.push({ id: fieldId(inputName(field)), text: error });
      if (unanswered) problems.push(conflictProblem(visit, field));
      const theirs = value?.value ?? undefined;
      const both = choice === 'both' && typeof mine === 'string' && typeof theirs === 'string';
      writes.push({ field, subjectId, opened: from, value: both ? joinTexts(theirs, mine) : mine });
    }
  return { writes, problems };
}

/**
 * Writes the fields of a form that was sent. Fields that were not in the form are left alone. `wrong`: what must be put right, or where somebody
 * else wrote the same field.
 */
export async function writeOwnInputs(
  tx: Tx,
  visit: StaffVisit,
  caseId: string,
  groups: readonly OwnGroup[],
): Promise<{ kind: 'done' | 'unchanged' } | { kind: 'wrong'; problems: readonly FieldProblem[] }> {
  const { writes, problems } = readOwnInputs(visit, groups);
  if (problems.length > 0) return { kind: 'wrong', problems };
  const outcome = await writeOwnValues(tx, { actor: visit.actor, caseId }, writes);
  if (outcome.kind !== 'conflict') return { kind: outcome.kind };
  const fields = groups.flatMap((group) => group.fields.map((each) => each.field));
  return {
    kind: 'wrong',
    problems: outcome.conflicts.flatMap(({ fieldId: id }) => {
      const field = fields.find((each) => each.id === id);
      return field === undefined ? [] : [conflictProblem(visit, field)];
    }),
  };
}

const conflictProblem = (visit: StaffVisit, field: OwnField): FieldProblem => ({
  id: fieldId(choiceName(field)),
  text: visit.t('own:fill.conflictProblem', { label: labelOf(visit, field) }),
});
