import pg from 'pg';
import { searchable } from '../../src/modules/people/index.ts';
import { seededRandom } from '../../test/proof/support/numbers.ts';
import type { FullName } from './many-cases.ts';

type Random = ReturnType<typeof seededRandom>;

const portion = 10_000;
/** Every name is made of these and belongs to nobody; one in four begins with s, as the commonest initial. */
const begins =
  'Sa So Su Scha Schi Schu Sche Szu Sie Ma Me Mu Ba Be Bo Ka Ke Ko Ha He Hu Wa Wi Wo Ga Go Fe Fi Ra Ri Le Li Da Do Pa Pe Pschi Te Ti Ni No Ei An Ja Ju Zi Zo Ol U Vo Cza Chi Ya Yi'.split(
    ' ',
  );
const middles =
  'ber man ski wal ter kow nov hof er meis bach lin den stein ro ger kau fels zie gel wis niew yil maz oz de mir pet ren ste fan schu bert klein graf tal wein haus tschen'.split(
    ' ',
  );
const ends = ['', 'ko', 'ski', 'ek', 'oglu', 'er', 'mann', 'dze', 'wicz', 'in'];
const given = 'Mika Ayla Jona Olen Darja Emre Nele Tarek Luka Zofia Ilir Samira'.split(' ');

/** So many invented names, the same ones for the same number; one family name in eight has two parts. */
export function inventNames(count: number): FullName[] {
  const random = seededRandom(23);
  const single = Array.from({ length: count }, () => {
    const middle = random.pick(middles) + (random.next() < 0.5 ? random.pick(middles) : '');
    return [random.pick(begins) + middle + random.pick(ends), random.pick(given)] as const;
  });
  return single.map(([family, first], n) => {
    if (n % 8 !== 7) return [family, first];
    return n % 16 === 7 ? [`Al-${family}`, first] : [`${single[n - 1]?.[0]}-${family}`, first];
  });
}

/** The last part of each family name that has several. */
export const lastParts = (names: readonly FullName[]): FullName[] =>
  names.filter(([family]) => family.includes('-')).map(([family, first]) => [family.split('-').at(-1) ?? '', first]);

/** The office knows people with these names, past the application. */
export async function fillPeople(superuserUrl: string, jobcenterId: string, names: readonly FullName[]): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (let from = 0; from < names.length; from += portion) {
      const some = names.slice(from, from + portion);
      const found = some.map((name) => searchable(...name));
      await client.query(insert, [
        jobcenterId,
        some.map(([family]) => family),
        some.map(([, first]) => first),
        found.map(({ search }) => search),
        found.map(({ sound }) => sound),
      ]);
    }
    await client.query('vacuum analyze app.person');
  } finally {
    await client.end();
  }
}

const insert = `
  insert into app.person (jobcenter_id, id, family_name, given_name, birth_date, search, sound, created_at)
  select $1, uuidv7(), family, given, date '1960-01-01' + (at * 7919 % 15000)::int, search, sound, now()
  from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality who(family, given, search, sound, at)`;

/** How the same sounds are written elsewhere, and by whoever only hears them. */
const byEar: readonly (readonly [RegExp, readonly string[]])[] = [
  [/sch/i, ['sh', 'sz', 'zh']],
  [/w/i, ['v', 'f']],
  [/k/i, ['c', 'ck', 'q']],
  [/z/i, ['s', 'ts', 'tz']],
  [/y/i, ['j', 'i']],
  [/ie/i, ['i', 'ee']],
  [/ei/i, ['ai', 'ey']],
  [/s/i, ['ss', 'z']],
  [/t/i, ['d', 'tt', 'th']],
  [/o/i, ['u', 'oo']],
  [/n/i, ['nn', 'm']],
  [/e/i, ['ae', 'i']],
  [/l/i, ['ll']],
  [/r/i, ['rr', '']],
  [/a/i, ['aa', 'e']],
  [/u/i, ['ou', 'oo']],
  [/i/i, ['ie', 'y']],
];

/** A family name as somebody may type who only heard it, and now and then with a slip of a finger. */
export function misspell(random: Random, family: string): string {
  const [pattern, ways] = random.pick(byEar.filter(([each]) => each.test(family)));
  const heard = family.replace(pattern, random.pick(ways));
  if (random.next() < 0.6) return heard;
  const at = 2 + random.int(Math.max(1, heard.length - 3));
  return heard.slice(0, at) + random.pick(['', heard[at] ?? '', 'a', 'r', 'n']) + heard.slice(at + random.int(2));
}

/** So many misspelt names out of these: most are family names alone, some with the given name on either side. */
export function misspeltNames(count: number, names: readonly FullName[]): string[] {
  const random = seededRandom(29);
  return Array.from({ length: count }, () => {
    const [family, first] = random.pick(names);
    const typed = misspell(random, family);
    return random.pick([typed, typed, `${typed}, ${first}`, `${first} ${typed}`]);
  });
}
