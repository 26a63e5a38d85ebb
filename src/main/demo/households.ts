import { addDays, type Day } from '../../kernel/dates.ts';
import { daysBetween, monthStart } from './calendar.ts';
import { familyNameFor, ORIGINS, type Origin, type Sex } from './names.ts';
import {
  type DemoAddress,
  type DemoBank,
  type DemoCompany,
  drawAddress,
  drawBank,
  drawCompany,
  drawJob,
  drawPhone,
  schoolFor,
  type Town,
} from './places.ts';
import { createRandom, type Random } from './random.ts';

/** A job somebody has or had; amounts in cents a month. */
export interface DemoJob {
  readonly employer: DemoCompany;
  readonly title: string;
  readonly hoursPerWeek: number;
  readonly grossCents: number;
  readonly since: Day;
}

/** An invented person. `key` is stable for a seed. */
export interface DemoPerson {
  readonly key: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly sex: Sex;
  readonly birthDate: Day;
  readonly birthPlace: string;
  /** ISO 3166-1, two letters. */
  readonly nationality: string;
  readonly language: string;
  readonly relation: 'applicant' | 'partner' | 'child' | 'parent';
  readonly situation: 'jobless' | 'employed' | 'minijob' | 'training' | 'school' | 'small-child' | 'care' | 'retired';
  readonly job?: DemoJob;
  readonly school?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface DemoDwelling {
  readonly since: Day;
  readonly rooms: number;
  readonly squareMetres: number;
  /** Cents a month. */
  readonly rentCents: number;
  readonly sideCostsCents: number;
  readonly heatingCents: number;
  readonly heatedWith: string;
  readonly landlord: DemoCompany;
  readonly landlordBank: DemoBank;
}

/** An invented household (Bedarfsgemeinschaft); the first member is the applicant. */
export interface DemoHousehold {
  readonly key: string;
  readonly town: Town;
  /** As it would stand on a letter; the office part 00000 does not exist. */
  readonly fileNumber: string;
  readonly members: readonly [DemoPerson, ...DemoPerson[]];
  readonly address: DemoAddress;
  readonly dwelling: DemoDwelling;
  readonly bank: DemoBank;
  /** First day of the benefit; households that begin after the demo's first day are new ones. */
  readonly benefitFrom: Day;
}

/** Ages count on this day; callers with another window pass their own. */
const REFERENCE_DAY: Day = '2026-11-01';
const SIZES: readonly (readonly [number, number])[] = [
  [1, 50],
  [2, 18],
  [3, 13],
  [4, 10],
  [5, 5],
  [6, 3],
  [7, 1],
];

/**
 * Invents households of 1 to 7 members: the same seed and day give the same people. About one in eight lives in the small town.
 * `today` is the day on which ages are counted.
 */
export function generateHouseholds(seed: number | string, count: number, today: Day = REFERENCE_DAY): DemoHousehold[] {
  return Array.from({ length: count }, (_, index) =>
    drawHousehold(createRandom(`${seed}/household/${index}`), index, today),
  );
}

function drawHousehold(random: Random, index: number, today: Day): DemoHousehold {
  const key = `h${String(index + 1).padStart(4, '0')}`;
  const town: Town = index % 8 === 7 ? 'kleinstadt' : 'musterstadt';
  const origin = random.weighted(ORIGINS.map((o) => [o, o.weight] as const));
  const size = random.weighted(SIZES);
  const members = drawMembers(random, { key, origin, size, town, today });
  const [applicant] = members;
  const benefitFrom = monthStart(addDays(today, -random.int(20, 1_500)));
  const dwelling = drawDwelling(random, town, size, benefitFrom);
  return {
    key,
    town,
    fileNumber: `00000//${String(10_000 + index * 7).padStart(7, '0')}`,
    members,
    address: drawAddress(random, town),
    dwelling,
    bank: drawBank(random, `${applicant.givenName} ${applicant.familyName}`),
    benefitFrom,
  };
}

interface Frame {
  readonly key: string;
  readonly origin: Origin;
  readonly size: number;
  readonly town: Town;
  readonly today: Day;
}

function drawMembers(random: Random, frame: Frame): [DemoPerson, ...DemoPerson[]] {
  const family = random.pick(frame.origin.family);
  const age = frame.size === 1 ? random.int(18, 66) : random.int(23, 52);
  const names = new Set<string>();
  const draw = (index: number, relation: DemoPerson['relation'], years: number): DemoPerson => {
    const person = drawPerson(random, frame, {
      key: `${frame.key}.${index + 1}`,
      relation,
      years,
      family,
      taken: names,
    });
    names.add(person.givenName);
    return person;
  };
  const couple = frame.size > 1 && random.chance(frame.size === 2 ? 0.45 : 0.62);
  const members: [DemoPerson, ...DemoPerson[]] = [draw(0, 'applicant', age)];
  if (couple) members.push(draw(1, 'partner', Math.max(18, age + random.int(-6, 6))));
  while (members.length < frame.size) {
    const oldest = Math.min(24, age - 18);
    members.push(draw(members.length, 'child', random.int(0, oldest)));
  }
  return members;
}

function drawPerson(
  random: Random,
  { origin, town, today }: Frame,
  {
    key,
    relation,
    years,
    family,
    taken,
  }: { key: string; relation: DemoPerson['relation']; years: number; family: string; taken: ReadonlySet<string> },
): DemoPerson {
  const sex: Sex = random.chance(0.01) ? 'd' : random.chance(0.5) ? 'f' : 'm';
  const givenName = random.pick((sex === 'm' ? origin.male : origin.female).filter((name) => !taken.has(name)));
  const ownFamily = relation === 'partner' && random.chance(0.35) ? random.pick(origin.family) : family;
  const familyName = familyNameFor(ownFamily, sex, origin.nationality);
  const birthDate = addDays(today, -Math.floor(years * 365.25) - random.int(1, 364));
  const situation = situationOf(random, years);
  const contact = years >= 15 && (relation === 'applicant' || random.chance(0.5));
  return {
    key,
    givenName,
    familyName,
    sex,
    birthDate,
    birthPlace:
      origin.nationality === 'DE'
        ? random.pick(['Musterstadt', 'Kleinstadt', 'Beispielhausen', 'Probefelde'])
        : 'Beispielort',
    nationality: relation === 'child' && random.chance(0.3) ? 'DE' : origin.nationality,
    language: random.chance(0.25) ? 'de' : origin.language,
    relation,
    situation,
    ...(situation === 'employed' || situation === 'minijob'
      ? { job: drawDemoJob(random, town, situation, today) }
      : {}),
    ...(situation === 'school' ? { school: schoolFor(random, years) } : {}),
    ...(contact && random.chance(0.8) ? { phone: drawPhone(random) } : {}),
    ...(contact && random.chance(0.7)
      ? { email: `${plain(givenName)}.${plain(familyName)}.${key.replace('.', '-')}@example.org` }
      : {}),
  };
}

function situationOf(random: Random, years: number): DemoPerson['situation'] {
  if (years < 6) return 'small-child';
  if (years < 17) return 'school';
  if (years < 20) return random.pick(['school', 'training', 'jobless'] as const);
  if (years >= 66) return 'retired';
  return random.weighted([
    ['jobless', 52],
    ['minijob', 16],
    ['employed', 20],
    ['training', 5],
    ['care', 7],
  ] as const);
}

/** A job as somebody in need has it: a mini job up to 556 €, or part or full time at a low wage. */
export function drawDemoJob(random: Random, town: Town, kind: 'employed' | 'minijob', today: Day): DemoJob {
  const hours = kind === 'minijob' ? random.int(4, 10) : random.pick([15, 20, 25, 30, 35, 39]);
  const hourly = random.int(1_390, 1_640);
  const gross =
    kind === 'minijob' ? Math.min(55_600, hours * 4 * 1_390) : Math.round((hours * 4.33 * hourly) / 100) * 100;
  return {
    employer: drawCompany(random, town, 'employer'),
    title: drawJob(random),
    hoursPerWeek: hours,
    grossCents: gross,
    since: monthStart(addDays(today, -random.int(40, 1_400))),
  };
}

function drawDwelling(random: Random, town: Town, size: number, benefitFrom: Day): DemoDwelling {
  const squareMetres = 28 + size * 14 + random.int(-6, 12);
  const landlord = drawCompany(random, town, 'landlord');
  return {
    since: monthStart(addDays(benefitFrom, -random.int(30, 4_000))),
    rooms: Math.max(1, Math.round(squareMetres / 22)),
    squareMetres,
    rentCents: squareMetres * random.int(590, 840),
    sideCostsCents: squareMetres * random.int(150, 260),
    heatingCents: squareMetres * random.int(90, 190),
    heatedWith: random.pick(['Gas', 'Fernwärme', 'Öl', 'Wärmepumpe', 'Strom']),
    landlord,
    landlordBank: drawBank(random, landlord.name),
  };
}

/** Age in full years on a day. */
export const ageOn = (person: DemoPerson, day: Day): number =>
  Math.floor(daysBetween(person.birthDate, day) / 365.2425);

/** Lower-case ASCII of a name, for addresses. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[äöüßłı]/g, (c) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ł: 'l', ı: 'i' })[c] ?? c)
    .normalize('NFD')
    .replace(/[^a-z-]/g, '');
