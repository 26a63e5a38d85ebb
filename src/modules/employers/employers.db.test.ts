import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { addStaff } from '../identity/index.ts';
import {
  addContact,
  addEmployer,
  changeEmployer,
  confirmContact,
  contactsOf,
  countOldContacts,
  deleteContact,
  doublesOf,
  type EmployerSaid,
  employerLabel,
  employersMeant,
  findEmployer,
  findEmployers,
  forgetContacts,
  idsOfEmployer,
  listEmployers,
  mergedInto,
  mergeEmployers,
  separateEmployer,
} from './index.ts';

const office = await openTestOffice();
const [here, there] = office.tenants;
assert.ok(here && there);
const inTenant = <T>(work: (tx: Tx) => Promise<T>, tenant = here): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
async function hire(name: string, tenant = here) {
  const login = name.toLowerCase();
  const staff = { login, name, role: 'clerk', password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' } as const;
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds: [] }), tenant);
  assert.ok(added.kind === 'added');
  return { actor: { kind: 'staff', id: added.id, name } as const };
}
const [ada, far] = [await hire('Ada'), await hire('Far', there)];

const said = (name: string, change: Partial<EmployerSaid> = {}): EmployerSaid => ({
  kind: 'employer',
  name,
  place: 'Musterstadt',
  sector: '',
  wants: '',
  carerId: '',
  ...change,
});
async function add(name: string, change: Partial<EmployerSaid> = {}): Promise<string> {
  const kept = await inTenant((tx) => addEmployer(tx, ada, said(name, change)));
  assert.ok(kept.kind === 'done');
  return kept.id;
}
const names = (rows: readonly { name: string; place: string }[]): string[] => rows.map(employerLabel);
const found = async (text: string) => names(await inTenant((tx) => findEmployers(tx, text, 10)));
const audited = (action: string) =>
  inTenant(async (tx) => {
    const rows = await tx.raw<{ subject_id: string; detail: unknown }>(
      'select subject_id, detail from app.audit_entry where action = $1 order by id',
      [action],
    );
    return rows.map(({ detail }) => JSON.stringify(detail ?? null));
  });

const bakery = await add('Bäckerei Krume GmbH', { sector: 'crafts', carerId: ada.actor.id });
const store = await add('Lagerhaus Nord', { place: 'Neustadt' });
await add('Handwerkskammer', { kind: 'network', place: '' });
await add('Przykładek Bau', { kind: 'provider', place: '' });

test('an employer is found by a part of the name, by the place, and as it is misspelt', async () => {
  for (const text of ['krume', 'Baeckerei', 'Beckerei Krume', 'bakerei', 'Krumme', 'Musterstadt Bäckerei'])
    assert.deepEqual(await found(text), ['Bäckerei Krume GmbH, Musterstadt'], text);
  assert.deepEqual(await found('lager'), ['Lagerhaus Nord, Neustadt']);
  assert.deepEqual(await found('Handwerkskamer'), ['Handwerkskammer']);
  for (const text of ['Pschikladek', 'Pshykwadek Bau']) assert.deepEqual(await found(text), ['Przykładek Bau'], text);
  for (const text of ['', '  ', 'Zahnarzt', '%', '_']) assert.deepEqual(await found(text), [], text);
  assert.deepEqual(await found('ьььь'), [], 'letters without a sound are like nothing');
  assert.deepEqual(await inTenant((tx) => findEmployers(tx, 'krume', 10), there), [], 'another Jobcenter has its own');
});

test('the list is narrowed by kind and by who looks after them, and goes on where it ended', async () => {
  const list = (filter: Parameters<typeof listEmployers>[1], after?: string, size = 10) =>
    inTenant((tx) => listEmployers(tx, filter, after, size));
  assert.deepEqual(names((await list({ kind: 'network' })).rows), ['Handwerkskammer']);
  assert.deepEqual(names((await list({ carerId: ada.actor.id })).rows), ['Bäckerei Krume GmbH, Musterstadt']);
  const first = await list({}, undefined, 2);
  assert.equal(first.rows.length, 2);
  const second = await list({}, first.next, 2);
  assert.deepEqual(names(second.rows), ['Lagerhaus Nord, Neustadt', 'Przykładek Bau']);
  assert.equal(second.next, undefined);
});

