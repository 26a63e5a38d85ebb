import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../../test/support/office.ts';
import { findCase, readerOf } from '../../../modules/cases/index.ts';
import { writeNote } from '../../../modules/contacts/index.ts';
import { addField, type OwnDefinition, orderFields } from '../../../modules/fields/index.ts';
import { addStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldsOfNote, keepNoteFields } from './note-fields.tsx';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const teamId = tenant.teams['leistung'] ?? '';

test('who corrects a note has its fields before them also where the team hides them meanwhile, and no other hidden one', async () => {
  const login = { login: 'lou', name: 'Lou', role: 'lead', password: 'Lou Lou Lou', totpSecret: 'JBSWY3DP' } as const;
  const hired = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...login, teamIds: [teamId] }));
  assert.ok(hired.kind === 'added');
  const actor = { kind: 'staff', id: hired.id, name: 'Lou' } as const;
  const lead = { actor, role: 'lead', teamIds: [teamId] } as const;
  const definition = {
    help: { de: '' },
    target: 'note',
    kind: 'text',
    choices: [] as OwnDefinition['choices'],
    concerns: [] as string[],
    team: null,
    purpose: 'Planung',
    legalBasis: '§ 14 SGB II',
    category: 'none',
    writeHere: 'Womit jemand kommt',
    notHere: 'Keine Diagnosen',
    years: 1,
  } as const;
  for (const de of ['Bus', 'Rad'])
    await inTenant((tx) =>
      addField(
        tx,
        lead,
        { definition: { ...definition, label: { de } }, why: 'w' },
        { concerns: [], teams: ['leistung'] },
      ),
    );
  const { caseId } = await office.submit(tenant, { teamId });
  const reader = readerOf({ id: hired.id, role: 'lead', teamIds: [teamId] });
  const keys = (noteId?: string, all?: boolean) =>
    inTenant(async (tx) => {
      const found = await findCase(tx, reader, caseId);
      assert.ok(found);
      const groups = await fieldsOfNote(tx, found, noteId, all);
      return groups.flatMap(({ fields }) => fields.map(({ field, value }) => [field.key, value?.value]));
    });
  const noteId = await inTenant(async (tx) => {
    const found = await findCase(tx, reader, caseId);
    assert.ok(found);
    const more = { topic: 'other', whom: 'stated', way: null, day: null, circleId: null, corrects: null } as const;
    const written = await writeNote(tx, { actor, reader, caseId }, { ...more, text: 'Kommt zu Fuß.' });
    assert.ok(written.kind === 'done');
    const bus = (await fieldsOfNote(tx, found, undefined))[0]?.fields.find(({ field }) => field.key === 'bus')?.field;
    assert.ok(bus);
    const { noteId } = written;
    await keepNoteFields(tx, { actor }, { caseId, noteId }, [
      { field: bus, subjectId: '', opened: 0, value: 'Linie 7' },
    ]);
    return noteId;
  });
  const entries = ['bus', 'rad'].map((field) => ({ field, hidden: true }));
  const order = { spot: 'own-note', teamId, entries, why: 'Kürzer', seen: 0 } as const;
  assert.equal((await inTenant((tx) => orderFields(tx, lead, order))).kind, 'done');
  assert.deepEqual(await keys(), [], 'a new note does not ask for them');
  assert.deepEqual(await keys(noteId), [['bus', 'Linie 7']]);
  assert.deepEqual(await keys(noteId, true), [
    ['bus', 'Linie 7'],
    ['rad', undefined],
  ]);
});
