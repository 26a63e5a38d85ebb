import { noteTopics } from '../../../modules/contacts/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Option } from '../../../ui/index.ts';
import { topicOptions } from '../contacts/words.ts';
import type { StaffVisit } from '../visit.ts';

/** What the note of a visit can be about. */
export const openTopics = async (tx: Tx, visit: StaffVisit): Promise<Option[]> =>
  topicOptions(visit, await noteTopics(tx));
