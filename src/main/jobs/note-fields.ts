import { findableValue, listedFields, valuesOf } from '../../modules/fields/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/**
 * What stands in the own fields of notes, in the words by which a note is found, by its id. They are found with their note and not for
 * themselves, so that who may read the one may find the other; sensitive data are found by nobody.
 */
export async function wordsOfNotes(tx: Tx, noteIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const values = (await valuesOf(tx, noteIds)).filter((value) => value.subjectType === 'note');
  if (values.length === 0) return new Map();
  const fields = (await listedFields(tx)).filter((field) => !field.hidden);
  const words = new Map<string, string>();
  for (const value of values) {
    const definition = fields.find((field) => field.id === value.fieldId)?.current?.definition;
    const found = definition === undefined ? undefined : findableValue(value, definition, '');
    if (found !== undefined)
      words.set(value.subjectId, [words.get(value.subjectId) ?? '', found.text].join('\n').trim());
  }
  return words;
}
