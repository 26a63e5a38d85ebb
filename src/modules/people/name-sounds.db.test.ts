import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { projectPath } from '../../platform/env/project.ts';
import { addPerson, lookForPeople } from './index.ts';
import { letters, soundOf, written } from './name-sounds.ts';
import type { PeopleTables } from './people.ts';
import { ofParts } from './similar-names.ts';

const office = await openTestOffice();
const jobcenterId = office.tenants[0]?.jobcenter.id ?? '';
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenterId, work);

/** Invented people, as passports of five countries may write their names. */
const strangers = [
  ...['Przykładek, Łucja', 'Şimşekli, Işıl', 'Çınargül, Özge', 'Juschtschenkowa, Olena', 'Wiśniewczyk, Krzysztof'],
  ...['Khalidoun, Jamal', 'Muhamadin, Hussein', 'Ковальчуцька, Ярина', 'Schwarzkopf, Jörg', 'Kühnert, Ingrid'],
];
test('a person is found by how the name sounds, whoever wrote it down, and strokes are letters like others', async () => {
  for (const name of strangers) {
    const [familyName = '', givenName = ''] = name.split(', ');
    await inTenant((tx) => addPerson(tx, { familyName, givenName, birthDate: '1980-01-01' }));
  }
  const found = async (text: string) =>
    (await inTenant((tx) => lookForPeople(tx, { name: text }, 'and-alike'))).people.map(
      (each) => `${each.familyName}, ${each.givenName}`,
    );
  const heard = [
    ...[
      ['Pshykladek', 0],
      ['Pschikwadek', 0],
      ['Lutsja Pschikladek', 0],
      ['Schimschekli', 1],
      ['Isil Simsekli', 1],
    ],
    ...[
      ['Tschinargul', 2],
      ['Ozge Cinarguel', 2],
      ['Yushchenkova', 3],
      ['Juszczenkowa', 3],
      ['Kschischtof Wischniewtschik', 4],
    ],
    ...[
      ['Chalidun', 5],
      ['Kalidoun', 5],
      ['Dschamal Halidoun', 5],
      ['Mohammedin', 6],
      ['Kowaltschuzka', 7],
      ['Yaryna Kovalchutska', 7],
      ['Bergmannsen', undefined],
      ['Kowallek', undefined],
    ],
  ] as const;
  for (const [text, at] of heard)
    assert.deepEqual(await found(text), at === undefined ? [] : [strangers[at]], `${text}: this one and no other`);
  for (const text of [', Isil', 'ььь', 'ььь, Isil', '%_%', '\u0000\u0000\u0000'])
    assert.deepEqual(await found(text), [], text);
  const named = await inTenant((tx) => lookForPeople(tx, { name: 'Przykladek' }, 'as-typed'));
  assert.deepEqual(
    named.people.map(({ familyName }) => familyName),
    ['Przykładek'],
    'on any keyboard, without a look at what is alike',
  );
});

/** Invented people whose family names have several parts. */
const ofSeveralParts = [
  'Al-Mithali, Nour',
  'Schmidt-Mayer, Anna',
  'Müller-Özdemir, Emre',
  'Abd Allahi, Yusuf',
  'van der Weyden, Mika',
];
test('one part of a family name finds the person too, behind those who are called so, and alone or with the given name', async () => {
  const add = async (name: string): Promise<void> => {
    const [familyName = '', givenName = ''] = name.split(', ');
    await inTenant((tx) => addPerson(tx, { familyName, givenName, birthDate: '1983-01-01' }));
  };
  for (const name of ofSeveralParts) await add(name);
  const found = async (text: string) =>
    (await inTenant((tx) => lookForPeople(tx, { name: text }, 'and-alike'))).people.map(
      (each) => `${each.familyName}, ${each.givenName}`,
    );
  const heard: readonly (readonly [string, number])[] = [
    ...([
      ['Mitali', 0],
      ['Mithali', 0],
      ['Nour Mitali', 0],
      ['Mitaly, Nur', 0],
      ['Almitali', 0],
    ] as const),
    ...([
      ['Meier', 1],
      ['Anna Meyer', 1],
      ['Schmit', 1],
    ] as const),
    ...([
      ['Ösdemir', 2],
      ['Özdemri', 2],
      ['Oesdemir, Emre', 2],
    ] as const),
    ...([
      ['Abdulahi', 3],
      ['Alahi', 3],
    ] as const),
    ...([
      ['Weiden', 4],
      ['Vaiden', 4],
    ] as const),
  ];
  for (const [text, at] of heard) assert.deepEqual(await found(text), [ofSeveralParts[at]], text);
  for (const text of ['Nour', 'Mitali, Anna', 'Talimi', 'Nour Wischniak'])
    assert.deepEqual(await found(text), [], text);
  await add('Maier, Kim');
  assert.deepEqual(
    await found('Meier'),
    ['Maier, Kim', 'Schmidt-Mayer, Anna'],
    'whole names that fit as well come first',
  );
});

test('family names of several parts are found by an index of them alone', async () => {
  const plan = await inTenant(async (tx) => {
    await tx.raw('set local enable_seqscan = off', []);
    const people = tx.tables<PeopleTables>().selectFrom('person').select('id');
    return people.where(ofParts(sql`person.sound`)).explain('text');
  });
  assert.match(JSON.stringify(plan), /person_parts/);
});

/** Runs once more what migrations do with rows that are there. */
async function again(file: string, before: string): Promise<void> {
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenterId}'); ${before}; commit`);
  const text = readFileSync(projectPath('db/migrations', file), 'utf8');
  await owner.query(`begin; ${text.replaceAll(/^create index .*$/gm, '')}; commit`).finally(() => owner.end());
}

test('names that were kept with strokes are folded by the migration', async () => {
  const id = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Ødegårdsen', givenName: 'Łucja', birthDate: '1981-01-01' }),
  );
  await again('0070_strokes_in_names.sql', `update app.person set search = 'ødegardsen, łucja' where id = '${id}'`);
  assert.equal(
    (await inTenant((tx) => lookForPeople(tx, { name: 'Odegardsen, Lucja' }, 'as-typed'))).people[0]?.id,
    id,
  );
});

test('names that were kept without their sounds get those that are written now', async () => {
  // Every way to write a sound stands in one of these, and every letter that becomes another.
  const ways = [...written.map(([from]) => `a${from.trim()}u${from.trim()}`), ...letters.from, 'zz  top', 'ńśćźżłß'];
  const names = [...strangers, ...ways.map((way) => `${way} ${way}, ${way}`)];
  const kept = () =>
    inTenant((tx) => tx.raw<{ search: string; sound: string }>('select search, sound from app.person order by id', []));
  for (const name of names) {
    const [familyName = '', givenName = ''] = name.split(', ');
    await inTenant((tx) => addPerson(tx, { familyName, givenName, birthDate: '1982-01-01' }));
  }
  const before = await kept();
  assert.ok(before.length >= names.length && before.every(({ search, sound }) => sound === soundOf(search)));
  await again('0076_sounds_of_names.sql', "update app.person set sound = ''");
  assert.deepEqual(await kept(), before);
});
