import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { shippedForms } from '../../../test/support/submit.ts';
import type { Tx } from '../../platform/database/index.ts';
import { addStaff } from '../identity/index.ts';
import { addTeam, allTeams } from '../settings/index.ts';
import {
  addField,
  exportFields,
  extendForms,
  fieldsAt,
  importFields,
  type OrderAct,
  type OrderChange,
  type OwnDefinition,
  orderFields,
  orderVersions,
  placementFor,
  seesOrder,
} from './index.ts';

const office = await openTestOffice();
const [here, there] = office.tenants;
assert.ok(here && there);
const inTenant = <T>(work: (tx: Tx) => Promise<T>, tenant = here): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);

const benefits = here.teams['leistung'] ?? '';
const housing = await inTenant((tx) => addTeam(tx, { key: 'wohnung', name: 'Wohnung', phone: '1' }));
assert.ok(housing.kind === 'added');
async function hire(name: string, role: 'clerk' | 'lead', teamIds: string[], tenant = here): Promise<OrderAct> {
  const login = name.toLowerCase();
  const staff = { login, name, role, password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP', teamIds };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff), tenant);
  assert.ok(added.kind === 'added');
  return { actor: { kind: 'staff', id: added.id, name }, role, teamIds };
}
const ada = await hire('Ada', 'clerk', [benefits]);
const lou = await hire('Lou', 'lead', []);
const far = await hire('Far', 'lead', [], there);

const board = [
  'reach',
  'household',
  'letters',
  'language',
  'helper',
  'until',
  'missing',
  'address',
  'free',
  'appointment',
  'agreed',
];
const entries = (keys: readonly string[], hidden: readonly string[] = []) =>
  keys.map((field) => ({ field, hidden: hidden.includes(field) }));
const wish = (change: Partial<OrderChange>): OrderChange => ({
  spot: 'board',
  teamId: benefits,
  entries: entries(board),
  why: 'So lesen wir',
  seen: 0,
  ...change,
});
const order = (act: OrderAct, change: Partial<OrderChange>, tenant = here) =>
  inTenant((tx) => orderFields(tx, act, wish(change)), tenant);
const shown = (teamId: string | null, tenant = here) =>
  inTenant(
    async (tx) => (await placementFor(tx, teamId))('board').flatMap((each) => (each.hidden ? [] : [each.key])),
    tenant,
  );
const audited = async () =>
  (
    await inTenant((tx) =>
      tx.raw<{ n: number }>("select count(*)::int n from app.audit_entry where action = 'field.ordered'", []),
    )
  )[0]?.n;

test('a lead orders and hides for a team; other teams and the house stay as they are, and every version stays', async () => {
  const before = await shown(housing.id);
  assert.deepEqual(await order(lou, { entries: entries(board, ['address']) }), { kind: 'done' });
  assert.deepEqual(
    await shown(benefits),
    board.filter((key) => key !== 'address'),
  );
  assert.deepEqual(await shown(housing.id), before);
  assert.deepEqual(await shown(null), before);
  assert.deepEqual(await order(lou, { seen: 1, entries: entries(board, ['address']) }), { kind: 'unchanged' });
  assert.deepEqual(await order(lou, { seen: 0 }), { kind: 'changed-meanwhile' });
  assert.deepEqual(await order(lou, { seen: 1, why: 'Zurück' }), { kind: 'done' });
  const versions = await inTenant((tx) => orderVersions(tx, 'board', benefits));
  assert.deepEqual(
    versions.map((each) => [each.version, each.staff_name, each.why]),
    [
      [2, 'Lou', 'Zurück'],
      [1, 'Lou', 'So lesen wir'],
    ],
  );
  assert.equal(await audited(), 2);
});

test('a version that was ordered is never changed or taken away', async () => {
  for (const change of ["update field_order set why = 'x'", 'delete from field_order'])
    await assert.rejects(
      inTenant((tx) => tx.raw(`${change} where jobcenter_id = $1`, [here.jobcenter.id])),
      /permission denied/,
    );
});

test('nobody but leads orders, not for their own team either; whose pages it is about sees it, and other Jobcenters see nothing', async () => {
  assert.deepEqual(await order(ada, { teamId: benefits, seen: 2 }), { kind: 'not-found' });
  assert.deepEqual(await order(ada, { teamId: housing.id }), { kind: 'not-found' });
  assert.deepEqual(await order(ada, { teamId: null }), { kind: 'not-found' });
  assert.deepEqual(await order(far, { teamId: benefits }, there), { kind: 'not-found' });
  assert.deepEqual(
    [benefits, null, housing.id].map((id) => seesOrder(ada, id)),
    [true, true, false],
  );
  assert.deepEqual(
    [benefits, null, housing.id].map((id) => seesOrder(lou, id)),
    [true, true, true],
  );
  assert.deepEqual(await inTenant((tx) => orderVersions(tx, 'board', benefits), there), []);
  assert.equal(await audited(), 2);
});

test('what the law needs cannot be hidden, a team renames nothing, and an order names each field of its place', async () => {
  const kind = async (change: Partial<OrderChange>, act = lou) => {
    const outcome = await order(act, change);
    return outcome.kind === 'wrong' ? `${outcome.why} ${outcome.field}`.trim() : outcome.kind;
  };
  const note = ['topic', 'whom', 'way', 'day'];
  assert.equal(await kind({ spot: 'note', entries: entries(note, ['whom']) }), 'required whom');
  assert.equal(await kind({ spot: 'note', entries: entries([...note, 'text']) }), 'unknown text');
  assert.equal(await kind({ spot: 'note', entries: entries([...note, 'day']) }), 'unknown day');
  assert.equal(await kind({ spot: 'note', entries: entries(note), why: '' }), 'reason');
  const named = entries(note).map((each) => (each.field === 'day' ? { ...each, label: { de: 'Wann?' } } : each));
  assert.equal(await kind({ spot: 'note', entries: named }), 'label day');
  assert.equal(await kind({ spot: 'note', teamId: null, entries: named }), 'done');
  const placed = await inTenant(async (tx) => (await placementFor(tx, benefits))('note'));
  assert.equal(placed.find(({ key }) => key === 'day')?.label?.de, 'Wann?');
  assert.equal(await kind({ spot: 'own-case', teamId: null, entries: [] }), 'not-found');
});

const plain: OwnDefinition = {
  label: { de: 'Erstes' },
  help: { de: '' },
  target: 'case',
  kind: 'number',
  choices: [],
  concerns: [],
  team: null,
  purpose: 'Planung',
  legalBasis: '§ 14 SGB II',
  category: 'none',
  writeHere: '',
  notHere: '',
  years: 1,
};

test('an own field is hidden for a team: its cases do not show it, whoever asks for everything still finds it', async () => {
  const known = { concerns: [], teams: ['leistung', 'wohnung'] };
  for (const de of ['Erstes', 'Zweites'])
    await inTenant((tx) => addField(tx, lou, { definition: { ...plain, label: { de } }, why: 'w' }, known));
  const own = [
    { field: 'zweites', hidden: false },
    { field: 'erstes', hidden: true },
  ];
  assert.deepEqual(await order(lou, { spot: 'own-case', entries: own }), { kind: 'done' });
  const keys = async (team: string, all = false) =>
    (await inTenant((tx) => fieldsAt(tx, { targets: ['case'], team, all }))).map(({ key, hidden }) =>
      hidden ? `(${key})` : key,
    );
  assert.deepEqual(await keys('leistung'), ['zweites']);
  assert.deepEqual(await keys('leistung', true), ['zweites', '(erstes)']);
  assert.deepEqual(await keys('wohnung'), ['erstes', 'zweites']);
});

test('the head and the side of a file have an order; who it is and what keeps it are never hidden', async () => {
  const side = ['own', 'cases', 'ways', 'holds'];
  assert.deepEqual(await order(lou, { spot: 'file', entries: entries(side, ['own']) }), { kind: 'done' });
  const placed = await inTenant(async (tx) => (await placementFor(tx, benefits))('file'));
  assert.deepEqual(
    placed.map(({ key, hidden }) => (hidden ? `(${key})` : key)),
    ['(own)', 'cases', 'ways', 'holds'],
  );
  const refused = await order(lou, { spot: 'household', entries: entries(['members', 'fileNumber'], ['members']) });
  assert.ok(refused.kind === 'wrong' && refused.why === 'required');
});

test('what is added to an online form is ordered, and left out, for the team that works on its concern', async () => {
  const known = { concerns: [], teams: ['leistung', 'wohnung'] };
  for (const de of ['Anfang', 'Ende'])
    await inTenant((tx) =>
      addField(tx, lou, { definition: { ...plain, target: 'form', label: { de } }, why: 'w' }, known),
    );
  const asked = async (team: string) => {
    const [form] = shippedForms();
    assert.ok(form);
    const extended = (await inTenant(extendForms))({ ...form, team });
    return extended.questions.at(-1)?.fields.map(({ label }) => label.de);
  };
  assert.deepEqual(await asked('leistung'), ['Anfang', 'Ende']);
  const own = (hidden: readonly string[]) => entries(['ende', 'anfang'], hidden);
  assert.deepEqual(await order(lou, { spot: 'own-form', entries: own([]) }), { kind: 'done' });
  assert.deepEqual(await asked('leistung'), ['Ende', 'Anfang']);
  assert.deepEqual(await order(lou, { spot: 'own-form', entries: own(['ende']), seen: 1 }), { kind: 'done' });
  assert.deepEqual(await asked('leistung'), ['Anfang']);
  assert.deepEqual(await asked('wohnung'), ['Anfang', 'Ende'], 'other concerns ask as before');
});

test('a file carries the orders; taken over twice it changes nothing, and a file from before has none', async () => {
  const text = await inTenant(exportFields);
  const known = { concerns: [], teams: (await inTenant(allTeams, there)).map((each) => each.key) };
  const take = (file: string) =>
    inTenant((tx) => importFields(tx, far, { text: file, why: 'übernommen', team: 'leistung' }, known), there);
  const first = await take(text);
  assert.ok(first.kind === 'imported' && first.added === 4 && first.changed === 5, JSON.stringify(first));
  const placed = await inTenant(async (tx) => (await placementFor(tx, null))('note'), there);
  assert.equal(placed.find(({ key }) => key === 'day')?.label?.de, 'Wann?');
  const again = await take(text);
  assert.ok(again.kind === 'imported' && again.changed === 0 && again.unchanged === 9, JSON.stringify(again));
  const old = JSON.parse(text) as { orders?: unknown };
  delete old.orders;
  const before = await take(JSON.stringify(old));
  assert.ok(before.kind === 'imported' && before.changed === 0);
  const lost = await take(text.replace('"spot": "board"', '"spot": "nirgends"'));
  assert.ok(lost.kind === 'wrong' && lost.problems[0]?.why === 'shape');
});
