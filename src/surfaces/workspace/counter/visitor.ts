import { isId } from '../../../kernel/ids.ts';
import {
  type InboxRow,
  looksForPeople,
  openRequiredItems,
  type RequiredItem,
  searchCases,
} from '../../../modules/cases/index.ts';
import { type FoundPerson, peopleByIds, type StatedPerson, statedPersonSchema } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { parseDay } from '../parse.ts';
import { queryText, type StaffVisit } from '../visit.ts';

export type OpenCase = { readonly row: InboxRow; readonly items: readonly RequiredItem[] };

/** Who stands here: a person of the office with their open cases, or nobody chosen yet. */
export type Visitor = { readonly person: FoundPerson | undefined; readonly cases: readonly OpenCase[] };

/** Finds the chosen person again by the id in the address or form. */
export async function findVisitor(tx: Tx, visit: StaffVisit): Promise<Visitor> {
  const id = visit.c.req.method === 'GET' ? queryText(visit, 'person') : one(visit.input, 'person');
  const [person] = isId(id) && looksForPeople(visit.reader) ? await peopleByIds(tx, [id]) : [];
  if (person === undefined) return { person: undefined, cases: [] };
  const cases: OpenCase[] = [];
  for (const row of await searchCases(tx, visit.reader, { personIds: [person.id] }))
    if (row.state !== 'closed') cases.push({ row, items: await openRequiredItems(tx, row.id) });
  return { person, cases };
}

/** The person the submission is from: the chosen one, or the minimum that was typed, each wrong field with its problem. */
export function statedVisitor(visit: StaffVisit, visitor: Visitor): StatedPerson | Readonly<Record<string, string>> {
  const { person } = visitor;
  if (person !== undefined) {
    const { familyName, givenName, birthDate, fileNumber } = person;
    return { familyName, givenName, birthDate, ...(fileNumber === null ? {} : { fileNumber }) };
  }
  const fileNumber = one(visit.input, 'fileNumber');
  const parsed = statedPersonSchema.safeParse({
    familyName: one(visit.input, 'familyName'),
    givenName: one(visit.input, 'givenName'),
    birthDate: parseDay(one(visit.input, 'birthDate')) ?? '',
    ...(fileNumber === '' ? {} : { fileNumber }),
  });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => String(issue.path[0]));
  return Object.fromEntries(wrong.map((name) => [name, visit.t(`workspace:problem.${name}`)]));
}

export const isStated = (value: ReturnType<typeof statedVisitor>): value is StatedPerson =>
  'familyName' in value && 'givenName' in value && 'birthDate' in value && /^\d{4}-/.test(value.birthDate ?? '');
