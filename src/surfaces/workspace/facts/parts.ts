import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';
import { agreed } from './agreed.tsx';
import { nextAppointment } from './next-appointment.tsx';

/**
 * A part of the board that another room brings, for example what was agreed (§ 15 SGB II). It is kept there and not copied: the board gives the cases
 * that the reader may see, and shows what comes back under its heading; null where there is nothing.
 */
export type BoardPart = {
  /** Its name, by which a house orders it among the others. */
  readonly name: string;
  /** The key of its heading. */
  readonly title: string;
  readonly draw: (tx: Tx, visit: StaffVisit, visibleCaseIds: readonly string[]) => Promise<Content | null>;
};

/** One line for each part of another room, in the order in which they stand below the facts. */
export const boardParts: readonly BoardPart[] = [nextAppointment, agreed];
