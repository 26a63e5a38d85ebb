import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { announceUnread } from '../../modules/documents/index.ts';
import { allStaff, privacyOfficers } from '../../modules/identity/index.ts';
import { commandKeys, listSubmissions } from '../../modules/intake/index.ts';
import { addHousehold, addPerson, lookForPeople } from '../../modules/people/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { addOne, type Prepared, prepareAll } from './arrive.ts';
import { type DemoHousehold, type DemoSubmission, demoSubmissions, generateHouseholds } from './index.ts';
import { addDemoFields } from './own-fields.ts';
import { actorKey, type Scene } from './scene.ts';

const seed = 'tandem';
const householdCount = 400;
const submissionCount = 3_000;
const monthsBack = 548;
const batch = 10;

/** So many of the newest papers are read at once, as if they had just come; older ones by night, as everything that is taken over. */
const readAtOnce = 40;
const newestDays = 14;

const practiceSeed = 'practice';
const practiceHouseholds = 60;
const practiceDays = 60;

/**
 * Fills the demonstration: households, submissions of 18 months by all channels, and the work on them. The first call sets
 * its last day; later ones add what is missing. `newest`: only that many, counted from the end.
 */
export async function fillDemo(services: Services, { newest }: { readonly newest?: number }): Promise<void> {
  const all = await services.directory.all();
  const jobcenters = Object.fromEntries(all.map((j) => [j.key, j]));
  const today = await firstDay(services, all);
  const households = generateHouseholds(seed, householdCount, today);
  const scene: Scene = { services, jobcenters, households, today };
  await addHouseholds(scene);
  const submissions = [
    ...demoSubmissions(seed, households, {
      from: addDays(today, -monthsBack),
      to: addDays(today, -1),
      count: submissionCount,
    }),
  ];
  const wanted = submissions.slice(newest === undefined ? 0 : -newest).reverse();
  for (const [key, jobcenter] of Object.entries(jobcenters)) {
    const own = wanted.filter((each) => townOf(scene, each) === key);
    const missing = await withoutExisting(services, jobcenter, own);
    for (let i = 0; i < missing.length; i += batch) await addBatch(scene, jobcenter, missing.slice(i, i + batch));
    await addDemoFields(services, jobcenter);
    if (newest !== undefined) await readNewest(services, jobcenter);
  }
}

const readNewest = (services: Services, jobcenter: Jobcenter): Promise<number> =>
  services.database.tenant(jobcenter.id, (tx) => announceUnread(tx, newestDays, readAtOnce));

const townOf = (scene: Scene, submission: DemoSubmission): string =>
  scene.households[submission.householdIndex]?.town ?? 'musterstadt';

/** The day on which the demonstration was begun; its data stay the same on later days. */
async function firstDay(services: Services, all: readonly Jobcenter[]): Promise<string> {
  const ids = all.map((j) => j.id);
  const [row] = await services.database.shared<{ at: Date | null }>(
    'select min(created_at) as at from app.jobcenter where id = any ($1)',
    [ids],
  );
  return dayInGermany(row?.at ?? services.clock.now());
}

async function addHouseholds(scene: Scene): Promise<void> {
  for (const [key, jobcenter] of Object.entries(scene.jobcenters)) {
    const own = scene.households.filter((each) => each.town === key);
    await addHouseholdsOf(scene, jobcenter, own);
  }
}

async function addHouseholdsOf(
  { services, today }: Scene,
  jobcenter: Jobcenter,
  own: readonly DemoHousehold[],
): Promise<void> {
  await services.database.tenant(jobcenter.id, async (tx) => {
    if (
      own[0] === undefined ||
      (await lookForPeople(tx, { fileNumber: own[0].fileNumber }, 'as-typed')).people.length > 0
    )
      return;
    for (const household of own) {
      const members = [];
      for (const person of household.members) {
        members.push({
          personId: await addPerson(tx, {
            familyName: person.familyName,
            givenName: person.givenName,
            birthDate: person.birthDate,
          }),
          role: person.relation,
        });
      }
      await addHousehold(tx, {
        fileNumber: household.fileNumber,
        members,
        fromDay: household.benefitFrom < today ? household.benefitFrom : today,
      });
    }
  });
}

/** Fills one Jobcenter for practice with invented households and submissions up to yesterday. Repeatable: adds what is missing. */
export async function fillPractice(services: Services, jobcenter: Jobcenter, count: number): Promise<number> {
  const today = dayInGermany(services.clock.now());
  const households = generateHouseholds(practiceSeed, practiceHouseholds, today);
  const scene: Scene = { services, jobcenters: {}, households, today };
  await addHouseholdsOf(scene, jobcenter, households);
  const window = { from: addDays(today, -practiceDays), to: addDays(today, -1), count };
  const missing = await withoutExisting(services, jobcenter, [...demoSubmissions(practiceSeed, households, window)]);
  for (let i = 0; i < missing.length; i += batch) await addBatch(scene, jobcenter, missing.slice(i, i + batch));
  await addDemoFields(services, jobcenter);
  if (missing.length > 0) await readNewest(services, jobcenter);
  return missing.length;
}

async function withoutExisting(
  services: Services,
  jobcenter: Jobcenter,
  submissions: readonly DemoSubmission[],
): Promise<DemoSubmission[]> {
  const known = new Set(await services.database.tenant(jobcenter.id, (tx) => commandKeys(tx, actorKey)));
  return submissions.filter((each) => !known.has(`demo:${each.key}`));
}

/** One transaction for several submissions, each at its own time. */
async function addBatch(scene: Scene, jobcenter: Jobcenter, submissions: readonly DemoSubmission[]): Promise<void> {
  const prepared: { submission: DemoSubmission; documents: Prepared }[] = [];
  for (const submission of submissions)
    prepared.push({ submission, documents: await prepareAll(scene, jobcenter, submission) });
  await scene.services.database.tenant(jobcenter.id, async (tx) => {
    const officers = new Set((await privacyOfficers(tx)).map((each) => each.staffId)); // they work on no case
    const staff = (await allStaff(tx)).filter((each) => !officers.has(each.id));
    for (const { submission, documents } of prepared) await addOne(scene, tx, jobcenter, submission, documents, staff);
  });
}

/** Numbers of the newest receipts. */
export const demoReceipts = async (tx: Tx, count: number): Promise<string[]> =>
  (await listSubmissions(tx, {}, undefined, count)).rows.map((row) => row.number);
