import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { newId } from '../../kernel/ids.ts';
import { accessLog } from '../../modules/audit/index.ts';
import { closeCase, openableCase, readerOf, timeline } from '../../modules/cases/index.ts';
import { circlesOf, foundCircle, writeNote } from '../../modules/contacts/index.ts';
import {
  addField,
  decideField,
  fieldsAt,
  type OwnDefinition,
  valuesOf,
  writeOwnValues,
} from '../../modules/fields/index.ts';
import { addStaff, namePrivacyOfficer } from '../../modules/identity/index.ts';
import { askedTerms, findTexts, searchKey } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { ownLines } from '../file-export/own-lines.ts';
import { makeEventsFindable } from './make-findable.ts';
import { forgetOwnFields } from './own-fields.ts';

const office = await openTestOffice();
const [here] = office.tenants;
assert.ok(here);
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(here.jobcenter.id, work);
const team = here.teams['leistung'] ?? '';

async function hire(name: string, role: 'clerk' | 'lead') {
  const staff = { login: name.toLowerCase(), name, role, password: `${name} ${name}`, totpSecret: 'JBSWY3DP' };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds: [team] }));
  assert.ok(added.kind === 'added');
  return { actor: { kind: 'staff', id: added.id, name } as const, role, id: added.id, teamIds: [team] };
}
const lou = await hire('Lou', 'lead');
const ada = await hire('Ada', 'clerk');
const ben = await hire('Ben', 'clerk');
await inTenant((tx) => namePrivacyOfficer(tx, ben.id, 'operator'));

const plain: OwnDefinition = {
  label: { de: 'Nächster Schritt' },
  help: { de: '' },
  target: 'note',
  kind: 'text',
  choices: [],
  concerns: [],
  team: 'leistung',
  purpose: 'Damit nichts liegen bleibt',
  legalBasis: '§ 14 SGB II',
  category: 'social',
  writeHere: 'Was als Nächstes geschieht',
  notHere: 'Keine Diagnosen',
  years: 1,
};
const made = async (definition: Partial<OwnDefinition>): Promise<string> => {
  const known = { concerns: [], teams: ['leistung'] };
  const saved = await inTenant((tx) =>
    addField(tx, lou, { definition: { ...plain, ...definition }, why: 'Probe' }, known),
  );
  assert.ok(saved.kind === 'saved');
  if (saved.waits) {
    assert.ok(
      !(await inTenant((tx) => fieldsAt(tx, { targets: ['note'], team: 'leistung' }))).some(
        ({ id }) => id === saved.id,
      ),
    );
    await inTenant((tx) => decideField(tx, ben.actor, { id: saved.id, version: 1, decision: 'approved', why: 'ja' }));
  }
  return saved.id;
};
const [step, illness] = [await made({}), await made({ label: { de: 'Beschwerden' }, category: 'health' })];
const newCase = async (): Promise<string> => (await office.submit(here, { teamId: team })).caseId;

/** A note with what stands in its fields. */
const write = (caseId: string, said: Readonly<Record<string, string>>, circleId: string | null = null) =>
  inTenant(async (tx) => {
    const act = { actor: ada.actor, reader: readerOf(ada), caseId };
    const note = { text: 'Gespräch', topic: 'other', whom: 'stated', way: null, day: null, circleId, corrects: null };
    const outcome = await writeNote(tx, act, note);
    assert.ok(outcome.kind === 'done');
    const fields = await fieldsAt(tx, { targets: ['note'], team: 'leistung' });
    const writes = fields.flatMap((field) =>
      said[field.id] === undefined ? [] : [{ field, subjectId: outcome.noteId, opened: 0, value: said[field.id] }],
    );
    await writeOwnValues(tx, act, writes);
    await makeEventsFindable(tx, office.services, [outcome.noteId]);
    return outcome.noteId;
  });
