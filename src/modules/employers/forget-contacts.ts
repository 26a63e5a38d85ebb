import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { employersTopic, employerTopic } from './keep-employer.ts';
import type { EmployerTables } from './tables.ts';

/** The same day so many years on, or before; of the 29th of February the day behind it. */
const yearsOn = (day: Day, years: number): Day => {
  const rest = day.endsWith('-02-29') ? '-03-01' : day.slice(4);
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${rest}`;
};

/** The day on which somebody who was confirmed on a day is kept last, by whole years. */
export const keptUntil = (confirmedOn: Day, years: number): Day => yearsOn(confirmedOn, years);

const confirmedBefore = (tx: Tx, { today, years }: { readonly today: Day; readonly years: number }) =>
  tx.tables<EmployerTables>().selectFrom('employer_contact').where('confirmed_on', '<', yearsOn(today, -years));

/**
 * How many people at employers' would be deleted by a rule of so many years, and are not by the one that deletes after `besides` already; counted up to
 * one more than `most`.
 */
export async function countOldContacts(
  tx: Tx,
  rule: { readonly today: Day; readonly years: number; readonly besides: number | undefined; readonly most: number },
): Promise<number> {
  const { today, besides, most } = rule;
  const rows = await confirmedBefore(tx, rule)
    .$if(besides !== undefined, (query) => query.where('confirmed_on', '>=', yearsOn(today, -(besides ?? 0))))
    .select('id')
    .limit(most + 1)
    .execute();
  return rows.length;
}

/**
 * Deletes people at employers' of whom for so many years nobody said that they still are the ones to call (Art. 5 (1) e, 17 DSGVO): some at a time.
 * Gives how many. The log says of each that there was somebody, and not who.
 */
export async function forgetContacts(tx: Tx, rule: { readonly today: Day; readonly years: number }): Promise<number> {
  const db = tx.tables<EmployerTables>();
  const old = await confirmedBefore(tx, rule)
    .select(['id', 'employer_id', 'confirmed_on'])
    .orderBy('confirmed_on')
    .limit(500)
    .forUpdate()
    .execute();
  const actor = { kind: 'system', name: 'retention' } as const;
  for (const { id, employer_id } of old) {
    await db.deleteFrom('employer_contact').where('id', '=', id).execute();
    tx.touch(employerTopic(employer_id));
    await recordAudit(tx, actor, {
      action: 'employer.contact-deleted',
      subjectType: 'employer',
      subjectId: employer_id,
      detail: { contactId: id },
    });
  }
  if (old.length > 0) tx.touch(employersTopic(tx.jobcenterId));
  return old.length;
}
