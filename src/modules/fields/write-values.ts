import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { noteOwnFields } from '../cases/index.ts';
import type { AnswerValue } from '../forms/index.ts';
import { fieldWritten, lockField } from '../together/index.ts';
import type { ValueTarget } from './definition.ts';
import type { OwnField } from './queries.ts';
import type { FieldTables } from './tables.ts';
import { type OwnValue, pastValue, valuesOf } from './values.ts';

/** One field of a form that was sent: what should stand there, and the version it showed when it was opened (0: nothing). */
export type OwnWrite = {
  readonly field: OwnField;
  readonly subjectId: string;
  readonly opened: number;
  readonly value: AnswerValue | undefined;
};

/** Two people wrote the same field: what stands there now. */
export type OwnConflict = { readonly fieldId: string; readonly theirs: OwnValue | undefined };

export type OwnWritten =
  | { readonly kind: 'done' | 'unchanged' }
  | { readonly kind: 'conflict'; readonly conflicts: readonly OwnConflict[] };

const same = (a: unknown, b: unknown): boolean =>
  canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);

/**
 * Writes the fields of a form into a case, its person or household, or into a note that was written just now: nothing of the case tells of
 * that, because the note itself does, or its circle alone may know. The caller has locked the case as one the reader may see, and
 * read the fields by `fieldsAt`. Fields that the form did not change are left alone, whoever wrote them meanwhile; where somebody else wrote
 * another value into one that it did change, nothing is written, and the second person sees both (Art. 5 (1) d DSGVO).
 */
export async function writeOwnValues(
  tx: Tx,
  act: { readonly actor: Actor; readonly caseId: string },
  writes: readonly OwnWrite[],
): Promise<OwnWritten> {
  const meant: { write: OwnWrite; now: OwnValue | undefined }[] = [];
  const conflicts: OwnConflict[] = [];
  // Always in the same order, so that two forms never wait for each other.
  const ordered = [...writes].sort((a, b) => (`${a.subjectId}${a.field.id}` < `${b.subjectId}${b.field.id}` ? -1 : 1));
  for (const write of ordered) {
    const { field, subjectId, opened, value } = write;
    await lockField(tx, subjectId, fieldName(field.id));
    const now = (await valuesOf(tx, [subjectId])).find((each) => each.fieldId === field.id);
    if (same(now?.value, value)) continue;
    const version = now?.version ?? 0;
    const wrote = version === opened || now === undefined;
    if (!wrote && same((await pastValue(tx, now.id, opened))?.value, value)) continue; // not touched in this form
    if (wrote) meant.push({ write, now });
    else conflicts.push({ fieldId: field.id, theirs: now });
  }
  if (conflicts.length > 0) return { kind: 'conflict', conflicts };
  for (const { write, now } of meant) await store(tx, act, write, now);
  for (const on of ['case', 'person', 'household'] as const) {
    const labels = meant.filter(({ write }) => write.field.definition.target === on);
    if (labels.length > 0)
      await noteOwnFields(tx, act, { on, labels: labels.map(({ write }) => write.field.definition.label.de) });
  }
  return { kind: meant.length > 0 ? 'done' : 'unchanged' };
}

/** How the versions of fields (`together`) name an own field. */
const fieldName = (fieldId: string): string => `own ${fieldId}`;

async function store(
  tx: Tx,
  { actor, caseId }: { readonly actor: Actor; readonly caseId: string },
  { field, subjectId, value }: OwnWrite,
  now: OwnValue | undefined,
): Promise<void> {
  const db = tx.tables<FieldTables>();
  const written = {
    version: (now?.version ?? 0) + 1,
    value: value === undefined ? null : JSON.stringify(value),
    definition_version: field.version,
    written_at: tx.now,
    written_by: actorId(actor),
    written_name: actorName(actor),
  };
  const id = now?.id ?? tx.newId();
  if (now === undefined) {
    const subject = { field_id: field.id, subject_type: field.definition.target as ValueTarget, subject_id: subjectId };
    await db
      .insertInto('own_field_value')
      .values({ id, ...subject, case_id: caseId, ...written })
      .execute();
  } else {
    await db
      .updateTable('own_field_value')
      .set({ ...written, case_id: caseId })
      .where('id', '=', id)
      .execute();
  }
  await db
    .insertInto('own_field_past')
    .values({ value_id: id, ...written })
    .execute();
  await fieldWritten(tx, actor, subjectId, fieldName(field.id));
  await tx.enqueue('make-field-findable', { jobcenterId: tx.jobcenterId, valueId: id });
}
