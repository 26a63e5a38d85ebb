import { FieldError, type FieldProps, Fieldset, Hint, wiring } from './field.tsx';
import type { Option } from './inputs.tsx';
import { type Content, classes } from './types.ts';

type ChoiceProps = FieldProps & { options: readonly Option[]; horizontal?: boolean | undefined };

/** One line of a group. */
const Choice = (props: {
  kind: 'radio' | 'checkbox';
  id: string;
  name: string;
  option: Option;
  checked: boolean;
  required: boolean;
  invalid?: 'true' | undefined;
}) => (
  <div class="kern-form-check">
    <input
      class={`kern-form-check__${props.kind}`}
      type={props.kind}
      id={props.id}
      name={props.name}
      value={props.option.value}
      checked={props.checked}
      required={props.required}
      aria-describedby={props.option.hint ? `${props.id}-hint` : undefined}
      aria-invalid={props.kind === 'checkbox' ? props.invalid : undefined}
    />
    <label class="kern-label" for={props.id}>
      {props.option.label}
    </label>
    {props.option.hint ? <Hint id={`${props.id}-hint`}>{props.option.hint}</Hint> : null}
  </div>
);

const Group = (props: ChoiceProps & { children: Content; id: string }) => (
  <Fieldset
    t={props.t}
    id={props.id}
    legend={props.label}
    hint={props.hint}
    error={props.error}
    optional={props.optional}
    mark={props.mark}
    heading={props.heading}
  >
    <div class={classes('td-choices', props.horizontal && 'td-choices--horizontal')}>{props.children}</div>
  </Fieldset>
);

/** One line of a group takes the id of the field, so that links, the error summary and the keyboard arrive there: the chosen one, else the first. */
const optionIds = (id: string, options: readonly Option[], chosen: (option: Option) => boolean): string[] => {
  const arrival = Math.max(0, options.findIndex(chosen));
  return options.map((_, index) => (index === arrival ? id : `${id}-${index + 1}`));
};

/** Exactly one of a few, all visible. `before`: lines of the same group that the page draws itself, above the others. */
export const RadioGroup = (props: ChoiceProps & { value?: string | undefined; before?: Content }) => {
  const { id, invalid, required } = wiring(props);
  const ids = optionIds(id, props.options, (option) => option.value === props.value);
  return (
    <Group {...props} id={id}>
      {props.before}
      {props.options.map((option, index) => (
        <Choice
          kind="radio"
          id={ids[index] as string}
          name={props.name}
          option={option}
          checked={option.value === props.value}
          required={required}
          invalid={invalid}
        />
      ))}
    </Group>
  );
};

/** Any number of a few. */
export const CheckboxGroup = (props: ChoiceProps & { values?: readonly string[] | undefined }) => {
  const { id, invalid } = wiring(props);
  const ids = optionIds(id, props.options, () => false); // several may be chosen: one begins at the top
  return (
    <Group {...props} id={id}>
      {props.options.map((option, index) => (
        <Choice
          kind="checkbox"
          id={ids[index] as string}
          name={props.name}
          option={option}
          checked={props.values?.includes(option.value) ?? false}
          required={false}
          invalid={invalid}
        />
      ))}
    </Group>
  );
};

/** Yes or no as the values `yes` and `no`. */
export const YesNo = (props: FieldProps & { value?: 'yes' | 'no' | undefined }) => (
  <RadioGroup
    {...props}
    horizontal
    options={[
      { value: 'yes', label: props.t('ui:yes') },
      { value: 'no', label: props.t('ui:no') },
    ]}
  />
);

/** A single box to tick, such as a confirmation. Sends `yes`. Without the mark of a voluntary field, which reads oddly beside a statement. */
export const Checkbox = (props: FieldProps & { checked?: boolean | undefined; value?: string | undefined }) => {
  const { id, describedBy, invalid, required } = wiring(props);
  return (
    <div class={classes('td-single-check', Boolean(props.error) && 'kern-form-input--error')}>
      {props.error ? (
        <FieldError t={props.t} id={`${id}-error`}>
          {props.error}
        </FieldError>
      ) : null}
      <div class="kern-form-check">
        <input
          class="kern-form-check__checkbox"
          type="checkbox"
          id={id}
          name={props.name}
          value={props.value ?? 'yes'}
          checked={props.checked}
          required={required}
          aria-describedby={describedBy}
          aria-invalid={invalid}
        />
        <label class="kern-label" for={id}>
          {props.label}
        </label>
        {props.hint ? <Hint id={`${id}-hint`}>{props.hint}</Hint> : null}
      </div>
    </div>
  );
};
