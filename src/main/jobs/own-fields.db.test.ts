import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { closeCase, confirmPerson, findCase, openableCase, readerOf, timeline } from '../../modules/cases/index.ts';
import {
  addField,
  changeField,
  decideField,
  fieldsAt,
  hideField,
  listedFields,
  type OwnDefinition,
  ownValueWords,
  pastValues,
  valuesOf,
  writeOwnValues,
} from '../../modules/fields/index.ts';
import { endHold, holdFile } from '../../modules/files/index.ts';
import type { AnswerValue } from '../../modules/forms/index.ts';
import { addStaff, namePrivacyOfficer } from '../../modules/identity/index.ts';
import { addHousehold, addPerson } from '../../modules/people/index.ts';
import { askedTerms, findTexts, searchKey } from '../../modules/search/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { searchAgainIn } from '../cli/search-again.ts';
import { ownFieldsIn, ownLines } from '../file-export/own-lines.ts';
import { forgetOwnFields, makeValuesFindable } from './own-fields.ts';

const office = await openTestOffice();
const [here] = office.tenants;
assert.ok(here);
const inTenant = <T>(work: (tx: Tx) => Promise<T>, at?: Date): Promise<T> =>
  office.services.database.tenant(here.jobcenter.id, work, at ?? office.services.clock.now());

async function hire(name: string, role: 'clerk' | 'lead') {
  const teamIds = [here?.teams['leistung'] ?? ''];
  const staff = { login: name.toLowerCase(), name, role, password: `${name} ${name}`, totpSecret: 'JBSWY3DP', teamIds };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff));
  assert.ok(added.kind === 'added');
  return { actor: { kind: 'staff', id: added.id, name } as const, role, id: added.id, teamIds };
}
const lou = await hire('Lou', 'lead');
const ada = await hire('Ada', 'clerk');
const ben = await hire('Ben', 'clerk');
await inTenant((tx) => namePrivacyOfficer(tx, ada.id, 'operator'));
const known = { concerns: [], teams: ['leistung', 'wohnen'] };
const plain: OwnDefinition = {
  label: { de: 'Schule' },
  help: { de: '' },
  target: 'case',
  kind: 'text',
  choices: [],
  concerns: [],
  team: null,
  purpose: 'Schulbedarf',
  legalBasis: '§ 28 SGB II',
  category: 'social',
  writeHere: 'Name',
  notHere: 'Noten',
  years: 1,
};
async function made(definition: Partial<OwnDefinition>): Promise<string> {
  const saved = await inTenant((tx) =>
    addField(tx, lou, { definition: { ...plain, ...definition }, why: 'Probe' }, known),
  );
  assert.ok(saved.kind === 'saved');
  if (saved.waits)
    await inTenant((tx) =>
      decideField(tx, ada.actor, { id: saved.id, version: 1, decision: 'approved', why: 'geprüft' }),
    );
  return saved.id;
}
const newCase = async (): Promise<string> =>
  (await office.submit(here, { teamId: here.teams['leistung'] ?? null })).caseId;
const fieldOf = async (tx: Tx, id: string, target: OwnDefinition['target'] = 'case') => {
  const field = (await fieldsAt(tx, { targets: [target], team: 'leistung' })).find((each) => each.id === id);
  assert.ok(field);
  return field;
};
const write = (
  who: typeof ada,
  caseId: string,
  fields: readonly (readonly [id: string, opened: number, value: AnswerValue | undefined])[],
  subject: readonly [OwnDefinition['target'], string] = ['case', caseId],
) =>
  inTenant(async (tx) => {
    const writes = [];
    for (const [id, opened, value] of fields)
      writes.push({ field: await fieldOf(tx, id, subject[0]), subjectId: subject[1], opened, value });
    return writeOwnValues(tx, { actor: who.actor, caseId }, writes);
  });
const stands = async (subjectId: string, fieldId: string) =>
  (await inTenant((tx) => valuesOf(tx, [subjectId]))).find((each) => each.fieldId === fieldId);

