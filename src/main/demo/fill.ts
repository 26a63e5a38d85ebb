import type { Actor } from '../../kernel/actor.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { idSequence } from '../../kernel/ids.ts';
import {
  assignCase,
  type CaseReader,
  closeCase,
  confirmBankAtCounter,
  confirmPerson,
  decideCase,
  makeFollowUp,
  openRequiredItems,
  requireItem,
  writeToClient,
} from '../../modules/cases/index.ts';
import { type FormDefinition, freeze } from '../../modules/forms/index.ts';
import { allStaff, privacyOfficers } from '../../modules/identity/index.ts';
import { type Channel, commandKeys, listSubmissions, receive } from '../../modules/intake/index.ts';
import { beginNotice } from '../../modules/notices/index.ts';
import { addHousehold, addPerson, findPeople, matchPerson } from '../../modules/people/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { demoAnswers } from './answers.ts';
import { demoAppointments } from './appointments.ts';
import { type DemoHousehold, type DemoSubmission, demoSubmissions, drawPaper, generateHouseholds } from './index.ts';
import { addDemoFields } from './own-fields.ts';
import { planWork } from './plan-work.ts';
import { createRandom } from './random.ts';
import { talk } from './talk.ts';

const seed = 'tandem';
const householdCount = 400;
const submissionCount = 3_000;
const monthsBack = 548;
const batch = 10;

const practiceSeed = 'practice';
const practiceHouseholds = 60;
const practiceDays = 60;

type Scene = {
  readonly services: Services;
  readonly jobcenters: Readonly<Record<string, Jobcenter>>;
  readonly households: readonly DemoHousehold[];
  readonly today: string;
};

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
  }
}

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
    if (own[0] === undefined || (await findPeople(tx, { fileNumber: own[0].fileNumber })).length > 0) return;
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
  return missing.length;
}

const actorKey = 'seed';

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

async function prepareAll({ services }: Scene, jobcenter: Jobcenter, submission: DemoSubmission) {
  const documents = [];
  for (const paper of submission.papers) {
    const drawn = await drawPaper(paper);
    const pages = drawn.mediaType === 'application/pdf' ? pagesOf(drawn.bytes) : 1;
    documents.push(
      await services.vault.prepare(jobcenter.id, {
        name: drawn.name,
        bytes: drawn.bytes,
        mediaType: drawn.mediaType,
        pages,
      }),
    );
  }
  return documents;
}

/** Our own writer's PDFs name their pages plainly. */
const pagesOf = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g)?.length ?? 1;

/** The same transaction at another time: demo data were received and worked on in the past. */
const at = (tx: Tx, now: Date): Tx => ({ ...tx, now, newId: idSequence(now) });

type Prepared = Awaited<ReturnType<typeof prepareAll>>;
type Colleague = { readonly id: string; readonly name: string };

async function addOne(
  scene: Scene,
  tx: Tx,
  jobcenter: Jobcenter,
  submission: DemoSubmission,
  documents: Prepared,
  staff: readonly Colleague[],
): Promise<void> {
  const { services, households } = scene;
  const household = households[submission.householdIndex] as DemoHousehold;
  const person = household.members[submission.personIndex] ?? household.members[0];
  const receivedAt = new Date(submission.receivedAt);
  const form = await services.catalogue.find(jobcenter.id, submission.concern);
  if (form === undefined) return;
  const answers = demoAnswers(form, submission.repeats ?? submission.key, person, household, dayInGermany(receivedAt));
  const stated = {
    familyName: person.familyName,
    givenName: person.givenName,
    birthDate: person.birthDate,
    fileNumber: household.fileNumber,
  };
  const outcome = await receive(
    at(tx, receivedAt),
    { kind: 'system', name: actorKey },
    {
      jobcenter,
      keys: await services.keyring.of(jobcenter.id),
      form,
      language: 'de',
      channel: submission.channel as Channel,
      receivedAt,
      person: stated,
      answers,
      frozen: freeze(form, answers, 'de'),
      documents: documents.map((document) => ({ document, field: 'document', recorded: false })),
      command: { key: `demo:${submission.key}`, requestHash: sha256(submission.key) },
      teamId: await services.teamFor(jobcenter.id, form.team),
    },
  );
  if (outcome.kind === 'received')
    await work(tx, scene, { submission, form, receivedAt, caseId: outcome.caseId, staff, household, person: stated });
}

type Work = {
  readonly submission: DemoSubmission;
  readonly form: FormDefinition;
  readonly receivedAt: Date;
  readonly caseId: string;
  readonly staff: readonly Colleague[];
  readonly household: DemoHousehold;
  readonly person: { readonly familyName: string; readonly givenName: string; readonly birthDate: string };
};

const day = 86_400_000;

