import { dayInGermany } from '../../kernel/dates.ts';
import { lowestId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import { havingCases } from '../../modules/cases/index.ts';
import { eraseDocuments, forgetDocuments } from '../../modules/documents/index.ts';
import {
  fileOfEmptyHousehold,
  forgetFile,
  forgetPersonInExports,
  holdsOfFile,
  retentionRules,
} from '../../modules/files/index.ts';
import {
  forgetHousehold,
  forgetPerson,
  householdsOfPeople,
  isOldHousehold,
  peopleAddedBefore,
} from '../../modules/people/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forgetSubject, isNeeded } from './forget-case.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'retention' } as const;
const portion = 500;
/** No case: whoever is asked for may have any. */
const none = '00000000-0000-0000-0000-000000000000';

/**
 * Every night: deletes people of whom there is nothing, neither a case of theirs or of their household nor a word in one of somebody else, once as many
 * whole years as a case is kept are over since somebody added them. With a case people go with the last one (`forget-case.ts`); these never had one, or
 * it turned out to be somebody else's. There is nothing a lead could look at, so none is asked.
 */
export const forgetPeople = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    let forgotten = 0;
    for (let after: string | undefined = lowestId(new Date(0)); after !== undefined; ) {
      const from: string = after;
      const done = await services.database.tenant(jobcenter.id, (tx) => forgetPortion(tx, from));
      for (const name of done.blobs) await services.blobs.remove(name);
      forgotten += done.forgotten;
      after = done.last;
    }
    services.log.info({ jobcenter: jobcenter.key, forgotten }, 'people without anything forgotten');
  });

type Done = { readonly forgotten: number; readonly blobs: string[]; readonly last: string | undefined };

async function forgetPortion(tx: Tx, after: string): Promise<Done> {
  const { years } = (await retentionRules(tx)).case;
  const before = new Date(Date.UTC(Number(dayInGermany(tx.now).slice(0, 4)) - Math.max(years, 1), 0, 1)); // at least one whole year, whatever the rule
  const people = (await peopleAddedBefore(tx, before, after, portion)).map(({ id }) => id);
  const members = await householdsOfPeople(tx, people);
  const households = [...new Set(members.map((each) => each.householdId))];
  const busy = await havingCases(tx, { personIds: people, householdIds: households });
  const blobs: string[] = [];
  let forgotten = 0;
  for (const id of people) {
    const own = members.filter((each) => each.personId === id).map((each) => each.householdId);
    if (busy.has(id) || own.some((household) => busy.has(household))) continue;
    for (const household of own) blobs.push(...(await forgetEmptyHousehold(tx, household, before)));
    if (await isNeeded(tx, none, id)) continue;
    await forgetSubject(tx, none, id);
    await forgetPersonInExports(tx, id);
    await forgetPerson(tx, id);
    await recordAudit(tx, actor, { action: 'person.deleted', subjectType: 'person', subjectId: id });
    forgotten += 1;
  }
  return { forgotten, blobs, last: people.length < portion ? undefined : people.at(-1) };
}

/** A household goes with its file when all who belong to it are there for so long; somebody who came lately, or a hold, keeps it. */
async function forgetEmptyHousehold(tx: Tx, householdId: string, before: Date): Promise<string[]> {
  const fileId = await fileOfEmptyHousehold(tx, householdId);
  if (fileId !== undefined && (await holdsOfFile(tx, fileId)).length > 0) return [];
  const busy = await havingCases(tx, { personIds: [], householdIds: [householdId] });
  if (busy.size > 0 || !(await isOldHousehold(tx, householdId, before))) return [];
  const pieces = fileId === undefined ? [] : await forgetFile(tx, fileId);
  const blobs = await eraseDocuments(tx, pieces);
  await forgetDocuments(tx, pieces);
  await forgetHousehold(tx, householdId);
  await forgetSubject(tx, none, householdId);
  return blobs;
}