test('two people fill in different fields of one case, and both stay; in one field the second one sees both', async () => {
  const [school, pupils] = [await made({}), await made({ label: { de: 'Kinder' }, kind: 'number' })];
  const caseId = await newCase();
  assert.deepEqual(
    await write(ada, caseId, [
      [school, 0, 'Grundschule'],
      [pupils, 0, undefined],
    ]),
    { kind: 'done' },
  );
  // Ben opened the form before: he left the school empty and counted the children.
  assert.deepEqual(
    await write(ben, caseId, [
      [school, 0, undefined],
      [pupils, 0, 2],
    ]),
    { kind: 'done' },
  );
  assert.equal((await stands(caseId, school))?.value, 'Grundschule');
  assert.equal((await stands(caseId, pupils))?.value, 2);
  const outcome = await write(ben, caseId, [[school, 0, 'Gymnasium']]);
  assert.ok(outcome.kind === 'conflict');
  assert.deepEqual(
    outcome.conflicts.map((each) => [each.theirs?.value, each.theirs?.writtenName]),
    [['Grundschule', 'Ada']],
  );
  assert.deepEqual(await write(ben, caseId, [[school, 0, 'Grundschule']]), { kind: 'unchanged' });
  assert.deepEqual(await write(ben, caseId, [[school, 1, 'Gymnasium']]), { kind: 'done' });
  assert.deepEqual(await write(ada, caseId, [[school, 1, 'Grundschule']]), { kind: 'unchanged' }); // an old form, untouched
  assert.equal((await stands(caseId, school))?.version, 2);
  const value = await stands(caseId, school);
  const past = await inTenant((tx) => pastValues(tx, [value?.id ?? '']));
  assert.deepEqual(
    past.map((each) => [each.version, each.value, each.writtenName]),
    [
      [2, 'Gymnasium', 'Ben'],
      [1, 'Grundschule', 'Ada'],
    ],
  );
  const events = (await inTenant((tx) => timeline(tx, caseId))).filter((event) => event.kind === 'own-fields');
  assert.deepEqual(
    events.map((event) => event.detail),
    [
      { on: 'case', labels: ['Schule'] },
      { on: 'case', labels: ['Kinder'] },
      { on: 'case', labels: ['Schule'] },
    ],
  );
  const logged = await inTenant((tx) =>
    tx.raw<{ n: number }>(
      "select count(*) n from app.audit_entry where jobcenter_id = $1 and case_id = $2 and action = 'case.own-fields'",
      [here.jobcenter.id, caseId],
    ),
  );
  assert.equal(logged[0]?.n, 3);
});

test('a field of the household holds one value for all of its cases, and remembers what stood there', async () => {
  const heating = await made({ label: { de: 'Heizung' }, target: 'household' });
  const householdId = await inTenant(async (tx) => {
    const personId = await addPerson(tx, { familyName: 'Haus', givenName: 'Halt', birthDate: '1980-02-03' });
    const members = [{ personId, role: 'applicant' }];
    return addHousehold(tx, { fileNumber: '0815/haushalt', members, fromDay: '2026-01-01' });
  });
  const [first, second] = [await newCase(), await newCase()];
  const subject = ['household', householdId] as const;
  assert.equal((await write(ada, first, [[heating, 0, 'Gas']], subject)).kind, 'done');
  assert.equal((await stands(householdId, heating))?.value, 'Gas');
  assert.equal(await stands(first, heating), undefined, 'it hangs on the household and on no case');
  const late = await write(ben, second, [[heating, 0, 'Öl']], subject);
  assert.equal(late.kind, 'conflict', 'also from the other case of the household');
  assert.equal((await write(ben, second, [[heating, 1, 'Fernwärme']], subject)).kind, 'done');
  const now = await stands(householdId, heating);
  assert.deepEqual([now?.value, now?.writtenName, now?.version], ['Fernwärme', 'Ben', 2]);
  const past = await inTenant((tx) => pastValues(tx, [now?.id ?? '']));
  assert.ok(past.some((each) => each.value === 'Gas' && each.writtenName === 'Ada'));
});

