import { fieldsAt, type OwnField, type OwnValue, type ValueTarget, valuesOf } from '../../../modules/fields/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

/** The own fields of one thing, with what stands in them. */
export type OwnGroup = {
  readonly target: ValueTarget;
  readonly subjectId: string;
  readonly fields: readonly { readonly field: OwnField; readonly value: OwnValue | undefined }[];
};

/** Where somebody looks: the things whose fields are shown there, and the case they are seen through. */
export type OwnPlace = {
  readonly subjects: readonly { readonly target: ValueTarget; readonly id: string | null }[];
  readonly concern: string | undefined;
  readonly team: string | undefined;
  /** With what the team hides. */
  readonly all?: boolean;
};

/** The fields that exist at a place, of each thing that is known there. */
export async function ownGroups(tx: Tx, place: OwnPlace): Promise<OwnGroup[]> {
  const known = place.subjects.flatMap(({ target, id }) => (id === null ? [] : [{ target, subjectId: id }]));
  const fields = await fieldsAt(tx, {
    targets: known.map((each) => each.target),
    concern: place.concern,
    team: place.team,
    all: place.all,
  });
  if (fields.length === 0) return [];
  const values = await valuesOf(
    tx,
    known.map((each) => each.subjectId),
  );
  return known.flatMap(({ target, subjectId }) => {
    const own = fields
      .filter((field) => field.definition.target === target)
      .map((field) => ({
        field,
        value: values.find((each) => each.fieldId === field.id && each.subjectId === subjectId),
      }));
    return own.length === 0 ? [] : [{ target, subjectId, fields: own }];
  });
}
