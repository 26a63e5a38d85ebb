import type { Tx } from '../../platform/database/index.ts';
import { type FormDefinition, formDefinition } from './definition.ts';

type FormTables = {
  form_version: { id: string; concern: string; version: number; definition: string; published_at: Date };
};

/** Publishes a version of a form; a version that exists is never changed, whatever the file says now. */
export async function publishForm(tx: Tx, definition: FormDefinition): Promise<'published' | 'exists'> {
  const row = {
    id: tx.newId(),
    concern: definition.key,
    version: definition.version,
    definition: JSON.stringify(definition),
    published_at: tx.now,
  };
  const added = await tx
    .tables<FormTables>()
    .insertInto('form_version')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? 'exists' : 'published';
}

/** The newest version of every concern. */
export async function currentForms(tx: Tx): Promise<FormDefinition[]> {
  const rows = await tx
    .tables<FormTables>()
    .selectFrom('form_version')
    .select('definition')
    .distinctOn('concern')
    .orderBy('concern')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => formDefinition.parse(row.definition));
}

/** One version of a form, for drafts that were begun on it. */
export async function formVersion(tx: Tx, concern: string, version: number): Promise<FormDefinition | undefined> {
  const row = await tx
    .tables<FormTables>()
    .selectFrom('form_version')
    .select('definition')
    .where('concern', '=', concern)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? undefined : formDefinition.parse(row.definition);
}
