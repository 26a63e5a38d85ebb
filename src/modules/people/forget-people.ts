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

/** Deletes a person: name, day of birth, address, everything. Nothing may refer to them any more. */
export async function forgetPerson(tx: Tx, personId: string): Promise<void> {
  await tx.tables<PeopleTables>().deleteFrom('person').where('id', '=', personId).execute();
}
