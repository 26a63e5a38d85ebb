import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { projectPath } from '../../platform/env/project.ts';
import { addPerson, findPeople, similarPeople } from './index.ts';
import { soundIn, soundOf } from './name-sounds.ts';

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
    (await inTenant((tx) => similarPeople(tx, text))).map((each) => `${each.familyName}, ${each.givenName}`);
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
  const named = await inTenant((tx) => findPeople(tx, { name: 'Przykladek' }));
  assert.deepEqual(
    named.map(({ familyName }) => familyName),
    ['Przykładek'],
    'on any keyboard, without a look at what is alike',
  );
  const [row] = await inTenant((tx) =>
    tx
      .tables<{ person: { search: string } }>()
      .selectFrom('person')
      .select(({ fn }) => [
        fn.agg<string[]>('array_agg', ['search']).as('names'),
        sql<string[]>`array_agg(${soundIn(sql`search`)})`.as('sounds'),
      ])
      .execute(),
  );
  assert.deepEqual(row?.sounds, row?.names.map(soundOf), 'here and in the database names sound the same');
});

test('names that were kept with strokes are folded by the migration', async () => {
  const id = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Ødegårdsen', givenName: 'Łucja', birthDate: '1981-01-01' }),
  );
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenterId}')`);
  await owner.query("update app.person set search = 'ødegardsen, łucja' where id = $1", [id]);
  await owner.query('commit');
  await owner.query(`begin; ${readFileSync(projectPath('db/migrations/0070_strokes_in_names.sql'), 'utf8')}; commit`);
  await owner.end();
  assert.equal((await inTenant((tx) => findPeople(tx, { name: 'Odegardsen, Lucja' })))[0]?.id, id);
});
