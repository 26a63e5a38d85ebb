import type { Day } from '../../../kernel/dates.ts';
import { letterKinds } from '../../../modules/documents/index.ts';
import {
  type DocumentFacts,
  describeDocument,
  documentStates,
  factsOfDocuments,
  noFacts,
  retentionClasses,
} from '../../../modules/files/index.ts';
import { type FieldState, fieldStates, fieldWritten, judgeField, lockField } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId, formatDate } from '../../../ui/index.ts';
import type { FormInput } from '../../request.ts';
import { one } from '../../request.ts';
import type { Outcome } from '../command.ts';
import type { ReadablePaper } from '../documents/readable.ts';
import { parseDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';
import { type DocumentTry, record, wrong } from './verbs.ts';

/** The fields of the form about a document, as they are named there, and what each of them is. */
export const factFields = {
  art: 'kind',
  absender: 'sender',
  vom: 'datedOn',
  gueltigAb: 'validFrom',
  gueltigBis: 'validUntil',
  stand: 'state',
  frist: 'retention',
} as const;
export type FactField = keyof typeof factFields;
export const factFieldNames = Object.keys(factFields) as FactField[];
type FactKey = (typeof factFields)[FactField];

/** How the versions of fields (`together`) name them: beside nothing else of a document that two may write. */
const versionName = (field: FactField): string => `document ${factFields[field]}`;

/** Hidden beside each field: its version, and what it showed, when the form was made; and who of two it goes by. */
export const versionMark = (field: FactField): string => `fassung-${field}`;
export const wasMark = (field: FactField): string => `war-${field}`;
export const choiceMark = (field: FactField): string => `wahl-${field}`;

export type FactStates = (field: FactField) => FieldState;

/** The versions of the fields of a document; read before their values, so that a form is never newer than what it shows. */
export async function factStates(tx: Tx, documentId: string): Promise<FactStates> {
  const states = await fieldStates(tx, [documentId]);
  return (field) => states(documentId, versionName(field));
}

const days: readonly string[] = ['datedOn', 'validFrom', 'validUntil'];

/** A field as it stands in its form. */
export function shownFact(visit: Pick<StaffVisit, 'language'>, facts: DocumentFacts, field: FactField): string {
  const value = facts[factFields[field]];
  if (value === null) return '';
  return days.includes(factFields[field]) ? formatDate(value as Day, visit.language) : value;
}

/** A field that somebody else wrote meanwhile. */
export type FactConflict = { readonly field: FactField; readonly theirs: string; readonly writer: FieldState };

/**
 * The fields of this form that somebody else wrote since it was made: what stands there is neither what the form showed nor what it wants.
 * Only what its writer touched is asked about; what a machine read anew, and nobody has said, is asked about too, because saving the form
 * makes it the writer's own word.
 */
export function factConflicts(
  visit: Pick<StaffVisit, 'language'>,
  input: FormInput,
  now: DocumentFacts,
  states: FactStates,
): FactConflict[] {
  return factFieldNames.flatMap((field) => {
    const [was, mine, theirs] = [one(input, wasMark(field)), one(input, field), shownFact(visit, now, field)];
    if (input[versionMark(field)] === undefined || !(mine !== was || !now.byPerson)) return [];
    const writer = states(field);
    const moved = writer.version !== Number(one(input, versionMark(field))) || theirs !== was;
    const verdict = judgeField({ opened: moved ? -1 : writer.version, now: writer.version, mine, theirs });
    return verdict === 'conflict' ? [{ field, theirs, writer }] : [];
  });
}

/** What the form says, where somebody chose the other person's word that of the other person. */
export const chosenInput = (input: FormInput): FormInput => ({
  ...input,
  ...Object.fromEntries(
    factFieldNames
      .filter((field) => one(input, choiceMark(field)) === 'andere')
      .map((field) => [field, one(input, wasMark(field))]),
  ),
});

type Said = { -readonly [Key in FactKey]?: DocumentFacts[Key] };

/** The form as facts, or what is wrong with it. */
function parsed(
  visit: StaffVisit,
  input: FormInput,
): { readonly said: Required<Said> } | { readonly problem: Outcome } {
  const day = (name: FactField): Day | undefined | null => {
    const text = one(input, name).slice(0, 20);
    return text === '' ? null : parseDay(text);
  };
  const [datedOn, validFrom, validUntil] = [day('vom'), day('gueltigAb'), day('gueltigBis')];
  const problem = wrong(visit, {
    vom: datedOn === undefined ? 'day' : undefined,
    gueltigAb: validFrom === undefined ? 'day' : undefined,
    gueltigBis: validUntil === undefined ? 'day' : undefined,
  });
  if (problem !== undefined) return { problem };
  return {
    said: {
      kind: letterKinds.find((each) => each === one(input, 'art')) ?? null,
      sender: one(input, 'absender').slice(0, 100) || null,
      datedOn: datedOn ?? null,
      validFrom: validFrom ?? null,
      validUntil: validUntil ?? null,
      state: documentStates.find((each) => each === one(input, 'stand')) ?? 'open',
      retention: retentionClasses.find((each) => each === one(input, 'frist')) ?? null,
    },
  };
}

/** The document as it is now, with its fields locked in an order that is always the same. */
async function locked(tx: Tx, paper: ReadablePaper): Promise<{ now: DocumentFacts; states: FactStates }> {
  const { id } = paper.document;
  const states = new Map<FactField, FieldState>();
  for (const field of factFieldNames) states.set(field, await lockField(tx, id, versionName(field)));
  const now = (await factsOfDocuments(tx, [id])).get(id) ?? noFacts;
  return { now, states: (field) => states.get(field) as FieldState };
}

/**
 * What a person says about a document. Only what they changed is written, so two people who say different things both stay; of the same
 * field the second one sees both and chooses (Art. 5 (1) d DSGVO).
 */
export const describe: DocumentTry = async (tx, visit, paper) => {
  const input = chosenInput(visit.input);
  const form = parsed(visit, input);
  if ('problem' in form) return form.problem;
  const { now, states } = await locked(tx, paper);
  const conflicts = factConflicts(visit, input, now, states);
  if (conflicts.length > 0)
    return {
      kind: 'wrong',
      problems: conflicts.map(({ field }) => ({
        id: fieldId(choiceMark(field)),
        text: visit.t('file:facts.conflict', { field: visit.t(`file:field.${field}`) }),
      })),
    };
  const { id } = paper.document;
  const touched = factFieldNames.filter(
    (field) => input[versionMark(field)] === undefined || one(input, field) !== one(input, wasMark(field)),
  );
  const changed = touched.filter((field) => form.said[factFields[field]] !== now[factFields[field]]);
  const said: Said = Object.fromEntries(changed.map((field) => [factFields[field], form.said[factFields[field]]]));
  const { validFrom, validUntil } = { ...now, ...said };
  const order = validFrom !== null && validUntil !== null && validFrom > validUntil ? 'order' : undefined;
  const problem = wrong(visit, { gueltigBis: order });
  if (problem !== undefined) return problem;
  if (changed.length === 0 && now.byPerson) return { kind: 'unchanged' };
  await describeDocument(tx, id, visit.staff.name, said);
  for (const field of changed) await fieldWritten(tx, visit.actor, id, versionName(field));
  // A paper that nobody can read is found by what is said of it.
  await tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, documentId: id });
  await record(tx, visit, paper, 'document.described');
  tx.touch(paper.case.id);
  return { kind: 'done' };
};
