import type { Tx } from '../../platform/database/index.ts';
import type { PeopleTables } from './people.ts';

/** Deletes a household of which no case is left; gives those who belonged to it, now or before. */
export async function forgetHousehold(tx: Tx, householdId: string): Promise<string[]> {
  const db = tx.tables<PeopleTables>();
  const members = await db
    .deleteFrom('household_member')
    .where('household_id', '=', householdId)
    .returning('person_id')
    .execute();
  await db.deleteFrom('household').where('id', '=', householdId).execute();
  return members.map((row) => row.person_id);
}

/** Whether a person belongs, or belonged, to a household that is still there. */
export const belongsToHousehold = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx
    .tables<PeopleTables>()
    .selectFrom('household_member')
    .select('household_id')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** People whom somebody added before an instant, in the order of their ids, `size` after the given one. */
export const peopleAddedBefore = (tx: Tx, before: Date, after: string, size: number): Promise<{ id: string }[]> =>
  tx
    .tables<PeopleTables>()
    .selectFrom('person')
    .select('id')
    .where('created_at', '<', before)
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .execute();

/** The households to which some people belong, or belonged, with each of them. */
export const householdsOfPeople = async (
  tx: Tx,
  personIds: readonly string[],
): Promise<{ personId: string; householdId: string }[]> =>
  personIds.length === 0
    ? []
    : tx
        .tables<PeopleTables>()
        .selectFrom('household_member')
        .select(['person_id as personId', 'household_id as householdId'])
        .where('person_id', 'in', [...personIds])
        .execute();

/** Whether a household and all who belong to it, or did, are there since before an instant. */
export async function isOldHousehold(tx: Tx, householdId: string, before: Date): Promise<boolean> {
  const db = tx.tables<PeopleTables>();
  const household = await db
    .selectFrom('household')
    .select('created_at')
    .where('id', '=', householdId)
    .executeTakeFirst();
  const members = await db
    .selectFrom('household_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.created_at', 'm.from_day'])
    .where('m.household_id', '=', householdId)
    .execute();
  const since = [household, ...members].flatMap((row) => row?.created_at ?? []);
  return (
    since.every((at) => at < before) && members.every((member) => member.from_day < before.toISOString().slice(0, 10))
  );
}

/** Deletes a person: name, day of birth, address, everything. Nothing may refer to them any more. */
export async function forgetPerson(tx: Tx, personId: string): Promise<void> {
  await tx.tables<PeopleTables>().deleteFrom('person').where('id', '=', personId).execute();
}
