import type { Field, RawForm, SimpleField, TableField } from '../../modules/forms/index.ts';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  type Content,
  DateField,
  Fieldset,
  fieldId,
  MoneyField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Words } from './visit.ts';

/** What stands in the inputs, and sentences about what is wrong, both by the name of the input. */
export type Typed = { readonly raw: RawForm; readonly errors: Readonly<Record<string, string>> };
type Props = { readonly visit: Words; readonly path: string; readonly typed: Typed };

const list = (raw: RawForm, path: string): string[] =>
  [Object.hasOwn(raw, path) ? (raw[path] ?? []) : []].flat() as string[];
export const textOf = (raw: RawForm, path: string): string => list(raw, path)[0] ?? '';

/** More options than this are a list to open. */
const radioMost = 12;

/** One field of a question as inputs; documents are drawn by the page, because they go up by themselves. */
export const FieldInput = (
  props: Props & { readonly field: Exclude<Field, { kind: 'documents' }>; readonly page: string },
): Content =>
  props.field.kind === 'table' ? (
    <TableInput {...props} field={props.field} />
  ) : (
    <SimpleInput {...props} field={props.field} />
  );

const SimpleInput = ({ visit, field, path, typed }: Props & { readonly field: SimpleField }): Content => {
  const { t, language } = visit;
  const common = {
    t,
    name: path,
    label: field.label[language],
    hint: field.help?.[language],
    error: typed.errors[path],
    optional: !field.required,
  };
  const value = textOf(typed.raw, path);
  switch (field.kind) {
    case 'text':
      return (
        <TextField
          {...common}
          value={value}
          autocomplete={field.autocomplete}
          width={widthOf(field.validation?.maxLength)}
        />
      );
    case 'longtext':
      return <TextArea {...common} value={value} rows={6} />;
    case 'number':
      return (
        <NumberField
          {...common}
          value={value}
          unit={field.unit?.[language]}
          decimal={(field.validation?.decimals ?? 0) > 0}
        />
      );
    case 'money':
      return <MoneyField {...common} value={value} />;
    case 'date':
      return <DateField {...common} value={value} autocomplete={field.autocomplete} />;
    case 'phone':
      return (
        <TextField
          {...common}
          type="tel"
          inputMode="tel"
          value={value}
          autocomplete={field.autocomplete ?? 'tel'}
          width="m"
        />
      );
    case 'email':
      return (
        <TextField
          {...common}
          type="email"
          inputMode="email"
          value={value}
          autocomplete={field.autocomplete ?? 'email'}
          width="l"
        />
      );
    case 'iban':
      return <TextField {...common} value={value} width="l" autocomplete="off" />;
    case 'yes-no':
      return field.confirm ? (
        <Checkbox {...common} value="ja" checked={value === 'ja'} />
      ) : (
        <RadioGroup
          {...common}
          value={value}
          options={[
            { value: 'ja', label: t('ui:yes') },
            { value: 'nein', label: t('ui:no') },
          ]}
          horizontal
        />
      );
    case 'choice':
      return <ChoiceInput visit={visit} field={field} path={path} typed={typed} />;
    case 'address':
      return <AddressInput visit={visit} field={field} path={path} typed={typed} />;
    case 'period':
      return <PeriodInput visit={visit} field={field} path={path} typed={typed} />;
  }
};

const widthOf = (maxLength: number | undefined): 's' | 'm' | undefined =>
  maxLength === undefined || maxLength > 60 ? undefined : maxLength <= 20 ? 's' : 'm';

type Of<Kind extends SimpleField['kind']> = Extract<SimpleField, { kind: Kind }>;

const ChoiceInput = ({ visit, field, path, typed }: Props & { readonly field: Of<'choice'> }) => {
  const { t, language } = visit;
  const options = field.options.map((option) => ({
    value: option.value,
    label: option.label[language],
    hint: option.help?.[language],
  }));
  const common = {
    t,
    name: path,
    label: field.label[language],
    hint: field.help?.[language],
    error: typed.errors[path],
    optional: !field.required,
    options,
  };
  if (field.multiple) return <CheckboxGroup {...common} values={list(typed.raw, path)} />;
  if (options.length > radioMost)
    return <Select {...common} value={textOf(typed.raw, path)} empty={t('portal:form.choose')} />;
  return <RadioGroup {...common} value={textOf(typed.raw, path)} />;
};

