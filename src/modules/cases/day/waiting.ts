import { type Day, dayInGermany } from '../../../kernel/dates.ts';
import type { HolidayPlace } from '../../../kernel/holidays.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { CaseReader } from '../access.ts';
import type { WaitsFor } from '../office-case.ts';
import { type DayCursor, type DayPage, type LineCase, pageOf, peopleOf } from './day-line.ts';
import { followUpLines } from './follow-up-lines.ts';
import { itemLines } from './item-lines.ts';

/** Something a case waits for, until when, and since when. `staffId` is the colleague where it waits for one. */
export type WaitingLine = DayCursor &
  LineCase & {
    readonly waitsFor: Exclude<WaitsFor, 'us'>;
    readonly text: string;
    readonly staffId: string | null;
    readonly since: Date;
    readonly until?: Day;
  };

/**
 * What waits for whom in a reader's work, the nearest day first, in keyset pages: for the person (required items that are not late yet),
 * for a colleague (follow-ups given to others), for another office (follow-ups that say so).
 */
export async function waitingLines(
  tx: Tx,
  reader: CaseReader,
  after: DayCursor | undefined,
  size: number,
  place: HolidayPlace = {},
): Promise<DayPage<WaitingLine>> {
  const today = dayInGermany(tx.now);
  const people = peopleOf(reader);
  const followUps = await followUpLines(tx, reader, { waitsAfter: today }, after, size + 1);
  const lines = followUps.map((line) => {
    const given = line.staffId !== null && !people.includes(line.staffId);
    const waitsFor = given || line.waitsFor === 'us' ? 'colleague' : line.waitsFor;
    return { ...line, waitsFor };
  });
  const items = await itemLines(tx, reader, { today, place, late: false }, after, size + 1);
  return pageOf<WaitingLine>([lines, items.map((line) => ({ ...line, waitsFor: 'person' as const }))], size);
}