test('renaming and hiding keep what was written, and a removed choice stays readable', async () => {
  const choice = (key: string, de: string) => ({ key, label: { de }, removed: false });
  const way = await made({ kind: 'one', label: { de: 'Weg' }, choices: [choice('bus', 'Bus'), choice('rad', 'Rad')] });
  const caseId = await newCase();
  await write(ada, caseId, [[way, 0, 'rad']]);
  const changed = await inTenant((tx) =>
    changeField(
      tx,
      lou,
      {
        id: way,
        opened: 1,
        definition: { ...plain, kind: 'one', label: { de: 'Schulweg' }, choices: [choice('bus', 'Bus')] },
        why: 'niemand fährt Rad',
      },
      known,
    ),
  );
  assert.equal(changed.kind, 'saved');
  const definition = (await inTenant(listedFields)).find((each) => each.id === way)?.current?.definition;
  assert.ok(definition);
  const words = async () => ownValueWords(definition, (await stands(caseId, way))?.value ?? '', 'de');
  assert.equal(await words(), 'Rad');
  await inTenant((tx) => hideField(tx, lou, { id: way, hidden: true, why: 'vorerst' }));
  assert.ok(!(await inTenant((tx) => fieldsAt(tx, { targets: ['case'] }))).some((each) => each.id === way));
  assert.equal(await words(), 'Rad');
});

test('what stands in a field is found by its words by those who may open the case, and sensitive data never', async () => {
  const [hall, illness] = [
    await made({ label: { de: 'Turnhalle' } }),
    await made({ label: { de: 'Beschwerden' }, category: 'health' }),
  ];
  const caseId = await newCase();
  await write(ada, caseId, [
    [hall, 0, 'Sporthalle am Kirchplatz'],
    [illness, 0, 'Heuschnupfen am Kirchplatz'],
  ]);
  const values = await inTenant((tx) => valuesOf(tx, [caseId]));
  const ids = values.map((each) => each.id);
  await inTenant((tx) => makeValuesFindable(tx, office.services, ids));
  const find = async (word: string, teamIds: readonly string[]) => {
    const key = searchKey(await office.services.keyring.of(here.jobcenter.id));
    const reader = readerOf({ id: ben.id, role: 'clerk', teamIds });
    const found = await inTenant((tx) =>
      findTexts(tx, key, { circles: [], mayOpen: openableCase(tx, reader) }, { terms: askedTerms(word) }, 20),
    );
    return found.hits.map((hit) => hit.id);
  };
  const own = values.find((each) => each.fieldId === hall)?.id;
  assert.deepEqual(await find('Kirchplatz', ben.teamIds), [own]);
  assert.deepEqual(await find('Kirchplatz', []), []);
  assert.deepEqual(await find('Heuschnupfen', ben.teamIds), []);
  await write(ada, caseId, [[hall, 1, undefined]]);
  await inTenant((tx) => makeValuesFindable(tx, office.services, ids));
  assert.deepEqual(await find('Kirchplatz', ben.teamIds), []);
  assert.ok((await searchAgainIn(office.services, here.jobcenter.id)) >= 0);
});

