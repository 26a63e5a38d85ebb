import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type Day, dayInGermany, isDay } from '../../kernel/dates.ts';
import { randomReadable } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { searchable } from './name-sounds.ts';
import { nameRanges, searchName } from './search-name.ts';

/** Lone surrogates and zero bytes cannot be stored as text. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'must be well-formed text');

/** Who a form says it is from. A statement, not an identity: only a person at the office confirms it. */
export const statedPersonSchema = z.object({
  familyName: name,
  givenName: name,
  birthDate: z.string().refine((d) => isDay(d) && d >= '1900-01-01', 'must be a day since 1900, YYYY-MM-DD'),
  fileNumber: z
    .string()
    .trim()
    .max(40)
    .regex(/^[\w\-/. ]*$/)
    .optional(),
});
/**
 * Who a submission says it is from. A form asks for name and day of birth; a letter or an e-mail may carry neither: names are
 * then empty and the day is missing, and a person at the office finds out.
 */
export type StatedPerson = Omit<z.infer<typeof statedPersonSchema>, 'birthDate'> & {
  readonly birthDate?: string;
  /** The address an e-mail says it is from: anybody can write that. */
  readonly email?: string;
};

export type Person = {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
};
export type FoundPerson = Person & { readonly householdId: string | null; readonly fileNumber: string | null };
/** A suggestion with its reasons; nothing is merged by a machine. */
export type Match = FoundPerson & {
  readonly reasons: readonly ('file-number' | 'name' | 'birth-date' | 'similar-name' | 'email')[];
};

export type PeopleTables = {
  household: { id: string; file_number: string; created_at: Date };
  person: {
    id: string;
    family_name: string;
    given_name: string;
    birth_date: string;
    phone: string | null;
    email: string | null;
    address: string | null;
    search: string;
    sound: string;
    created_at: Date;
  };
  household_member: {
    household_id: string;
    person_id: string;
    role: string;
    from_day: Day;
    until_day: string | null;
  };
};

/** An address as it stands in an e-mail, without a name around it; at most 254 characters (RFC 5321). */
export const isEmail = (text: string): boolean => z.email().max(254).safeParse(text).success;

/** Adds a person known to the office and gives the id. */
export async function addPerson(
  tx: Tx,
  person: Omit<Person, 'id'> & { readonly id?: string; readonly email?: string },
): Promise<string> {
  const id = person.id ?? tx.newId();
  const row = {
    id,
    family_name: person.familyName,
    given_name: person.givenName,
    birth_date: person.birthDate,
    phone: null,
    email: person.email?.toLowerCase() ?? null,
    address: null,
    ...searchable(person.familyName, person.givenName),
    created_at: tx.now,
  };
  await tx
    .tables<PeopleTables>()
    .insertInto('person')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
  return id;
}

/** The e-mail address the office keeps of a person: a hint where an e-mail may come from, never a proof. */
export async function emailOf(tx: Tx, personId: string): Promise<string | null> {
  const row = await tx
    .tables<PeopleTables>()
    .selectFrom('person')
    .select('email')
    .where('id', '=', personId)
    .executeTakeFirst();
  return row?.email ?? null;
}

export type EmailChange =
  | { readonly kind: 'changed'; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'unchanged' | 'not-found' };

/** Keeps an address with a person, or none, because somebody in the office says so; gives what stood there before. */
export async function changeEmail(tx: Tx, personId: string, email: string | null): Promise<EmailChange> {
  const after = email?.toLowerCase() ?? null;
  const db = tx.tables<PeopleTables>();
  const row = await db.selectFrom('person').select('email').where('id', '=', personId).forUpdate().executeTakeFirst();
  if (row === undefined) return { kind: 'not-found' };
  if (row.email === after) return { kind: 'unchanged' };
  await db.updateTable('person').set({ email: after }).where('id', '=', personId).execute();
  return { kind: 'changed', before: row.email, after };
}

/** Adds a household (Bedarfsgemeinschaft, § 7 (3) SGB II) with its file and its members. */
export async function addHousehold(
  tx: Tx,
  input: {
    readonly id?: string;
    readonly fileNumber: string;
    readonly members: readonly { readonly personId: string; readonly role: string }[];
    readonly fromDay: string;
  },
): Promise<string> {
  const db = tx.tables<PeopleTables>();
  const id = input.id ?? tx.newId();
  await db
    .insertInto('household')
    .values({ id, file_number: input.fileNumber, created_at: tx.now })
    .onConflict((c) => c.doNothing())
    .execute();
  const members = input.members.map((m) => ({
    household_id: id,
    person_id: m.personId,
    role: m.role,
    from_day: input.fromDay,
    until_day: null,
  }));
  if (members.length > 0)
    await db
      .insertInto('household_member')
      .values(members)
      .onConflict((c) => c.doNothing())
      .execute();
  return id;
}

/** People with their household, for the queries of this module. */
export const found = (tx: Tx) =>
  tx
    .tables<PeopleTables>()
    .selectFrom('person as p')
    .leftJoin('household_member as m', (join) => join.onRef('m.person_id', '=', 'p.id').on('m.until_day', 'is', null))
    .leftJoin('household as h', 'h.id', 'm.household_id')
    .select([
      'p.id',
      'p.family_name as familyName',
      'p.given_name as givenName',
      'p.birth_date as birthDate',
      'h.id as householdId',
      'h.file_number as fileNumber',
      'p.search',
      'p.email',
    ]);

/** The household a person belongs to; somebody who belongs to none becomes a household of one, with a file number of its own. */
export async function householdFor(tx: Tx, personId: string): Promise<string> {
  await tx
    .tables<PeopleTables>()
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .forUpdate() // two cases of one person at once make one household
    .executeTakeFirst();
  const known = await householdOf(tx, personId);
  if (known !== undefined) return known;
  return addHousehold(tx, {
    fileNumber: `A-${randomReadable(4)}-${randomReadable(4)}`,
    members: [{ personId, role: 'applicant' }],
    fromDay: dayInGermany(tx.now),
  });
}