/** What the office did since: older ones are decided and closed, of the newest some wait and some nobody has taken yet. */
async function work(
  tx: Tx,
  scene: Scene,
  { submission, receivedAt, caseId, staff, form, person, household }: Work,
): Promise<void> {
  const random = createRandom(`work/${submission.key}`);
  const now = scene.services.clock.now().getTime();
  const age = (now - receivedAt.getTime()) / day;
  const colleague = random.pick(staff);
  const actor = { kind: 'staff', id: colleague.id, name: colleague.name } as const;
  const spoken = (household.members[submission.personIndex] ?? household.members[0]).language;
  const reader: CaseReader = { role: 'lead', id: colleague.id, teamIds: [] };
  const act = { actor, reader, caseId };
  const then = (days: number): Tx => at(tx, new Date(Math.min(now - 60_000, receivedAt.getTime() + days * day)));
  const started = random.int(1, 3) + random.next();
  if (age < started || (age < 12 && random.chance(0.2))) return; // still in the inbox
  const [known] = await matchPerson(tx, person);
  if (known !== undefined)
    await confirmPerson(then(started), act, {
      id: known.id,
      householdId: known.householdId,
      name: `${person.familyName}, ${person.givenName}`,
      birthDate: known.birthDate,
    });
  await assignCase(then(started + 0.01), act, colleague);
  await talk(then(started + 0.015), { ...act, actor }, { key: submission.key, language: spoken });
  if (random.chance(0.3)) {
    const dueOn = addDays(dayInGermany(then(started + 0.02).now), 14);
    await requireItem(
      then(started + 0.02),
      { ...act, staffId: colleague.id },
      {
        what: random.pick([
          'Kontoauszug des letzten Monats',
          'Mietvertrag, alle Seiten',
          'Lohnabrechnung',
          'Bescheid der Familienkasse',
        ]),
        why: 'Ohne dieses Papier können wir die Höhe der Leistung nicht ausrechnen.',
        dueOn,
      },
    );
    if (age < 21) {
      await letterDraft(then(started + 0.05), { actor, reader, caseId }, person);
      return;
    }
  }
  if (random.chance(0.25))
    await writeToClient(
      then(started + 0.1),
      act,
      'Guten Tag, wir haben Ihre Unterlagen bekommen und prüfen sie. Sie müssen gerade nichts tun.',
    );
  const decided = started + random.int(2, 12);
  if (age < decided) {
    if (createRandom(`plan/${submission.key}`).chance(0.3))
      await planWork(
        then(started + 0.15),
        { ...act, staffId: colleague.id, staffName: colleague.name },
        { random: createRandom(`plan-of/${submission.key}`), today: dayInGermany(new Date(now)) },
      );
    if (createRandom(`appointment/${submission.key}`).chance(0.75))
      await demoAppointments(
        then(started + 0.17),
        { ...act, staffId: colleague.id },
        {
          random: createRandom(`appointment-of/${submission.key}`),
          now: new Date(now),
          later: (moment) => at(tx, moment),
        },
      );
    if (random.chance(0.4))
      await makeFollowUp(
        then(started + 0.2),
        { ...act, staffId: colleague.id },
        {
          dueOn: addDays(dayInGermany(new Date(now)), random.int(-1, 9)),
          reason: random.pick(['Prüfen, ob die Vermieterin geantwortet hat', 'Bescheid der Familienkasse da?']),
          topic: 'papers',
          waitsFor: random.pick(['us', 'office', 'person'] as const),
          forStaffId: colleague.id,
        },
      );
    return;
  }
  await confirmBankAtCounter(then(decided - 0.1), act); // where an account was given; otherwise nothing changes
  await decideCase(then(decided), act, {
    result: random.weighted([
      ['granted', 6],
      ['settled', 4],
      ['partly-granted', 1],
      ['refused', 1],
    ] as const),
    reasons: `${form.title.de}: geprüft anhand der vorgelegten Unterlagen. Die Voraussetzungen lagen vor, soweit im Ergebnis genannt.`,
  });
  if (age > decided + 3) await closeCase(then(decided + 1), act);
}

/** A letter that asks for the missing paper, begun and not sent. */
async function letterDraft(
  tx: Tx,
  act: { readonly actor: Actor & { readonly kind: 'staff' }; readonly reader: CaseReader; readonly caseId: string },
  person: Work['person'],
): Promise<void> {
  const recipient = `${person.givenName} ${person.familyName}`;
  const [item] = await openRequiredItems(tx, act.caseId);
  if (item !== undefined)
    await beginNotice(tx, act, { template: 'unterlagen', recipient, language: 'en', itemId: item.id });
}

/** Numbers of the newest receipts. */
export const demoReceipts = async (tx: Tx, count: number): Promise<string[]> =>
  (await listSubmissions(tx, {}, undefined, count)).rows.map((row) => row.number);