test('who inspects the file sees all that is kept, hidden fields and earlier entries too, each once', async () => {
  const [note, ofPerson] = [
    await made({ label: { de: 'Ausweis' } }),
    await made({ label: { de: 'Sprache' }, target: 'person' }),
  ];
  const [caseId, other] = [await newCase(), await newCase()];
  const personId = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Birke', givenName: 'Noa', birthDate: '1991-05-04' }),
  );
  await write(ada, caseId, [[note, 0, 'gesehen']]);
  await write(ben, caseId, [[note, 1, 'Kopie da']]);
  await write(ada, caseId, [[ofPerson, 0, 'Sorani']], ['person', personId]);
  await inTenant((tx) => hideField(tx, lou, { id: note, hidden: true, why: 'vorerst' }));
  const shown = new Set<string>();
  const lines = (id: string) =>
    inTenant((tx) => ownLines(tx, 'de', { id, personId, householdId: null, notes: new Map() }, shown));
  assert.deepEqual(
    (await lines(caseId)).map(({ label, entries }) => [label, ...entries.map((each) => each.value)]),
    [
      ['Ausweis', 'Kopie da', 'gesehen'],
      ['Sprache', 'Sorani'],
    ],
  );
  assert.deepEqual(await lines(other), []);

  // For anybody but the person it holds what the one who asked may see: no hidden field, and none of another team.
  const added = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '030 23125 300' }));
  const housing = added.kind === 'added' ? added.id : '';
  const ofOthers = await made({ label: { de: 'Nur Wohnen' }, target: 'person', team: 'wohnen' });
  const place = { concern: 'unterlagen', teamId: housing };
  const field = (await inTenant((tx) => fieldsAt(tx, { targets: ['person'], team: 'wohnen' }))).find(
    (each) => each.id === ofOthers,
  );
  assert.ok(field);
  await inTenant((tx) =>
    writeOwnValues(tx, { actor: ben.actor, caseId }, [{ field, subjectId: personId, opened: 0, value: 'Kaution' }]),
  );
  const labels = async (only?: ReadonlySet<string>) =>
    (
      await inTenant((tx) =>
        ownLines(tx, 'de', { id: caseId, personId, householdId: null, notes: new Map() }, new Set(), only),
      )
    ).map((line) => line.label);
  assert.deepEqual(await labels(), ['Ausweis', 'Sprache', 'Nur Wohnen'], 'the person is told everything');
  const mine = { concern: 'unterlagen', teamId: here.teams['leistung'] ?? '' };
  assert.deepEqual(await labels(await inTenant((tx) => ownFieldsIn(tx, [mine]))), ['Sprache']);
  assert.deepEqual(await labels(await inTenant((tx) => ownFieldsIn(tx, [mine, place]))), ['Sprache', 'Nur Wohnen']);
});

test('values are deleted when their time has come: not before, not under a hold, and with all that stood there', async () => {
  const [short, ofPerson] = [
    await made({ label: { de: 'Kurz' }, years: 1 }),
    await made({ label: { de: 'Der Person' }, target: 'person', years: 1 }),
  ];
  const [caseId, other] = [await newCase(), await newCase()];
  const personId = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Ahorn', givenName: 'Mila', birthDate: '1990-04-03' }),
  );
  const act = (id: string) => ({ actor: ada.actor, reader: readerOf(ada), caseId: id, staffId: ada.id });
  for (const id of [caseId, other])
    await inTenant((tx) =>
      confirmPerson(tx, act(id), { id: personId, householdId: null, name: 'Ahorn, Mila', birthDate: '1990-04-03' }),
    );
  await write(ada, caseId, [[short, 0, 'erst']]);
  await write(ada, caseId, [[short, 1, 'dann']]);
  await write(ada, caseId, [[ofPerson, 0, 'ruft zurück']], ['person', personId]);
  await inTenant((tx) => closeCase(tx, act(caseId)));
  const fileId = (await inTenant((tx) => findCase(tx, readerOf(ada), caseId)))?.fileId ?? '';
  const today = dayInGermany(office.services.clock.now());
  const later = { ...office.jobs, clock: { now: () => new Date(`${addDays(today, 800)}T03:00:00Z`) } };
  const night = (at: Date) =>
    forgetOwnFields({
      ...later,
      database: { ...later.database, tenant: (id, work) => office.services.database.tenant(id, work, at) },
    })();
  await night(office.services.clock.now());
  assert.ok(await stands(caseId, short));
  const hold = await inTenant((tx) => holdFile(tx, 'Lou', { fileId, documentId: null, reason: 'Klage' }));
  await night(later.clock.now());
  assert.ok(await stands(caseId, short));
  await inTenant((tx) => endHold(tx, 'Lou', { fileId, documentIds: [], id: hold, reason: 'zu Ende' }));
  const id = (await stands(caseId, short))?.id ?? '';
  await night(later.clock.now());
  assert.equal(await stands(caseId, short), undefined);
  assert.deepEqual(await inTenant((tx) => pastValues(tx, [id])), []);
  assert.ok(await stands(personId, ofPerson)); // another case of the person is open
  await inTenant((tx) => closeCase(tx, act(other)));
  await night(later.clock.now());
  assert.equal(await stands(personId, ofPerson), undefined);
  const [erased] = await inTenant((tx) =>
    tx.raw<{ n: number }>(
      "select count(*) n from app.audit_entry where jobcenter_id = $1 and case_id = $2 and action = 'field.value-erased'",
      [here.jobcenter.id, caseId],
    ),
  );
  assert.equal(erased?.n, 2);
});
