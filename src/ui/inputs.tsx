import { Field, type FieldProps, wiring } from './field.tsx';
import type { Content } from './types.ts';

type Value = { value?: string | undefined };
type InputProps = FieldProps &
  Value & {
    type?: 'text' | 'email' | 'tel' | 'search' | 'password' | undefined;
    inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | undefined;
    autocomplete?: string | undefined;
    maxLength?: number | undefined;
    /** Width in characters, as a promise of how much is expected. */
    width?: 'xs' | 's' | 'm' | 'l' | undefined;
    /** Shown before or behind the input, such as "€". */
    suffix?: Content | undefined;
    autofocus?: boolean | undefined;
    /** Words to choose from, which the field does not insist on; with `from`, those that fit what is typed are fetched (js/suggest.js). */
    suggestions?: { readonly words: readonly string[]; readonly from?: string | undefined } | undefined;
  };

/** One line of text. */
export const TextField = (props: InputProps) => {
  const { id, describedBy, invalid, required } = wiring(props);
  const input = (
    <input
      class={`kern-form-input__input${props.width ? ` td-width-${props.width}` : ''}`}
      id={id}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      inputmode={props.inputMode}
      autocomplete={props.autocomplete}
      maxlength={props.maxLength}
      autofocus={props.autofocus}
      list={props.suggestions === undefined ? undefined : `${id}-list`}
      data-suggest={props.suggestions?.from}
      required={required}
      aria-describedby={describedBy}
      aria-invalid={invalid}
    />
  );
  return (
    <Field {...props}>
      {props.suffix ? (
        <div class="td-input-group">
          {input}
          <span class="td-input-group__suffix" aria-hidden="true">
            {props.suffix}
          </span>
        </div>
      ) : (
        input
      )}
      {props.suggestions === undefined ? null : (
        <datalist id={`${id}-list`}>
          {props.suggestions.words.map((word) => (
            <option value={word} />
          ))}
        </datalist>
      )}
    </Field>
  );
};

/** Several lines of text. */
export const TextArea = (
  props: FieldProps &
    Value & {
      rows?: number | undefined;
      maxLength?: number | undefined;
      /** The language of what is typed, where it is not that of the page. */
      lang?: string | undefined;
    },
) => {
  const { id, describedBy, invalid, required } = wiring(props);
  return (
    <Field {...props}>
      <textarea
        class="kern-form-input__input"
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        lang={props.lang}
        maxlength={props.maxLength}
        required={required}
        aria-describedby={describedBy}
        aria-invalid={invalid}
      >
        {props.value ?? ''}
      </textarea>
    </Field>
  );
};

/** A day as TT.MM.JJJJ in one input: quicker to type, to correct and to paste than three. */
export const DateField = (props: FieldProps & Value & { autocomplete?: string | undefined }) => (
  <TextField {...props} hint={props.hint ?? props.t('ui:field.dateHint')} width="s" maxLength={20} />
);

/** A whole or decimal number; `unit` stands behind it. */
export const NumberField = (
  props: FieldProps & Value & { unit?: string | undefined; decimal?: boolean | undefined },
) => (
  <TextField
    {...props}
    inputMode={props.decimal ? 'decimal' : 'numeric'}
    width="s"
    suffix={props.unit}
    maxLength={30}
  />
);

/** An amount in euro; the person types "563,20". */
export const MoneyField = (props: FieldProps & Value) => (
  <TextField {...props} inputMode="decimal" width="s" suffix="€" maxLength={30} />
);

/** Images and PDF; what is really inside is judged by the server. */
const accepted =
  'image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,application/pdf,.heic,.heif,.tif,.tiff';

/** Files from the device or its camera. Inside a form with `uploads` they go up the moment they are chosen. */
export const FileField = (props: FieldProps & { multiple?: boolean | undefined; accept?: string | undefined }) => {
  const { id, describedBy, invalid, required } = wiring(props);
  return (
    <Field {...props} hint={props.hint ?? props.t('ui:field.fileHint')}>
      <input
        class="kern-form-input__input"
        id={id}
        name={props.name}
        type="file"
        accept={props.accept ?? accepted}
        multiple={props.multiple}
        required={required}
        aria-describedby={describedBy ?? `${id}-hint`}
        aria-invalid={invalid}
      />
    </Field>
  );
};

export type Option = { value: string; label: string; hint?: Content | undefined };

/** One of many. `empty` is the first entry, for "nothing chosen". */
export const Select = (props: FieldProps & Value & { options: readonly Option[]; empty?: string | undefined }) => {
  const { id, describedBy, invalid, required } = wiring(props);
  return (
    <Field {...props}>
      <select
        class="kern-form-input__input td-select"
        id={id}
        name={props.name}
        required={required}
        aria-describedby={describedBy}
        aria-invalid={invalid}
      >
        {props.empty !== undefined ? <option value="">{props.empty}</option> : null}
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
};
