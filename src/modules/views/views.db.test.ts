import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { readerOf } from '../cases/index.ts';
import { addStaff } from '../identity/index.ts';
import { addTeam } from '../settings/index.ts';
import { changeRule, chooseView, type RuleChange, ruleInForce, ruleVersions, viewOf } from './index.ts';

const office = await openTestOffice();
const [tenant, elsewhere] = office.tenants;
assert.ok(tenant && elsewhere);
const today = dayInGermany(office.services.clock.now());
let minutes = 0;
const inTenant = <T>(work: (tx: Tx) => Promise<T>, of = tenant): Promise<T> =>
  office.services.database.tenant(
    of.jobcenter.id,
    work,
    new Date(office.services.clock.now().getTime() + 60_000 * minutes++),
  );

const benefits = tenant.teams['leistung'] ?? '';
const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
async function hire(name: string, role: 'clerk' | 'lead', teamIds: string[]) {
  const login = name.toLowerCase();
  const staff = { login, name, role, password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP', teamIds };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff));
  assert.ok(added.kind === 'added');
  return { id: added.id, name, role, teamIds };
}
const ada = await hire('Ada', 'clerk', [benefits]);
const eva = await hire('Eva', 'clerk', [other.id]);
const lou = await hire('Lou', 'lead', [benefits]);
type Person = typeof ada;

const act = (who: Person, caseId: string) => ({ reader: readerOf(who), caseId });
const lead = (who: Person) => ({ actor: { kind: 'staff', id: who.id, name: who.name } as const, staff: who });
const change: RuleChange = {
  view: 'placement',
  blocks: [
    { block: 'history', shown: 'open' },
    { block: 'open', shown: 'folded' },
  ],
  verbs: ['notizen', 'brief'],
  validFrom: today,
  teamId: null,
  reason: 'Zuerst der Verlauf',
  seen: 0,
};
const audited = async () =>
  (
    await inTenant((tx) =>
      tx.raw<{ n: number }>("select count(*)::int n from app.audit_entry where action = 'views.rule-changed'", []),
    )
  )[0]?.n;

test('a view is remembered for each person and case; a further case opens as the last one was left', async () => {
  const { caseId: one } = await office.submit(tenant, { teamId: benefits });
  const { caseId: two } = await office.submit(tenant, { teamId: benefits });
  assert.equal(await inTenant((tx) => viewOf(tx, ada.id, one)), 'administrative');
  assert.deepEqual(await inTenant((tx) => chooseView(tx, act(ada, one), 'social')), { kind: 'done' });
  assert.equal(await inTenant((tx) => viewOf(tx, ada.id, one)), 'social');
  assert.equal(await inTenant((tx) => viewOf(tx, ada.id, two)), 'social');
  await inTenant((tx) => chooseView(tx, act(ada, two), 'placement'));
  assert.equal(await inTenant((tx) => viewOf(tx, ada.id, one)), 'social');
  assert.equal(await inTenant((tx) => viewOf(tx, lou.id, one)), 'administrative');
  await inTenant((tx) => chooseView(tx, act(ada, one), 'administrative'));
  assert.equal(await inTenant((tx) => viewOf(tx, ada.id, one)), 'administrative');
});

test('a case that somebody may not see takes no view, and nothing says that it is there', async () => {
  const { caseId } = await office.submit(tenant, { teamId: benefits });
  assert.deepEqual(await inTenant((tx) => chooseView(tx, act(eva, caseId), 'social')), { kind: 'not-found' });
  const foreign = await office.submit(elsewhere, {});
  assert.deepEqual(await inTenant((tx) => chooseView(tx, act(lou, foreign.caseId), 'social')), { kind: 'not-found' });
  const rows = await inTenant((tx) =>
    tx.raw<{ n: number }>('select count(*)::int n from app.work_view_choice where staff_id = any ($1)', [
      [eva.id, lou.id],
    ]),
  );
  assert.equal(rows[0]?.n, 0);
});

test('what a view shows is changed by leads, in versions that stay; taking back is one more', async () => {
  assert.deepEqual(await inTenant((tx) => changeRule(tx, lead(ada), change)), { kind: 'not-found' });
  assert.deepEqual(await inTenant((tx) => changeRule(tx, lead(lou), change)), { kind: 'done' });
  assert.deepEqual(await inTenant((tx) => changeRule(tx, lead(lou), change)), { kind: 'changed-meanwhile' });
  const pilot = { ...change, seen: 1, teamId: other.id, blocks: [{ block: 'open', shown: 'open' }] as const };
  assert.deepEqual(await inTenant((tx) => changeRule(tx, lead(lou), pilot)), { kind: 'done' });
  const versions = await inTenant((tx) => ruleVersions(tx, 'placement'));
  assert.deepEqual(
    versions.map((each) => [each.version, each.teamId, each.madeBy, each.reason]),
    [
      [2, other.id, lou.id, 'Zuerst der Verlauf'],
      [1, null, lou.id, 'Zuerst der Verlauf'],
    ],
  );
  assert.equal(ruleInForce(versions, { teamId: other.id, today })?.version, 2);
  assert.equal(ruleInForce(versions, { teamId: benefits, today })?.version, 1);
  const back = { ...change, seen: 2, blocks: versions[1]?.blocks ?? [], reason: 'Die Erprobung ist zu Ende' };
  assert.deepEqual(await inTenant((tx) => changeRule(tx, lead(lou), back)), { kind: 'done' });
  const after = await inTenant((tx) => ruleVersions(tx, 'placement'));
  assert.equal(after.length, 3);
  assert.equal(ruleInForce(after, { teamId: other.id, today })?.version, 3);
  assert.deepEqual(after[0]?.blocks, change.blocks);
  assert.equal(await audited(), 3);
  assert.deepEqual(await inTenant((tx) => ruleVersions(tx, 'social')), []);
  assert.deepEqual(await inTenant((tx) => ruleVersions(tx, 'placement'), elsewhere), []);
});

test('a rule cannot begin in the past, hide everything, or be for a team of others', async () => {
  const social = { ...change, view: 'social', seen: 0 } as const;
  const tried = (more: Partial<RuleChange>) =>
    inTenant(async (tx) => (await changeRule(tx, lead(lou), { ...social, ...more })).kind);
  assert.equal(await tried({ validFrom: addDays(today, -1) }), 'past');
  assert.equal(await tried({ blocks: [{ block: 'open', shown: 'hidden' }] }), 'wrong');
  assert.equal(await tried({ verbs: [] }), 'wrong', 'nothing stands first');
  assert.equal(await tried({ verbs: ['brief', 'brief'] }), 'wrong');
  assert.equal(await tried({ reason: '' }), 'wrong');
  assert.equal(await tried({ teamId: elsewhere.teams['leistung'] ?? '' }), 'wrong');
  assert.deepEqual(await inTenant((tx) => ruleVersions(tx, 'social')), []);
});
