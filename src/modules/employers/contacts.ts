import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type ContactSaid, contactFields, mergeSaid } from './employer.ts';
import { type EmployerAct, lockEmployer, noteEmployer } from './keep-employer.ts';
import { findEmployer, idsOfEmployer } from './queries.ts';
import type { EmployerTables } from './tables.ts';

/** Somebody who works at an employer's: personal data, kept for contacts at work alone (Art. 6 (1) e DSGVO, § 67a SGB X). */
export type EmployerContact = ContactSaid & { readonly id: string; readonly confirmedOn: Day };

export type ContactKept =
  | { readonly kind: 'done' | 'unchanged' | 'not-found' }
  /** Without a name, or without a way to reach them, it is of no use. */
  | { readonly kind: 'wrong'; readonly field: 'name' | 'phone' }
  | { readonly kind: 'conflict'; readonly fields: readonly (keyof ContactSaid)[]; readonly now: EmployerContact };

const rows = (tx: Tx) =>
  tx
    .tables<EmployerTables>()
    .selectFrom('employer_contact')
    .select(['id', 'name', 'task', 'phone', 'email', 'confirmed_on as confirmedOn']);

/** Whom one may call there, also those of employers that were merged into it. */
export const contactsOf = async (tx: Tx, employerId: string): Promise<EmployerContact[]> =>
  rows(tx)
    .where('employer_id', 'in', await idsOfEmployer(tx, employerId))
    .orderBy('name')
    .orderBy('id')
    .execute();

const wrongIn = ({ name, phone, email }: ContactSaid): 'name' | 'phone' | undefined => {
  if (name === '') return 'name';
  return phone === '' && email === '' ? 'phone' : undefined;
};

/** Keeps somebody who works there, as of today. */
export async function addContact(
  tx: Tx,
  act: EmployerAct,
  employerId: string,
  said: ContactSaid,
): Promise<ContactKept> {
  const employer = await lockEmployer(tx, employerId);
  if (employer === undefined || employer.mergedInto !== null) return { kind: 'not-found' };
  const field = wrongIn(said);
  if (field !== undefined) return { kind: 'wrong', field };
  const id = tx.newId();
  await tx
    .tables<EmployerTables>()
    .insertInto('employer_contact')
    .values({
      id,
      employer_id: employerId,
      ...said,
      confirmed_on: dayInGermany(tx.now),
      made_at: tx.now,
      made_by: act.actor.id,
    })
    .execute();
  await noteEmployer(tx, act, 'employer.contact-added', employerId, { contactId: id });
  return { kind: 'done' };
}

/** Changes somebody who works there, or, with nothing changed, says that it is still so: it is kept from today on. */
export async function confirmContact(
  tx: Tx,
  act: EmployerAct,
  employerId: string,
  id: string,
  { opened, mine }: { readonly opened: ContactSaid; readonly mine: ContactSaid },
): Promise<ContactKept> {
  const now = await lockContact(tx, employerId, id);
  if (now === undefined) return { kind: 'not-found' };
  const { value, conflicts } = mergeSaid<ContactSaid>(contactFields, { opened, now, mine });
  if (conflicts.length > 0) return { kind: 'conflict', fields: conflicts, now };
  const field = wrongIn(value);
  if (field !== undefined) return { kind: 'wrong', field };
  const today = dayInGermany(tx.now);
  const changed = contactFields.filter((each) => value[each] !== now[each]);
  if (changed.length === 0 && now.confirmedOn === today) return { kind: 'unchanged' };
  const { name, task, phone, email } = value;
  await tx
    .tables<EmployerTables>()
    .updateTable('employer_contact')
    .set({ name, task, phone, email, confirmed_on: today })
    .where('id', '=', id)
    .execute();
  const action = changed.length === 0 ? 'employer.contact-confirmed' : 'employer.contact-changed';
  await noteEmployer(tx, act, action, employerId, { contactId: id });
  return { kind: 'done' };
}

/**
 * Deletes somebody who works there, for good (Art. 17 DSGVO); `unchanged` where there is nobody of that id any more. That there was somebody stays in
 * the log, without a word of them.
 */
export async function deleteContact(tx: Tx, act: EmployerAct, employerId: string, id: string): Promise<ContactKept> {
  if ((await findEmployer(tx, employerId)) === undefined) return { kind: 'not-found' };
  if ((await lockContact(tx, employerId, id)) === undefined) return { kind: 'unchanged' };
  await tx.tables<EmployerTables>().deleteFrom('employer_contact').where('id', '=', id).execute();
  await noteEmployer(tx, act, 'employer.contact-deleted', employerId, { contactId: id });
  return { kind: 'done' };
}

const lockContact = async (tx: Tx, employerId: string, id: string): Promise<EmployerContact | undefined> =>
  rows(tx)
    .where('id', '=', id)
    .where('employer_id', 'in', await idsOfEmployer(tx, employerId))
    .forUpdate()
    .executeTakeFirst();
