import { appointmentsToForget } from '../modules/appointments/index.ts';
import { openFollowUps, openPromises } from '../modules/cases/index.ts';
import { lettersToForget } from '../modules/notices/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** What nobody has ended in a case, by how many there are of each. */
export type OpenInCase = {
  readonly followUps: number;
  readonly promises: number;
  readonly appointments: number;
  /** Letters that somebody began and kept. */
  readonly drafts: number;
};

/** What would go with a case although somebody may still think of it: its time is over, and nobody has said what became of it. */
export const openInCase = async (tx: Tx, caseId: string): Promise<OpenInCase> => ({
  followUps: (await openFollowUps(tx, caseId)).length,
  promises: (await openPromises(tx, caseId)).length,
  appointments: (await appointmentsToForget(tx, caseId)).open,
  drafts: (await lettersToForget(tx, caseId)).drafts,
});

export const isAnyOpen = ({ followUps, promises, appointments, drafts }: OpenInCase): boolean =>
  followUps + promises + appointments + drafts > 0;
