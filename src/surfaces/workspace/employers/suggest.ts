import { employerLabel, findEmployers } from '../../../modules/employers/index.ts';
import { one } from '../../request.ts';
import { inTenant, type StaffVisit } from '../visit.ts';

const few = 8;

/** Names of the list that somebody may mean by what they have typed so far, for the field they type in (js/suggest.js). */
export async function suggestAct(visit: StaffVisit): Promise<Response> {
  const found = await inTenant(visit, (tx) => findEmployers(tx, one(visit.input, 'text').slice(0, 100), few));
  return Response.json(found.map(employerLabel), { headers: { 'Cache-Control': 'no-store' } });
}
