import type { Tx } from '../../platform/database/index.ts';
import type { StaffTables } from './staff.ts';

/** Somebody who is the data protection officer now. */
export type PrivacyOfficer = { readonly staffId: string; readonly name: string; readonly since: Date };

type OfficerTables = StaffTables & {
  privacy_officer: {
    id: string;
    staff_id: string;
    named_at: Date;
    named_by: string;
    ended_at: Date | null;
    ended_by: string | null;
  };
};

const running = (tx: Tx, staffId: string) =>
  tx
    .tables<OfficerTables>()
    .selectFrom('privacy_officer')
    .select('id')
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null);

/**
 * Names a member of staff as data protection officer (Art. 37 DSGVO). It is an office beside the role: it opens no case, and a lead can
 * hold it for what others propose.
 */
export async function namePrivacyOfficer(tx: Tx, staffId: string, by: string): Promise<'named' | 'unchanged'> {
  const row = { id: tx.newId(), staff_id: staffId, named_at: tx.now, named_by: by, ended_at: null, ended_by: null };
  const added = await tx
    .tables<OfficerTables>()
    .insertInto('privacy_officer')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? 'unchanged' : 'named';
}

/** Ends the office; what was approved stays approved. */
export async function endPrivacyOfficer(tx: Tx, staffId: string, by: string): Promise<'ended' | 'unchanged'> {
  const found = await running(tx, staffId).executeTakeFirst();
  if (found === undefined) return 'unchanged';
  const set = { ended_at: tx.now, ended_by: by };
  await tx.tables<OfficerTables>().updateTable('privacy_officer').set(set).where('id', '=', found.id).execute();
  return 'ended';
}

/** Whether somebody is the data protection officer now, and may still sign in. */
export async function isPrivacyOfficer(tx: Tx, staffId: string): Promise<boolean> {
  return (await privacyOfficers(tx)).some((each) => each.staffId === staffId);
}

/** Who is the data protection officer now; usually one, with a deputy. */
export const privacyOfficers = (tx: Tx): Promise<PrivacyOfficer[]> =>
  tx
    .tables<OfficerTables>()
    .selectFrom('privacy_officer')
    .innerJoin('staff', 'staff.id', 'privacy_officer.staff_id')
    .select(['privacy_officer.staff_id as staffId', 'staff.name', 'privacy_officer.named_at as since'])
    .where('privacy_officer.ended_at', 'is', null)
    .where('staff.disabled_at', 'is', null)
    .orderBy('staff.name')
    .execute();