/** A household with those who belong to it now. */
export type Household = {
  readonly id: string;
  readonly fileNumber: string;
  /** `fromDay`: since when the register says that they belong to it. */
  readonly members: readonly (Person & { readonly role: string; readonly fromDay: Day })[];
};

/** A household by its id. */
export async function householdById(tx: Tx, id: string): Promise<Household | undefined> {
  const db = tx.tables<PeopleTables>();
  const row = await db.selectFrom('household').select('file_number').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const members = await db
    .selectFrom('household_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.family_name as familyName', 'p.given_name as givenName', 'p.birth_date as birthDate', 'm.role'])
    .select('m.from_day as fromDay')
    .where('m.household_id', '=', id)
    .where('m.until_day', 'is', null)
    .orderBy('p.birth_date')
    .execute();
  return { id, fileNumber: row.file_number, members };
}

/** So many people a search shows: nobody leafs through the register. */
export const mostPeople = 20;

/** Whom somebody looks for: who fits has all of what is given. */
export type PeopleQuery = { readonly name?: string; readonly birthDate?: string; readonly fileNumber?: string };

/** Finds people by name (see `nameRanges`), a birth date or a file number; at most so many. */
export async function findPeople(tx: Tx, query: PeopleQuery, size: number): Promise<FoundPerson[]> {
  let rows = found(tx).orderBy(sql`p.search using ~<~`).orderBy('p.birth_date').limit(size);
  if (query.fileNumber) rows = rows.where('h.file_number', '=', query.fileNumber);
  if (query.birthDate) rows = rows.where('p.birth_date', '=', query.birthDate);
  if (query.name) {
    const named = namedSo(sql`p.search`, query.name);
    if (named === undefined) return [];
    rows = rows.where(named);
  }
  return query.name || query.birthDate || query.fileNumber ? rows.execute() : [];
}

/** Whoever has the name as it was typed; undefined where the text is no name. */
export function namedSo(search: RawBuilder<string>, text: string): RawBuilder<boolean> | undefined {
  const ranges = nameRanges(text).map(({ from, below }) => sql`(${search} ~>=~ ${from} and ${search} ~<~ ${below})`);
  return ranges.length === 0 ? undefined : sql`(${sql.join(ranges, sql` or `)})`;
}

/** People by their ids; unknown ids are left out. */
export const peopleByIds = async (tx: Tx, ids: readonly string[]): Promise<FoundPerson[]> =>
  ids.length === 0
    ? []
    : found(tx)
        .where('p.id', 'in', [...ids])
        .execute();

/**
 * People who may be the one a submission names, each with the reasons: same file number, or same birth date and like name; where
 * no birth date was stated, the same name alone; or the address of an e-mail, which proves nothing.
 */
export async function matchPerson(tx: Tx, stated: StatedPerson): Promise<Match[]> {
  const wanted = searchName(stated.familyName, stated.givenName);
  const named = stated.familyName !== '' && stated.givenName !== '';
  const candidates = await (stated.birthDate !== undefined
    ? found(tx).where('p.birth_date', '=', stated.birthDate).limit(20).execute()
    : named
      ? found(tx).where('p.search', '=', wanted).limit(20).execute()
      : []);
  const byFile = stated.fileNumber
    ? await found(tx).where('h.file_number', '=', stated.fileNumber).limit(20).execute()
    : [];
  const email = stated.email?.toLowerCase();
  const byEmail = email === undefined ? [] : await found(tx).where('p.email', '=', email).limit(20).execute();
  const matches = new Map<string, Match>();
  for (const { email: known, ...row } of [...byFile, ...candidates, ...byEmail]) {
    const sameFile = stated.fileNumber !== undefined && row.fileNumber === stated.fileNumber;
    const sameEmail = email !== undefined && known === email;
    const sameBirth = row.birthDate === stated.birthDate;
    const sameName = named && row.search === wanted;
    const likeName =
      named &&
      !sameName &&
      (row.search.split(', ')[0] === wanted.split(', ')[0] || row.search.split(', ')[1] === wanted.split(', ')[1]);
    const onlyName = sameName && stated.birthDate === undefined;
    const onlyFile = sameFile && !named;
    if (!((sameName || likeName) && (sameBirth || sameFile)) && !onlyName && !onlyFile && !sameEmail) continue;
    const reasons = [
      ...(sameFile ? ['file-number' as const] : []),
      ...(sameName ? ['name' as const] : []),
      ...(likeName ? ['similar-name' as const] : []),
      ...(sameBirth ? ['birth-date' as const] : []),
      ...(sameEmail ? ['email' as const] : []),
    ];
    matches.set(row.id, { ...row, reasons });
  }
  return [...matches.values()].sort((a, b) => Number(b.reasons.includes('name')) - Number(a.reasons.includes('name')));
}

/** True for somebody of whom name and day of birth are known: only such a person can be added to the office's people. */
export const isNamed = (stated: StatedPerson): stated is StatedPerson & { readonly birthDate: string } =>
  stated.familyName !== '' && stated.givenName !== '' && stated.birthDate !== undefined;

/** The household a person belongs to now. */
export async function householdOf(tx: Tx, personId: string): Promise<string | undefined> {
  const row = await tx
    .tables<PeopleTables>()
    .selectFrom('household_member')
    .select('household_id')
    .where('person_id', '=', personId)
    .where('until_day', 'is', null)
    .orderBy('from_day', 'desc')
    .orderBy('household_id')
    .executeTakeFirst();
  return row?.household_id;
}
