import { Icon } from './icon.tsx';
import { type Content, classes, type Translate } from './types.ts';

/** What every field has. Texts come translated; `error` is a whole sentence. */
export type FieldProps = {
  t: Translate;
  name: string;
  label: Content;
  hint?: Content | undefined;
  error?: string | undefined;
  /** Marks the field "(freiwillig)"; fields are required unless said otherwise. */
  optional?: boolean | undefined;
  /** `none`: says nothing of being voluntary, where every field of a form always has a value or may stay empty anyway. */
  mark?: 'none' | undefined;
  /** The label is the heading of the page (one question a page). */
  heading?: boolean | undefined;
  /** Made from `name` when missing; error summaries link to it. */
  id?: string | undefined;
};

/** The id of a field from its name: `person.birthDate` -> `f-person-birthDate`. */
export const fieldId = (name: string): string => `f-${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}`;

/** Ids and states that label, hint, error and input share. */
export function wiring(props: Pick<FieldProps, 'id' | 'name' | 'hint' | 'error' | 'optional'>) {
  const id = props.id ?? fieldId(props.name);
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    describedBy: described === '' ? undefined : described,
    invalid: props.error ? ('true' as const) : undefined,
    required: !props.optional,
  };
}

/** The sentence below the label that says what to enter, and where to find it. */
export const Hint = ({ id, children }: { id?: string | undefined; children: Content }) => (
  <div class="kern-hint" id={id}>
    {children}
  </div>
);

/** What is wrong with the field, beside it. */
export const FieldError = ({ t, id, children }: { t: Translate; id: string; children: Content }) => (
  <p class="kern-error" id={id}>
    <Icon name="danger" small />
    <span>
      <span class="kern-sr-only">{t('ui:field.error')} </span>
      {children}
    </span>
  </p>
);

/** The label's words with the mark of a voluntary field. */
export const LabelText = ({ t, label, optional, mark }: Pick<FieldProps, 't' | 'label' | 'optional' | 'mark'>) => (
  <>
    {label}
    {optional && mark !== 'none' ? <span class="kern-label__optional"> {t('ui:field.optional')}</span> : null}
  </>
);

/** Label, hint, error and the control itself, in reading order. */
export const Field = (props: FieldProps & { children: Content; narrow?: boolean | undefined }) => {
  const { id } = wiring(props);
  const label = (
    <label class={classes('kern-label', props.heading && 'td-question')} for={id}>
      <LabelText {...props} />
    </label>
  );
  return (
    <div class={classes('kern-form-input', Boolean(props.error) && 'kern-form-input--error')}>
      {props.heading ? <h1 class="td-question-heading">{label}</h1> : label}
      {props.hint ? <Hint id={`${id}-hint`}>{props.hint}</Hint> : null}
      {props.error ? (
        <FieldError t={props.t} id={`${id}-error`}>
          {props.error}
        </FieldError>
      ) : null}
      {props.children}
    </div>
  );
};

/** Fields that belong together, under one legend; also the frame of radio and checkbox groups. */
export const Fieldset = (props: {
  t: Translate;
  legend: Content;
  hint?: Content | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
  mark?: 'none' | undefined;
  heading?: boolean | undefined;
  id?: string | undefined;
  children: Content;
}) => {
  const id = props.id ?? (typeof props.legend === 'string' ? fieldId(props.legend) : 'f-group');
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const text = <LabelText t={props.t} label={props.legend} optional={props.optional} mark={props.mark} />;
  return (
    <fieldset
      class={classes('kern-fieldset', Boolean(props.error) && 'kern-fieldset--error')}
      aria-describedby={described === '' ? undefined : described}
    >
      <legend class={classes('kern-label', props.heading && 'td-question')}>
        {props.heading ? <h1 class="td-question-heading">{text}</h1> : text}
      </legend>
      {props.hint ? <Hint id={`${id}-hint`}>{props.hint}</Hint> : null}
      {props.error ? (
        <FieldError t={props.t} id={`${id}-error`}>
          {props.error}
        </FieldError>
      ) : null}
      <div class="kern-fieldset__body">{props.children}</div>
    </fieldset>
  );
};
