import type { Known } from '../../../modules/fields/index.ts';
import { isPrivacyOfficer } from '../../../modules/identity/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { StaffVisit } from '../visit.ts';
import { concernOptions } from '../words.tsx';

/** What a field can name here, with the words for it. */
export type Here = {
  readonly known: Known;
  readonly concerns: readonly { value: string; label: string }[];
  readonly teams: readonly Team[];
};

export async function here(visit: StaffVisit, tx: Tx): Promise<Here> {
  const [concerns, teams] = [await concernOptions(visit), await allTeams(tx)];
  return {
    known: { concerns: concerns.map((each) => each.value), teams: teams.map((team) => team.key) },
    concerns,
    teams,
  };
}

export const isLead = (visit: StaffVisit): boolean => visit.staff.role === 'lead';

/** Leads set fields up, the data protection officer looks at them; for everybody else there is no such page. */
export const maySee = async (visit: StaffVisit, tx: Tx): Promise<boolean> =>
  isLead(visit) || (await isPrivacyOfficer(tx, visit.staff.id));
