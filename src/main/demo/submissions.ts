import { addDays, type Day } from '../../kernel/dates.ts';
import { daysBetween, germanInstant, isOfficeDay, weekday } from './calendar.ts';
import { ageOn, type DemoHousehold, type DemoPerson } from './households.ts';
import type { DemoPaper } from './papers/index.ts';
import { storyOf } from './papers-for.ts';
import { createRandom, type Random } from './random.ts';

export type ConcernKey =
  | 'erstantrag'
  | 'hauptantrag'
  | 'weiterbewilligung'
  | 'arbeitsaufnahme'
  | 'wohnkosten'
  | 'umzug'
  | 'krankmeldung'
  | 'unterlagen'
  | 'rueckruf'
  | 'bankverbindung';
export type DemoChannel = 'portal' | 'counter' | 'post' | 'email' | 'phone' | 'api';

/** What the person says, by name; amounts in cents, days as YYYY-MM-DD. The names depend on the concern, see `papers-for.ts`. */
export type DemoDetails = Readonly<Record<string, string | number | boolean>>;

/** Something that reached the office. */
export interface DemoSubmission {
  readonly key: string;
  /** Position in the list of households, and of the person in it. */
  readonly householdIndex: number;
  readonly personIndex: number;
  readonly concern: ConcernKey;
  readonly channel: DemoChannel;
  /** ISO 8601, UTC; ascending. */
  readonly receivedAt: string;
  readonly details: DemoDetails;
  readonly papers: readonly DemoPaper[];
  /** The key of an earlier submission of which this one is a second copy, sent by another way. */
  readonly repeats?: string;
}

/** The window: `from` and `to` are days, both included. */
export interface DemoWindow {
  readonly from: Day;
  readonly to: Day;
  readonly count: number;
}

const CONCERNS: readonly (readonly [ConcernKey, number])[] = [
  ['unterlagen', 30],
  ['weiterbewilligung', 16],
  ['rueckruf', 13],
  ['krankmeldung', 12],
  ['wohnkosten', 10],
  ['arbeitsaufnahme', 9],
  ['umzug', 5],
  ['bankverbindung', 4],
];

/** By which ways a concern comes. A new bank account is never told over the light access, so it comes in person or by post. */
const CHANNELS: Readonly<Record<ConcernKey, readonly (readonly [DemoChannel, number])[]>> = {
  erstantrag: [
    ['portal', 45],
    ['counter', 25],
    ['phone', 12],
    ['post', 10],
    ['email', 5],
    ['api', 3],
  ],
  hauptantrag: [
    ['portal', 55],
    ['counter', 25],
    ['post', 20],
  ],
  weiterbewilligung: [
    ['portal', 50],
    ['counter', 17],
    ['post', 26],
    ['api', 7],
  ],
  arbeitsaufnahme: [
    ['portal', 45],
    ['email', 20],
    ['phone', 12],
    ['counter', 15],
    ['api', 8],
  ],
  wohnkosten: [
    ['portal', 45],
    ['post', 30],
    ['counter', 20],
    ['email', 5],
  ],
  umzug: [
    ['portal', 40],
    ['counter', 40],
    ['post', 20],
  ],
  krankmeldung: [
    ['portal', 50],
    ['email', 22],
    ['post', 20],
    ['counter', 8],
  ],
  unterlagen: [
    ['portal', 42],
    ['post', 25],
    ['counter', 18],
    ['email', 12],
    ['api', 3],
  ],
  rueckruf: [
    ['portal', 40],
    ['phone', 50],
    ['email', 10],
  ],
  bankverbindung: [
    ['counter', 70],
    ['post', 30],
  ],
};

interface Memory {
  stage: 'new' | 'asked' | 'known';
  last: { readonly submission: DemoSubmission; readonly day: Day } | undefined;
  /** The day an application or its second step is due; nothing else comes from the household before. */
  due: Day | undefined;
}

/**
 * Invents what reaches the office in a window, in order of time: the same arguments give the same submissions. Households whose
 * benefit begins inside the window apply in its first month, the full form follows within three weeks; about one submission in fifty
 * is a copy of an earlier one by another way. A household sends at most one submission a day.
 */
export function* demoSubmissions(
  seed: number | string,
  households: readonly DemoHousehold[],
  window: DemoWindow,
): Generator<DemoSubmission> {
  const random = createRandom(`${seed}/submissions`);
  const memories = households.map(({ benefitFrom }): Memory => {
    const isNew = benefitFrom >= window.from;
    return {
      stage: isNew ? 'new' : 'known',
      last: undefined,
      due: isNew ? addDays(benefitFrom, random.int(0, 24)) : undefined,
    };
  });
  const drafts = daysOf(random, window).map((day, index) => {
    const householdIndex = nextHousehold(random, memories, day);
    const frame = {
      household: households[householdIndex] as DemoHousehold,
      memory: memories[householdIndex] as Memory,
    };
    return drawSubmission(random, { key: `s${String(index + 1).padStart(6, '0')}`, day, householdIndex, ...frame });
  });
  // Hours differ by channel, so a day can only be sorted once all of it is known.
  yield* drafts.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0));
}

