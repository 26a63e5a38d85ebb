import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { freeze, openCatalogue, validateAnswers } from '../forms/index.ts';
import { addStaff, namePrivacyOfficer } from '../identity/index.ts';
import {
  addField,
  changeField,
  decideField,
  exportFields,
  extendForms,
  type FieldAct,
  fieldHistory,
  fieldsAt,
  hideField,
  importFields,
  listedFields,
  moveField,
  type OwnDefinition,
} from './index.ts';

const office = await openTestOffice();
const [here, there] = office.tenants;
assert.ok(here && there);
const inTenant = <T>(work: (tx: Tx) => Promise<T>, tenant = here): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);

async function hire(name: string, role: 'clerk' | 'lead', tenant = here): Promise<FieldAct> {
  const login = name.toLowerCase();
  const staff = { login, name, role, password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP', teamIds: [] };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff), tenant);
  assert.ok(added.kind === 'added');
  return { actor: { kind: 'staff', id: added.id, name }, role };
}
const lou = await hire('Lou', 'lead');
const max = await hire('Max', 'lead');
const ada = await hire('Ada', 'clerk');
const eli = await hire('Eli', 'clerk'); // the data protection officer
const far = await hire('Far', 'lead', there);
await inTenant((tx) => namePrivacyOfficer(tx, eli.actor.id, 'operator'));
await inTenant((tx) => namePrivacyOfficer(tx, max.actor.id, 'operator')); // holds the office beside leading

const known = { concerns: ['umzug', 'krankmeldung'], teams: ['leistung'] };
const plain: OwnDefinition = {
  label: { de: 'Schulbezirk' },
  help: { de: '' },
  target: 'case',
  kind: 'text',
  choices: [],
  concerns: [],
  team: null,
  purpose: 'Zuständigkeit für Schulbedarf',
  legalBasis: '§ 28 SGB II',
  category: 'social',
  writeHere: 'Nur der Name des Bezirks',
  notHere: 'Nichts über einzelne Kinder',
  years: 3,
};
const health: OwnDefinition = { ...plain, label: { de: 'Hilfsmittel im Termin' }, category: 'health' };
const add = async (definition: OwnDefinition, act = lou) => {
  const saved = await inTenant((tx) => addField(tx, act, { definition, why: 'gebraucht' }, known));
  assert.ok(saved.kind === 'saved');
  return saved;
};
const labels = async (place: Parameters<typeof fieldsAt>[1] = { targets: ['case'] }, tenant = here) =>
  (await inTenant((tx) => fieldsAt(tx, place), tenant)).map((field) => field.definition.label.de);
const change = async (id: string, definition: OwnDefinition, act = lou, opened?: number) => {
  const last = (await inTenant(listedFields)).find((each) => each.id === id)?.last ?? 0;
  return inTenant((tx) => changeField(tx, act, { id, opened: opened ?? last, definition, why: 'besser' }, known));
};

test('a lead adds a field, a clerk cannot, and another Jobcenter never sees it', async () => {
  const outcome = await inTenant((tx) => addField(tx, ada, { definition: plain, why: '' }, known));
  assert.equal(outcome.kind, 'not-found');
  const { id, waits } = await add(plain);
  assert.equal(waits, false);
  assert.deepEqual(await labels(), ['Schulbezirk']);
  assert.deepEqual(await labels({ targets: ['case'] }, there), []);
  const foreign = await inTenant(
    (tx) => changeField(tx, far, { id, opened: 1, definition: plain, why: '' }, known),
    there,
  );
  assert.equal(foreign.kind, 'not-found');
  assert.equal((await change(id, plain)).kind, 'unchanged');
  assert.equal(
    (await change(id, { ...plain, label: { de: 'Bezirk der Schule', en: 'School district' } })).kind,
    'saved',
  );
  assert.deepEqual(await labels(), ['Bezirk der Schule']);
  const [field] = await inTenant(listedFields);
  assert.equal(field?.key, 'schulbezirk'); // the key stays whatever the field is called
  const history = await inTenant((tx) => fieldHistory(tx, id));
  assert.deepEqual(
    history.map((each) => [each.version, each.change, each.why, each.staff_name, each.definition.label.de]),
    [
      [2, 'changed', 'besser', 'Lou', 'Bezirk der Schule'],
      [1, 'made', 'gebraucht', 'Lou', 'Schulbezirk'],
    ],
  );
  const audit = await inTenant((tx) =>
    tx.raw<{ action: string }>(
      "select action from app.audit_entry where jobcenter_id = $1 and subject_type = 'field' and subject_id = $2 order by id",
      [here.jobcenter.id, id],
    ),
  );
  assert.deepEqual(
    audit.map((each) => each.action),
    ['field.made', 'field.changed'],
  );
});

test('what is missing in a definition is named, one problem a place', async () => {
  const empty = { ...plain, label: { de: '' }, purpose: '', legalBasis: '', notHere: '', concerns: ['nirgends'] };
  const outcome = await inTenant((tx) => addField(tx, lou, { definition: empty, why: '' }, known));
  assert.ok(outcome.kind === 'wrong');
  assert.deepEqual(
    outcome.problems.map((each) => each.at),
    ['label.de', 'concerns', 'purpose', 'legalBasis', 'notHere'],
  );
  const noChoice = await inTenant((tx) => addField(tx, lou, { definition: { ...plain, kind: 'one' }, why: '' }, known));
  assert.ok(noChoice.kind === 'wrong' && noChoice.problems[0]?.why === 'choices');
});

test('a field is for its concerns and its team, and for nobody else', async () => {
  await add({ ...plain, label: { de: 'Nur Umzug' }, concerns: ['umzug'] });
  await add({ ...plain, label: { de: 'Nur Leistung' }, team: 'leistung' });
  const at = async (concern?: string, team?: string) =>
    (await labels({ targets: ['case'], concern, team })).filter((label) => label.startsWith('Nur'));
  assert.deepEqual(await at('umzug', 'leistung'), ['Nur Umzug', 'Nur Leistung']);
  assert.deepEqual(await at('umzug'), ['Nur Umzug']);
  assert.deepEqual(await at('krankmeldung', 'wohnen'), []);
  assert.deepEqual(await at(undefined, 'leistung'), ['Nur Leistung']);
});

test('a field with data of Art. 9 exists for nobody until the officer approves it, who is not the proposer', async () => {
  const { id, waits } = await add(health, max);
  assert.equal(waits, true);
  const there = async () => (await labels()).includes('Hilfsmittel im Termin');
  const decide = (act: FieldAct, version: number, decision: 'approved' | 'refused' = 'approved') =>
    inTenant((tx) => decideField(tx, act.actor, { id, version, decision, why: 'geprüft' }));
  assert.equal(await there(), false);
  assert.equal(await inTenant((tx) => hideField(tx, lou, { id, hidden: true, why: '' })), 'not-found');
  assert.equal(await decide(lou, 1), 'not-found'); // a lead is no officer
  assert.equal(await decide(ada, 1), 'not-found');
  assert.equal(await decide(max, 1), 'own-proposal'); // an officer, and the proposer
  assert.equal(await decide(eli, 7), 'changed');
  assert.equal(await there(), false);
  await assert.rejects(
    inTenant((tx) =>
      tx.raw(
        'update app.own_field_version set decided_by = staff_id, decided_at = at where jobcenter_id = $1 and field_id = $2',
        [here.jobcenter.id, id],
      ),
    ),
    /check constraint/,
  );
  assert.equal(await decide(eli, 1), 'approved');
  assert.equal(await there(), true);
  assert.equal(await decide(eli, 1), 'not-found'); // nothing waits any more
  // A change of it waits again; until then the approved version is in force.
  const changed = await change(id, { ...health, label: { de: 'Diagnose' } }, lou);
  assert.ok(changed.kind === 'saved' && changed.waits);
  assert.equal(await there(), true);
  assert.equal(await decide(eli, 2, 'refused'), 'refused');
  assert.deepEqual([await there(), (await labels()).includes('Diagnose')], [true, false]);
  // Calling it harmless is no way past the officer.
  const harmless = await change(id, { ...health, label: { de: 'Diagnose' }, category: 'none' }, lou);
  assert.ok(harmless.kind === 'saved' && harmless.waits);
  const again = await change(id, { ...health, label: { de: 'Hilfsmittel' } }, lou);
  assert.ok(again.kind === 'saved');
  const states = (await inTenant((tx) => fieldHistory(tx, id))).map((each) => each.state);
  assert.deepEqual(states, ['waiting', 'replaced', 'refused', 'live']);
});

test('what was refused as sensitive does not come back under another name of its category', async () => {
  const { id } = await add({ ...health, label: { de: 'Krankheiten' } });
  await inTenant((tx) => decideField(tx, eli.actor, { id, version: 1, decision: 'refused', why: 'nicht nötig' }));
  const again = await change(id, { ...plain, label: { de: 'Krankheiten' } });
  assert.ok(again.kind === 'saved' && again.waits);
  const once = await change(id, { ...plain, label: { de: 'Krankheiten heute' } });
  assert.ok(once.kind === 'saved' && once.waits, 'a second change is asked about as well');
  assert.ok(!(await labels()).some((label) => label.startsWith('Krankheiten')));
});

test('two leads change one field: the second one hears of the first', async () => {
  const { id } = await add({ ...plain, label: { de: 'Zwei Leitungen' } });
  assert.equal((await change(id, { ...plain, label: { de: 'Erste' } }, lou, 1)).kind, 'saved');
  const second = await change(id, { ...plain, label: { de: 'Zweite' } }, max, 1);
  assert.ok(second.kind === 'conflict');
  assert.deepEqual([second.theirs.staff_name, second.theirs.definition.label.de], ['Lou', 'Erste']);
  const kind = await change(id, { ...plain, kind: 'number' });
  assert.ok(kind.kind === 'wrong' && kind.problems[0]?.why === 'kindStays');
});

test('fields are ordered and hidden, and keep their place', async () => {
  const names = ['Erstes', 'Zweites', 'Drittes'];
  const made = [];
  for (const de of names) made.push(await add({ ...plain, target: 'household', label: { de } }));
  const order = () => labels({ targets: ['household'] });
  assert.deepEqual(await order(), names);
  const third = made[2]?.id ?? '';
  const move = (to: 'up' | 'down', act = lou) => inTenant((tx) => moveField(tx, act, { id: third, to, why: '' }));
  assert.equal(await move('up', ada), 'not-found');
  assert.equal(await move('up'), 'done');
  assert.equal(await move('up'), 'done');
  assert.equal(await move('up'), 'unchanged');
  assert.deepEqual(await order(), ['Drittes', 'Erstes', 'Zweites']);
  const hide = (hidden: boolean) => inTenant((tx) => hideField(tx, lou, { id: third, hidden, why: 'selten' }));
  assert.deepEqual([await hide(true), await hide(true)], ['done', 'unchanged']);
  assert.deepEqual(await order(), ['Erstes', 'Zweites']);
  await hide(false);
  assert.deepEqual(await order(), ['Drittes', 'Erstes', 'Zweites']);
});

test('a choice that is left out is removed, and stays known', async () => {
  const choice = (key: string, de: string, removed = false) => ({ key, label: { de }, removed });
  const one: OwnDefinition = {
    ...plain,
    kind: 'one',
    label: { de: 'Weg' },
    choices: [choice('bus', 'Bus'), choice('rad', 'Rad')],
  };
  const { id } = await add(one);
  await change(id, { ...one, choices: [choice('bus', 'Bus')] });
  const field = (await inTenant(listedFields)).find((each) => each.id === id);
  assert.deepEqual(field?.current?.definition.choices, [choice('bus', 'Bus'), choice('rad', 'Rad', true)]);
});

test('a file goes from one Jobcenter to another, twice without a trace, and a bad one leaves nothing', async () => {
  const file = await inTenant(exportFields);
  const elsewhere = { concerns: ['umzug'], teams: ['wohnen'] };
  const take = (text: string, team?: string, act = far) =>
    inTenant((tx) => importFields(tx, act, { text, why: 'übernommen', team }, elsewhere), there);
  const refused = await take(file);
  assert.ok(refused.kind === 'wrong');
  assert.deepEqual(
    refused.problems.map((each) => [each.why, each.name, each.label]),
    [['team', 'leistung', 'Nur Leistung']],
  );
  assert.deepEqual(await labels({ targets: ['case'] }, there), []);
  const taken = await take(file, 'wohnen');
  assert.ok(taken.kind === 'imported');
  assert.equal(taken.waiting, 1); // the one with health data waits here too
  assert.ok((await labels({ targets: ['case'] }, there)).includes('Bezirk der Schule'));
  assert.ok(!(await labels({ targets: ['case'] }, there)).includes('Hilfsmittel im Termin'));
  const before = await inTenant(listedFields, there);
  const twice = await take(file, 'wohnen');
  assert.deepEqual(twice, { kind: 'imported', added: 0, changed: 0, unchanged: before.length, waiting: 0 });
  assert.deepEqual(await inTenant(listedFields, there), before);
  assert.equal((await take(file, 'wohnen', { ...far, role: 'clerk' })).kind, 'not-found');
  const why = async (text: string) => {
    const outcome = await take(text, 'wohnen');
    return outcome.kind === 'wrong' ? outcome.problems.map((each) => [each.field, each.why, each.name]) : outcome.kind;
  };
  assert.deepEqual(await why('{'), [[undefined, 'notJson', undefined]]);
  assert.deepEqual(await why('[]'), [[undefined, 'notOurs', undefined]]);
  const bad = {
    tandem: 'own-fields',
    format: 1,
    fields: [{ key: 'a1', hidden: false, ...plain, years: 'drei', extra: 1 }],
  };
  assert.deepEqual(await why(JSON.stringify(bad)), [
    [1, 'shape', 'years'],
    [1, 'unknownEntry', 'extra'],
  ]);
  const twin = { key: 'zwilling', hidden: false, ...plain };
  assert.deepEqual(await why(JSON.stringify({ ...bad, fields: [twin, twin] })), [[2, 'keyTwice', 'zwilling']]);
});

test('a field of the online form is a last voluntary page of its concerns, and its answer is frozen with the others', async () => {
  let at = office.services.clock.now().getTime();
  const catalogue = openCatalogue(office.services.database, { now: () => new Date(at) }, extendForms);
  const later = () => {
    at += 11_000;
    return catalogue.find(here.jobcenter.id, 'umzug');
  };
  const before = await later();
  assert.ok(before);
  const asked = await add({
    ...plain,
    target: 'form',
    kind: 'yes-no',
    label: { de: 'Brauchen Sie Hilfe beim Umzug?', en: 'Do you need help with moving?' },
    concerns: ['umzug'],
  });
  const form = await later();
  assert.ok(form);
  assert.equal(form.version, before.version);
  assert.equal(await later(), form); // nothing changed: the same object, with what was compiled of it
  assert.equal(
    (await catalogue.find(here.jobcenter.id, 'krankmeldung'))?.questions.at(-1)?.key === 'own-fields',
    false,
  );
  const question = form.questions.at(-1);
  assert.deepEqual([question?.key, question?.fields.map((field) => field.required)], ['own-fields', [false]]);
  assert.equal(form.questions.length, before.questions.length + 1);
  const key = question?.fields[0]?.key ?? '';
  assert.match(form.purposes[question?.fields[0]?.privacy.purpose ?? '']?.de ?? '', /Schulbedarf/);
  const today = '2026-11-26';
  const read = validateAnswers(form, { [key]: true }, { today, complete: false });
  assert.deepEqual(read, { ok: true, value: { [key]: true } });
  const frozen = freeze(form, { [key]: true }, 'en');
  const own = frozen.sections.flatMap((section) => section.items).find((item) => item.field === key);
  assert.deepEqual([own?.label, own?.text], ['Do you need help with moving?', 'Yes']);
  // A draft that lies there keeps its answers when the field goes; what is no longer asked is not sent.
  await inTenant((tx) => hideField(tx, lou, { id: asked.id, hidden: true, why: 'erprobt' }));
  const after = await later();
  assert.ok(after);
  assert.equal(after.questions.length, before.questions.length);
  assert.ok(
    freeze(after, { [key]: true }, 'de').sections.every((each) => each.items.every((item) => item.field !== key)),
  );
  // One with sensitive data is asked of nobody before it is approved.
  await add({ ...health, target: 'form', label: { de: 'Krankheiten' } });
  assert.equal((await later())?.questions.length, before.questions.length);
});

test('of two leads who add a field of the same name in the same moment, the second one is told', async () => {
  const definition = { ...plain, label: { de: 'Zur gleichen Zeit' }, team: 'leistung' };
  const adds = (act: FieldAct) => (tx: Tx) => addField(tx, act, { definition, why: '' }, known);
  const waiting = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  const second = await inTenant(async (tx) => {
    assert.equal((await adds(lou)(tx)).kind, 'saved');
    const other = inTenant(adds(max));
    // The first one is done when the second one has read what there is, and waits for it.
    for (let asked = 0; asked < 5_000; asked += 1) {
      await tx.raw('select pg_stat_clear_snapshot()', []);
      if ((await tx.raw(waiting, [])).length > 0) break;
    }
    return { other };
  });
  const refused = await second.other;
  assert.deepEqual(refused.kind === 'wrong' && refused.problems, [{ at: 'label.de', why: 'sameNow' }]);
  assert.equal((await add(definition)).kind, 'saved', 'later it is a field of its own');
});
