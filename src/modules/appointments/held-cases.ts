import { addDays, instantInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, casesExpecting } from '../cases/index.ts';
import type { AppointmentTables } from './tables.ts';

/** More open appointments than this nobody has before the end of a substitution. */
const most = 1_000;

/**
 * A reader who stands in for somebody, with the cases in which that person holds an appointment, or the reader took one over from them, that begins until
 * the last day of the substitution, or is over and nobody said how it went, and those in which a follow-up or a promise of theirs is due in that time:
 * whoever is to hold it, moves it, calls it off or keeps what was promised has to open its case. Which of them the reader may see is for
 * the query to narrow: only those in the teams of the absent person. Nothing is asked for who stands in for nobody.
 */
export async function withHeldCases(tx: Tx, reader: CaseReader): Promise<CaseReader> {
  if (reader.standsFor === undefined || reader.standsFor.length === 0) return reader;
  const standsFor = [];
  for (const each of reader.standsFor) {
    const held =
      each.untilDay === undefined
        ? []
        : await tx
            .tables<AppointmentTables>()
            .selectFrom('appointment')
            .select('case_id')
            .where(({ eb, or, and }) =>
              or([
                eb('staff_id', '=', each.staffId),
                and([eb('staff_id', '=', reader.id), eb('taken_from', '=', each.staffId)]),
              ]),
            )
            .where('ended_at', 'is', null)
            .where('starts_at', '<', instantInGermany(addDays(each.untilDay, 1), '00:00'))
            .orderBy('starts_at')
            .limit(most)
            .execute();
    const expecting = each.untilDay === undefined ? [] : await casesExpecting(tx, each.staffId, each.untilDay);
    standsFor.push({ ...each, heldCases: [...new Set([...held.map((row) => row.case_id), ...expecting])] });
  }
  return { ...reader, standsFor };
}