/** Who is due comes first; otherwise anybody who has applied and has not written today. */
function nextHousehold(random: Random, memories: readonly Memory[], day: Day): number {
  const due = memories.findIndex((memory) => memory.due !== undefined && memory.due <= day && memory.last?.day !== day);
  if (due >= 0) return due;
  for (let tries = 0; tries < 200; tries++) {
    const index = random.int(0, memories.length - 1);
    const memory = memories[index] as Memory;
    if (memory.due === undefined && memory.last?.day !== day) return index;
  }
  return random.int(0, memories.length - 1);
}

/** One day for each submission, ascending; Mondays and month starts are busy, weekends are not. */
function daysOf(random: Random, { from, to, count }: DemoWindow): Day[] {
  const weights = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => {
    const day = addDays(from, i);
    const busy = Number(day.slice(8)) <= 5 ? 1.3 : 1;
    return [day, (isOfficeDay(day) ? (weekday(day) === 1 ? 1.3 : 1) : 0.16) * busy] as const;
  });
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const points = Array.from({ length: count }, () => random.next() * total).sort((a, b) => a - b);
  let passed = 0;
  let at = 0;
  return points.map((point) => {
    while (at < weights.length - 1 && passed + (weights[at]?.[1] ?? 0) <= point) passed += weights[at++]?.[1] ?? 0;
    return weights[at]?.[0] ?? to;
  });
}

interface Frame {
  readonly key: string;
  readonly day: Day;
  readonly householdIndex: number;
  readonly household: DemoHousehold;
  readonly memory: Memory;
}

function drawSubmission(random: Random, { key, day, householdIndex, household, memory }: Frame): DemoSubmission {
  const { last } = memory;
  const lately = last && last.submission.papers.length > 0 && daysBetween(last.day, day) <= 14;
  if (memory.stage === 'known' && lately && random.chance(0.2)) {
    const submission = copyOf(random, last.submission, key, day);
    memory.last = { submission, day };
    return submission;
  }
  const concern =
    memory.stage === 'new'
      ? 'erstantrag'
      : memory.stage === 'asked'
        ? 'hauptantrag'
        : random.weighted(CONCERNS.filter(([each]) => ways(each, day).length > 0));
  const person = personFor(random, concern, household, day);
  const channel = random.weighted(ways(concern, day));
  const { details, papers } = storyOf(concern, { random, household, person, day });
  const submission: DemoSubmission = {
    key,
    householdIndex,
    personIndex: household.members.indexOf(person),
    concern,
    channel,
    receivedAt: timeOf(random, day, channel),
    details,
    // On the phone nobody hands in papers.
    papers: channel === 'phone' ? [] : papers,
  };
  memory.due = memory.stage === 'new' ? addDays(day, random.int(2, 21)) : undefined;
  memory.stage = memory.stage === 'new' ? 'asked' : 'known';
  memory.last = { submission, day };
  return submission;
}

/** The same papers again by another way, as worried people send them. */
function copyOf(random: Random, original: DemoSubmission, key: string, day: Day): DemoSubmission {
  const others = ways(original.concern === 'bankverbindung' ? 'bankverbindung' : 'unterlagen', day).filter(
    ([channel]) => channel !== original.channel && channel !== 'api',
  );
  const channel = others.length > 0 ? random.weighted(others) : original.channel;
  return {
    ...original,
    key,
    channel,
    receivedAt: timeOf(random, day, channel),
    repeats: original.repeats ?? original.key,
  };
}

/** Ways that are open on a day: the office's own ones only when it is open. */
const ways = (concern: ConcernKey, day: Day): (readonly [DemoChannel, number])[] =>
  CHANNELS[concern].filter(([channel]) => isOfficeDay(day) || channel === 'portal' || channel === 'email');

function personFor(random: Random, concern: ConcernKey, { members }: DemoHousehold, day: Day): DemoPerson {
  const [applicant] = members;
  const able = members.filter((person) => ageOn(person, day) >= 18);
  if (concern === 'arbeitsaufnahme') return able.find((person) => person.situation === 'jobless') ?? applicant;
  if (concern === 'krankmeldung' || concern === 'unterlagen' || concern === 'rueckruf')
    return random.chance(0.7) || able.length === 0 ? applicant : random.pick(able);
  return applicant;
}

/** A wall clock time as the channel has it: counter 8 to 12:30 and Thursday afternoons, post in the morning, portal until late. */
function timeOf(random: Random, day: Day, channel: DemoChannel): string {
  const thursday = weekday(day) === 4 && random.chance(0.45);
  const [low, high] = {
    counter: thursday ? [840, 1_075] : [480, 745],
    post: [510, 640],
    phone: [485, 960],
    api: [420, 1_080],
    email: [380, 1_400],
    portal: random.chance(0.4) ? [1_020, 1_380] : [390, 1_190],
  }[channel] as [number, number];
  return germanInstant(day, random.int(low, high), random.int(0, 59));
}
