import type { ChoiceField, SimpleField } from '../forms/index.ts';
import { hasChoices, inLanguage, isSensitive, type OwnDefinition, type OwnText } from './definition.ts';

const both = (text: OwnText): { de: string; en: string } => ({ de: text.de, en: inLanguage(text, 'en') });

type Extra = {
  readonly help?: string;
  readonly held?: unknown;
  readonly removed?: (label: string) => string;
  /** Key of its purpose in the form it is asked in. */
  readonly purpose?: string;
};

/**
 * An own field as a question of a form is one, so that it is read, checked, shown and worded by the same rules. Its values go by `key`.
 * `held`: what stands there now; a removed choice is offered only to whom has it. `help` is written by the page, in one language.
 */
export function asFormField(key: string, definition: OwnDefinition, extra: Extra = {}): SimpleField {
  const help = extra.help === undefined ? both(definition.help) : { de: extra.help, en: extra.help };
  const base = {
    key,
    label: both(definition.label),
    ...(help.de === '' ? {} : { help }),
    required: false,
    privacy: {
      category: isSensitive(definition.category) ? ('health' as const) : ('free-text' as const),
      purpose: extra.purpose ?? 'own',
    },
  };
  const { kind } = definition;
  if (hasChoices(kind))
    return { ...base, kind: 'choice', multiple: kind === 'several', options: options(definition, extra) };
  switch (kind) {
    case 'text':
      return { ...base, kind, validation: { maxLength: 200 } };
    case 'longtext':
      return { ...base, kind, validation: { maxLength: 5_000 } };
    case 'number':
      return { ...base, kind, validation: { decimals: 3 } };
    default:
      return { ...base, kind: kind as 'money' | 'date' | 'yes-no' };
  }
}

function options(
  { choices }: OwnDefinition,
  { held, removed }: { readonly held?: unknown; readonly removed?: (label: string) => string },
): ChoiceField['options'] {
  const has = new Set([held].flat());
  const named = removed ?? ((label) => label);
  return choices
    .filter((choice) => !choice.removed || held === 'all' || has.has(choice.key))
    .map((choice) => {
      const label = both(choice.label);
      return { value: choice.key, label: choice.removed ? { de: named(label.de), en: named(label.en) } : label };
    });
}
