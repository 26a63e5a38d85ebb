import { hasChoices, ownCategories, ownKinds, sensitiveCategories, targets } from '../../../modules/fields/index.ts';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  type Content,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import { draftMarks } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import { choiceInput, choiceLines } from './definition-input.ts';
import type { Here } from './known.ts';

export type DefinitionFormProps = {
  readonly visit: StaffVisit;
  readonly here: Here;
  /** Undefined for a new field. */
  readonly id: string | undefined;
  /** What stands in the form: the field, or what was typed. */
  readonly input: FormInput;
  readonly problems: readonly FieldProblem[];
  /** The last version when the form was opened; 0 for a new field. */
  readonly opened: number;
  /** In force: what it hangs on and its kind stay. */
  readonly fixed: boolean;
  readonly draftAt?: Date | undefined;
  /** Shown before the buttons. */
  readonly children?: Content;
};

const Group = ({ title, id, children }: { title: string; id: string; children: Content }) => (
  <section class="tw-panel td-flow" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

/** The form of a field: what it is called, what it is for, and what may stand in it. */
export function DefinitionForm(props: DefinitionFormProps) {
  const { visit, here, id, input, problems } = props;
  const { t } = visit;
  const action = id === undefined ? paths.fieldNew : paths.field(id);
  const marks = draftMarks(visit, action, action, props.draftAt);
  const field = (name: string, most: number) => ({
    t,
    name,
    label: t(`own:form.${name}`),
    value: one(input, name),
    error: problems.find((problem) => problem.id === fieldId(name))?.text,
    maxLength: most,
  });
  const listed = (name: string, keys: readonly string[], words: string) => ({
    ...field(name, 0),
    options: keys.map((value) => ({ value, label: t(`own:${words}.${value}`) })),
    empty: t('workspace:verb.choose'),
  });
  const concerns = [input['concerns'] ?? []].flat();
  const stays = (name: string): Content => (
    <p>
      {t(`own:form.${name}`)}: <strong>{t(`own:${name}.${one(input, name)}`)}</strong>
      <input type="hidden" name={name} value={one(input, name)} />
    </p>
  );
  return (
    <>
      <ErrorSummary t={t} problems={problems} />
      <Form
        action={action}
        csrf={visit.csrf}
        hidden={{ command: newCommand(visit), ...marks.hidden }}
        versions={{ stand: String(props.opened) }}
        draft={marks.texts}
        typed={problems.length > 0 || props.draftAt !== undefined}
      >
        <Group title={t('own:group.what')} id="what">
          <TextField {...field('label', 120)} />
          <TextField {...field('labelEn', 120)} hint={t('own:form.enHint')} optional />
          <TextField {...field('help', 500)} hint={t('own:form.helpHint')} optional />
          <TextField {...field('helpEn', 500)} optional />
          {props.fixed ? (
            <>
              {stays('target')}
              {stays('kind')}
              <p class="td-muted">{t('own:form.stays')}</p>
            </>
          ) : (
            <>
              <Select {...listed('target', targets, 'target')} hint={t('own:form.targetHint')} />
              <Select {...listed('kind', ownKinds, 'kind')} />
            </>
          )}
          <Choices {...props} />
        </Group>
        <Group title={t('own:group.where')} id="where">
          <CheckboxGroup
            {...field('concerns', 0)}
            hint={t('own:form.concernsHint')}
            values={concerns}
            options={here.concerns}
            optional
          />
          <Select
            {...field('team', 0)}
            hint={t('own:form.teamHint')}
            options={here.teams.map((team) => ({ value: team.key, label: team.name }))}
            empty={t('own:scope.allTeams')}
            optional
          />
        </Group>
        <Group title={t('own:group.why')} id="why">
          <TextArea {...field('purpose', 500)} rows={2} hint={t('own:form.purposeHint')} />
          <TextField {...field('legalBasis', 300)} hint={t('own:form.legalBasisHint')} />
          <Select {...listed('category', ownCategories, 'category')} hint={t('own:form.categoryHint')} />
          <TextArea {...field('writeHere', 500)} rows={2} hint={t('own:form.writeHereHint')} />
          <TextArea {...field('notHere', 500)} rows={2} hint={t('own:form.notHereHint')} />
          <TextField
            {...field('years', 2)}
            value={one(input, 'years')}
            hint={t('own:form.yearsHint')}
            inputMode="numeric"
            width="xs"
          />
        </Group>
        <TextField {...field('why', 300)} hint={t('own:form.whyHint')} />
        {sensitiveCategories.some((each) => each === one(input, 'category')) ? <p>{t('own:form.waits')}</p> : null}
        {props.children}
        <div class="td-toolbar">
          <Button>{t('own:form.save')}</Button>
          <Button variant="secondary" name="vorschau" value="ja">
            {t('own:form.preview')}
          </Button>
          <a href={paths.fields}>{t('workspace:verb.cancel')}</a>
        </div>
      </Form>
    </>
  );
}

/** The choices, a line each; open where the kind has some. */
function Choices({ visit, input, problems }: DefinitionFormProps) {
  const { t } = visit;
  const kind = one(input, 'kind');
  const wanted = kind === 'one' || kind === 'several' ? hasChoices(kind) : false;
  const wrong = problems.find((problem) => problem.id === fieldId(choiceInput(0, 'de')))?.text;
  const lines = Array.from({ length: choiceLines(input) }, (_, index) => index);
  return (
    <details open={wanted || wrong !== undefined}>
      <summary>{t('own:form.choices')}</summary>
      <p class="td-muted">{t('own:form.choicesHint')}</p>
      {lines.map((index) => {
        const name = (part: 'key' | 'de' | 'en' | 'gone') => choiceInput(index, part);
        const known = one(input, name('key')) !== '';
        return (
          <div class="tw-fields">
            {known ? <input type="hidden" name={name('key')} value={one(input, name('key'))} /> : null}
            <TextField
              t={t}
              name={name('de')}
              label={t('own:form.choice', { n: index + 1 })}
              value={one(input, name('de'))}
              error={index === 0 ? wrong : undefined}
              maxLength={120}
              optional={index > 0}
            />
            <TextField
              t={t}
              name={name('en')}
              label={t('own:form.choiceEn', { n: index + 1 })}
              value={one(input, name('en'))}
              maxLength={120}
              optional
            />
            {known ? (
              <Checkbox
                t={t}
                name={name('gone')}
                value="ja"
                label={t('own:form.choiceRemove', { label: one(input, name('de')) })}
                checked={one(input, name('gone')) !== ''}
                optional
              />
            ) : null}
          </div>
        );
      })}
    </details>
  );
}
