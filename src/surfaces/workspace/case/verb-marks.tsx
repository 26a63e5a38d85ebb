import { newId } from '../../../kernel/ids.ts';
import type { StaffVisit } from '../visit.ts';

/** The id of one verb form: sent twice, the verb is done once. */
export const newCommand = (visit: StaffVisit): string => newId(visit.services.clock.now());

/** What every small verb form carries unseen: that it is ours, and that it counts once. */
export const VerbMarks = ({ visit }: { visit: StaffVisit }) => (
  <>
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="command" value={newCommand(visit)} />
  </>
);
