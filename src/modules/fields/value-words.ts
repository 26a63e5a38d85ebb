import type { Language } from '../../platform/i18n/index.ts';
import { type AnswerValue, formatAnswer } from '../forms/index.ts';
import type { Findable } from '../search/index.ts';
import { asFormField } from './as-form-field.ts';
import { isSensitive, type OwnDefinition } from './definition.ts';
import type { OwnValue } from './values.ts';

/** What stands in a field, in words. Choices that are no longer offered stay readable. */
export const ownValueWords = (definition: OwnDefinition, value: AnswerValue, language: Language): string =>
  formatAnswer(asFormField('value', definition, { held: 'all' }), value, language);

/**
 * What the search finds of a value; undefined where it finds nothing: in an empty field, and in one with sensitive data, which nobody should
 * come upon while looking for something else (Art. 9, 25 DSGVO).
 */
export function findableValue(value: OwnValue, definition: OwnDefinition, topic: string): Findable | undefined {
  if (value.value === null || isSensitive(definition.category)) return undefined;
  return {
    id: value.id,
    kind: 'field',
    caseId: value.caseId,
    topic,
    author: value.writtenBy,
    at: value.writtenAt,
    text: `${definition.label.de}: ${ownValueWords(definition, value.value, 'de')}`,
  };
}
