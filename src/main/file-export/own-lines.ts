import {
  fieldsAt,
  inLanguage,
  listedFields,
  ownValueWords,
  pastValues,
  targets,
  type ValueTarget,
  valuesOf,
} from '../../modules/fields/index.ts';
import { allTeams } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';

/** An own field as an export holds it: what stands there, and before it all that stood there, the newest first. */
export type OwnLine = {
  readonly on: ValueTarget;
  readonly label: string;
  /** When the note was written with which it stands. */
  readonly note: Date | undefined;
  readonly entries: readonly {
    readonly value: string | null;
    readonly writtenAt: Date;
    readonly writtenName: string;
  }[];
};

type Seen = {
  readonly id: string;
  /** Notes that stand in the export, with when they were written. */
  readonly notes: ReadonlyMap<string, Date>;
  readonly personId: string | null;
  readonly householdId: string | null;
};

/**
 * Everything that stands in own fields of a case, its person and household and the notes of the export, hidden fields too: whoever inspects the file sees all that is kept
 * (§ 25 SGB X, Art. 15 DSGVO). `shown`: of whom it was said already, so that it stands in an export once. `only`:
 * the fields that an export for another purpose may hold.
 */
export async function ownLines(
  tx: Tx,
  language: Language,
  seen: Seen,
  shown: Set<string>,
  only?: ReadonlySet<string>,
): Promise<OwnLine[]> {
  const subjects = [seen.id, seen.personId, seen.householdId, ...seen.notes.keys()].flatMap((id) =>
    id === null || shown.has(id) ? [] : [id],
  );
  for (const id of subjects) shown.add(id);
  const values = await valuesOf(tx, subjects);
  if (values.length === 0) return [];
  const fields = await listedFields(tx);
  const past = await pastValues(
    tx,
    values.map((value) => value.id),
  );
  const lines = fields.flatMap(({ id, current }) => {
    if (current === undefined || only?.has(id) === false) return [];
    return values
      .filter((value) => value.fieldId === id)
      .map((value) => ({
        on: value.subjectType,
        label: inLanguage(current.definition.label, language),
        note: seen.notes.get(value.subjectId),
        entries: past
          .filter((entry) => entry.valueId === value.id)
          .map((entry) => ({
            value: entry.value === null ? null : ownValueWords(current.definition, entry.value, language),
            writtenAt: entry.writtenAt,
            writtenName: entry.writtenName,
          })),
      }));
  });
  return lines.sort((a, b) => targets.indexOf(a.on) - targets.indexOf(b.on));
}

/**
 * The fields that whoever asked may see in the cases of an export: in force, not hidden, for the concern and the team of one of them. What another
 * team writes for its own work is not theirs to hand on.
 */
export async function ownFieldsIn(
  tx: Tx,
  cases: readonly { readonly concern: string; readonly teamId: string | null }[],
): Promise<ReadonlySet<string>> {
  const teams = new Map((await allTeams(tx)).map((team) => [team.id, team.key]));
  const own = targets.filter((target) => target !== 'form');
  const fields = new Set<string>();
  for (const { concern, teamId } of cases)
    for (const { id } of await fieldsAt(tx, { targets: own, concern, team: teams.get(teamId ?? ''), all: true }))
      fields.add(id);
  return fields;
}