test('a second one of the same name and place is kept and said; merged, both are shown as one, and separated again', async () => {
  const double = await add('Baeckerei Krume');
  const doubles = () => inTenant((tx) => doublesOf(tx, bakery));
  assert.deepEqual(names(await doubles()), ['Baeckerei Krume, Musterstadt']);
  const marked = await inTenant((tx) => listEmployers(tx, {}, undefined, 10));
  assert.equal(marked.rows.filter((row) => row.double).length, 2);
  await inTenant((tx) =>
    addContact(tx, ada, double, { name: 'Kim Beispiel', task: 'Backstube', phone: '1', email: '' }),
  );
  const merge = (keep: string, drop: string) => inTenant((tx) => mergeEmployers(tx, ada, { keep, drop }));
  assert.deepEqual(await merge(bakery, bakery), { kind: 'not-found' });
  assert.deepEqual(await merge(bakery, double), { kind: 'done' });
  assert.deepEqual(await merge(bakery, double), { kind: 'taken' });
  assert.deepEqual(await merge(double, store), { kind: 'taken' }, 'what was merged is not in the list');
  assert.deepEqual(await doubles(), []);
  assert.deepEqual(await found('krume'), ['Bäckerei Krume GmbH, Musterstadt']);
  assert.deepEqual(await inTenant((tx) => idsOfEmployer(tx, bakery)), [bakery, double]);
  assert.equal((await inTenant((tx) => contactsOf(tx, bakery))).length, 1, 'people of both');
  const meant = await inTenant((tx) => employersMeant(tx, [double, store]));
  assert.deepEqual([meant.get(double)?.id, meant.get(store)?.id], [bakery, store]);
  assert.deepEqual(await inTenant((tx) => changeEmployer(tx, ada, double, { opened: said('x'), mine: said('y') })), {
    kind: 'merged',
  });
  // Merged on: what was merged before comes along, and goes with it when that is undone.
  assert.deepEqual(await merge(store, bakery), { kind: 'done' });
  assert.deepEqual((await inTenant((tx) => idsOfEmployer(tx, store))).toSorted(), [store, bakery, double].toSorted());
  assert.equal((await inTenant((tx) => employersMeant(tx, [double]))).get(double)?.id, store);
  assert.deepEqual(await inTenant((tx) => separateEmployer(tx, ada, bakery)), { kind: 'done' });
  assert.deepEqual(names(await inTenant((tx) => mergedInto(tx, bakery))), ['Baeckerei Krume, Musterstadt']);
  assert.deepEqual(await inTenant((tx) => separateEmployer(tx, ada, double)), { kind: 'done' });
  assert.deepEqual(await inTenant((tx) => separateEmployer(tx, ada, double)), { kind: 'taken' });
  assert.equal((await inTenant((tx) => contactsOf(tx, bakery))).length, 0, 'nothing was moved');
  assert.equal((await inTenant((tx) => contactsOf(tx, double))).length, 1);
  assert.equal((await audited('employer.merged')).length + (await audited('employer.separated')).length, 4);
});

test('two who change one employer: both stay, and of one field the second sees what the first wrote', async () => {
  const opened = said('Lagerhaus Nord', { place: 'Neustadt' });
  const change = (mine: EmployerSaid) => inTenant((tx) => changeEmployer(tx, ada, store, { opened, mine }));
  assert.equal((await change({ ...opened, wants: 'Staplerschein' })).kind, 'done');
  assert.equal((await change({ ...opened, sector: 'transport' })).kind, 'done');
  const now = await inTenant((tx) => findEmployer(tx, store));
  assert.deepEqual([now?.wants, now?.sector], ['Staplerschein', 'transport']);
  const refused = await change({ ...opened, wants: 'Frühschicht' });
  assert.ok(refused.kind === 'conflict');
  assert.deepEqual([refused.fields, refused.now.wants], [['wants'], 'Staplerschein']);
  assert.deepEqual(await change({ ...opened, name: ' ' }), { kind: 'wrong', field: 'name' });
  assert.deepEqual(await change({ ...opened, carerId: far.actor.id }), { kind: 'wrong', field: 'carerId' });
  assert.deepEqual(await audited('employer.changed'), ['{"fields":"wants"}', '{"fields":"sector"}']);
  assert.deepEqual(await inTenant((tx) => changeEmployer(tx, far, store, { opened, mine: said('Fremd') }), there), {
    kind: 'not-found',
  });
});

test('people at an employer’s are confirmed, deleted for good, and forgotten when nobody confirms them any more', async () => {
  const who = { name: 'Kim Beispiel', task: 'Einstellungen', phone: '0999 1', email: '' };
  const at = <T>(day: string, work: (tx: Tx) => Promise<T>) =>
    office.services.database.tenant(here.jobcenter.id, work, new Date(`${day}T10:00:00Z`));
  const known = async () => (await inTenant((tx) => contactsOf(tx, store))).map((each) => each.name);
  const today = '2024-03-05';
  assert.deepEqual(await at(today, (tx) => addContact(tx, ada, store, { ...who, phone: '' })), {
    kind: 'wrong',
    field: 'phone',
  });
  for (const name of ['Kim Beispiel', 'Lou Muster', 'Max Probe'])
    assert.equal((await at(today, (tx) => addContact(tx, ada, store, { ...who, name }))).kind, 'done');
  const idOf = async (name: string) =>
    (await inTenant((tx) => contactsOf(tx, store))).find((each) => each.name === name)?.id ?? '';
  const lou = await idOf('Lou Muster');
  assert.deepEqual(await at(today, (tx) => deleteContact(tx, ada, bakery, lou)), { kind: 'unchanged' });
  assert.deepEqual(await at(today, (tx) => deleteContact(tx, ada, store, lou)), { kind: 'done' });
  assert.deepEqual(await known(), ['Kim Beispiel', 'Max Probe']);
  const kim = await idOf('Kim Beispiel');
  const mine = { ...who, task: 'Leitung' };
  assert.equal(
    (await at('2025-01-10', (tx) => confirmContact(tx, ada, store, kim, { opened: who, mine }))).kind,
    'done',
  );
  const forget = (day: string) => at(day, (tx) => forgetContacts(tx, { today: day, years: 2 }));
  const old = (day: string, besides: number | undefined) =>
    inTenant((tx) => countOldContacts(tx, { today: day, years: 1, besides, most: 9 }));
  assert.deepEqual([await old('2026-03-06', undefined), await old('2026-03-06', 2)], [2, 1], 'one goes already');
  assert.equal(await forget('2026-03-05'), 0, 'kept on the last day');
  assert.equal(await forget('2026-03-06'), 1);
  assert.deepEqual(await known(), ['Kim Beispiel']);
  const log = await audited('employer.contact-deleted');
  assert.equal(log.length, 2);
  assert.doesNotMatch(log.join(), /Muster|Probe|\b0999 /, 'the log does not keep whom it deleted');
});