const find = async (word: string, circles: readonly string[] = [], teamIds: readonly string[] = [team]) => {
  const key = searchKey(await office.services.keyring.of(here.jobcenter.id));
  const mayOpen = (tx: Tx) => openableCase(tx, readerOf({ id: ben.id, role: 'clerk', teamIds }));
  const found = await inTenant((tx) =>
    findTexts(tx, key, { circles, mayOpen: mayOpen(tx) }, { terms: askedTerms(word) }, 20),
  );
  return found.hits.map((hit) => hit.id);
};

test('a field of a note stays with it: the history tells of the note alone, and the search finds the note by it', async () => {
  const caseId = await newCase();
  const noteId = await write(caseId, { [step]: 'Wohngeld prüfen', [illness]: 'Heuschnupfen' });
  const values = await inTenant((tx) => valuesOf(tx, [noteId]));
  assert.deepEqual(values.map((each) => [each.subjectType, each.version, each.value]).sort(), [
    ['note', 1, 'Heuschnupfen'],
    ['note', 1, 'Wohngeld prüfen'],
  ]);
  const kinds = (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);
  assert.deepEqual(kinds, ['received', 'note']);
  assert.deepEqual(await find('Wohngeld'), [noteId]);
  assert.deepEqual(await find('Wohngeld', [], [newId(new Date())]), [], 'another team finds nothing');
  assert.deepEqual(await find('Heuschnupfen'), [], 'what is sensitive is found by nobody');
});

test('what stands with a note of a circle is found by its people, and nothing of the case tells of it', async () => {
  const head = { actor: lou.actor, role: 'lead' } as const;
  await inTenant((tx) => foundCircle(tx, head, 'Fallmanagement', [ada.id]));
  const [circle] = await inTenant((tx) => circlesOf(tx, readerOf(ada)));
  assert.ok(circle);
  const caseId = await newCase();
  const log = (await inTenant((tx) => accessLog(tx, caseId))).length;
  const told: string[] = [];
  office.services.database.onTouched = (topics) => void told.push(...topics);
  const noteId = await write(caseId, { [step]: 'Schuldnerberatung anfragen' }, circle.id);
  office.services.database.onTouched = undefined;
  assert.ok(!told.includes(caseId), 'no window of others renews itself');
  assert.deepEqual(
    (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind),
    ['received'],
  );
  assert.equal((await inTenant((tx) => accessLog(tx, caseId))).length, log);
  assert.deepEqual(await find('Schuldnerberatung', [circle.id]), [noteId]);
  assert.deepEqual(await find('Schuldnerberatung'), []);
  const seen = (notes: ReadonlyMap<string, Date>) =>
    inTenant((tx) => ownLines(tx, 'de', { id: caseId, personId: null, householdId: null, notes }, new Set()));
  assert.deepEqual(
    (await seen(new Map([[noteId, new Date()]]))).map((line) => [line.on, line.label]),
    [['note', 'Nächster Schritt']],
  );
  assert.deepEqual(await seen(new Map()), [], 'an export without the note is without its fields');
});

test('fields of a note end with their time, and the note is no longer found by them', async () => {
  const caseId = await newCase();
  const noteId = await write(caseId, { [step]: 'Umzugskosten klären' });
  const act = { actor: ada.actor, reader: readerOf(ada), caseId };
  await inTenant((tx) => closeCase(tx, act));
  const later = new Date(`${addDays(dayInGermany(office.services.clock.now()), 800)}T03:00:00Z`);
  const database = office.services.database;
  const night = (at: Date) =>
    forgetOwnFields({
      ...office.jobs,
      clock: { now: () => at },
      database: { ...database, tenant: (id, work) => database.tenant(id, work, at) },
    })();
  await night(office.services.clock.now());
  assert.equal((await inTenant((tx) => valuesOf(tx, [noteId]))).length, 1);
  await night(later);
  assert.equal((await inTenant((tx) => valuesOf(tx, [noteId]))).length, 0);
  await inTenant((tx) => makeEventsFindable(tx, office.services, [noteId]));
  assert.deepEqual(await find('Umzugskosten'), []);
  assert.deepEqual(await find('Gespräch').then((ids) => ids.includes(noteId)), true, 'the note stays');
});