const addressParts = [
  { part: 'street', autocomplete: 'address-line1', width: 'l', optional: false },
  { part: 'houseNumber', autocomplete: undefined, width: 'xs', optional: true },
  { part: 'addition', autocomplete: 'address-line2', width: 'l', optional: true },
  { part: 'postalCode', autocomplete: 'postal-code', width: 'xs', optional: false },
  { part: 'city', autocomplete: 'address-level2', width: 'l', optional: false },
] as const;

const AddressInput = ({ visit, field, path, typed }: Props & { readonly field: Of<'address'> }) => (
  <Fieldset
    t={visit.t}
    legend={field.label[visit.language]}
    hint={field.help?.[visit.language]}
    error={typed.errors[path]}
    optional={!field.required}
    id={fieldId(path)}
  >
    {addressParts.map(({ part, autocomplete, width, optional }) => (
      <TextField
        t={visit.t}
        name={`${path}.${part}`}
        label={visit.t(`portal:address.${part}`)}
        value={textOf(typed.raw, `${path}.${part}`)}
        error={typed.errors[`${path}.${part}`]}
        optional={optional}
        autocomplete={autocomplete}
        width={width}
      />
    ))}
  </Fieldset>
);

const PeriodInput = ({ visit, field, path, typed }: Props & { readonly field: Of<'period'> }) => (
  <Fieldset
    t={visit.t}
    legend={field.label[visit.language]}
    hint={field.help?.[visit.language]}
    error={typed.errors[path]}
    optional={!field.required}
    id={fieldId(path)}
  >
    {(['from', 'to'] as const).map((end) => (
      <DateField
        t={visit.t}
        name={`${path}.${end}`}
        label={visit.t(`portal:period.${end === 'to' && field.openEnd ? 'toOpen' : end}`)}
        value={textOf(typed.raw, `${path}.${end}`)}
        error={typed.errors[`${path}.${end}`]}
        optional={end === 'to' && field.openEnd}
      />
    ))}
  </Fieldset>
);

/** Numbers of the rows that are shown; the form says them itself, so that an empty row is not lost when another is added. */
export function rowsShown(field: TableField, raw: RawForm): number[] {
  const said = list(raw, `zeilen.${field.key}`)
    .flatMap((text) => text.split(','))
    .filter((text) => /^\d{1,3}$/.test(text))
    .map(Number);
  const typed = Object.keys(raw).flatMap((key) => {
    const number = key.startsWith(`${field.key}.`)
      ? /^(\d{1,3})\./.exec(key.slice(field.key.length + 1))?.[1]
      : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  const rows = [...new Set([...said, ...typed])].sort((a, b) => a - b).slice(0, field.maxRows);
  return rows.length === 0 && field.required ? [0] : rows;
}

/** Rows of a table one below the other; adding and removing are buttons of the form. */
const TableInput = ({
  visit,
  field,
  path,
  typed,
  page,
}: Props & { readonly field: TableField; readonly page: string }) => {
  const { t, language } = visit;
  const rows = rowsShown(field, typed.raw);
  const next = (rows.at(-1) ?? -1) + 1;
  return (
    <Fieldset
      t={t}
      legend={field.label[language]}
      hint={field.help?.[language]}
      error={typed.errors[path]}
      optional={!field.required}
      id={fieldId(path)}
    >
      <input type="hidden" name={`zeilen.${path}`} value={rows.join(',')} />
      {rows.length === 0 ? <p id={fieldId(path)}>{t('portal:form.noRows')}</p> : null}
      {rows.map((row, at) => (
        <div class="td-inset td-flow" id={`zeile-${path}-${row}`}>
          <Fieldset
            t={t}
            legend={`${field.rowTitle[language]} ${at + 1}`}
            error={typed.errors[`${path}.${row}`]}
            id={`${fieldId(path)}-${row}`}
          >
            {field.columns.map((column) => (
              <SimpleInput visit={visit} field={column} path={`${path}.${row}.${column.key}`} typed={typed} />
            ))}
            <Button
              variant="tertiary"
              icon="delete"
              name="aktion"
              value={`zeile-weg ${path} ${row}`}
              action={`${page}#${fieldId(path)}-liste`}
            >
              {t('portal:form.removeRow', { row: `${field.rowTitle[language]} ${at + 1}` })}
            </Button>
          </Fieldset>
        </div>
      ))}
      {rows.length >= field.maxRows ? null : (
        <div id={`${fieldId(path)}-liste`}>
          <Button
            variant="secondary"
            icon="add"
            name="aktion"
            value={`zeile-dazu ${path}`}
            action={`${page}#zeile-${path}-${next}`}
          >
            {field.addLabel[language]}
          </Button>
        </div>
      )}
    </Fieldset>
  );
};
