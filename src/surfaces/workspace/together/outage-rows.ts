import { addDays, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import { type CaseReader, duePromises, inbox } from '../../../modules/cases/index.ts';
import type { OutageRow } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

const most = 200;
/** The concern by which people ask to be called. */
const callBack = 'rueckruf';

/**
 * What a member of staff needs today although nothing can be looked up: what was promised until tonight or is late, with the number to
 * call; who asked for a call; the own cases that are due. Only what the reader may see.
 */
export async function outageRows(tx: Tx, reader: CaseReader): Promise<OutageRow[]> {
  const today = dayInGermany(tx.now);
  const tonight = instantInGermany(addDays(today, 1), '00:00');
  const promises = (await duePromises(tx, reader, most)).filter((each) => each.dueAt < tonight);
  const calls = (await inbox(tx, reader, { concern: callBack }, undefined, most)).rows;
  const due = (await inbox(tx, reader, { assigneeId: reader.id, dueBefore: today }, undefined, most)).rows;
  return [
    ...promises.map(({ personName, number, what, phone, dueAt }) => ({
      kind: 'promise' as const,
      person: personName,
      number,
      what,
      dueAt: dueAt.toISOString(),
      ...(phone === null ? {} : { phone }),
    })),
    ...calls.map((row) => ({ kind: 'call' as const, ...basics(row) })),
    ...due.filter((row) => row.concern !== callBack).map((row) => ({ kind: 'due' as const, ...basics(row) })),
  ];
}

const basics = (row: { personName: string; number: string; concern: string; dueOn: string }) => ({
  person: row.personName,
  number: row.number,
  what: row.concern,
  dueOn: row.dueOn,
});
