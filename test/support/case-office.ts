// An office in which clerks work on cases: for tests of what a module does in a case, to whom it belongs and who may see it.
import assert from 'node:assert/strict';
import { addDays, dayInGermany, instantInGermany } from '../../src/kernel/dates.ts';
import { type CaseReader, readerOf } from '../../src/modules/cases/index.ts';
import { addStaff } from '../../src/modules/identity/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import type { TestTenant } from './app.ts';
import { openTestOffice, type TestOffice } from './office.ts';

export type TestClerk = {
  readonly id: string;
  readonly name: string;
  readonly role: 'clerk';
  readonly teamIds: string[];
};

export type CaseOffice = {
  readonly office: TestOffice;
  readonly tenant: TestTenant;
  readonly elsewhere: TestTenant;
  /** The moment at which the tests begin. */
  readonly now: Date;
  /** The team of benefits. */
  readonly benefits: string;
  /** Work now, or `days` from now; each time a moment later, so that what happens has an order. */
  readonly inTenant: <T>(work: (tx: Tx) => Promise<T>, days?: number) => Promise<T>;
  readonly hire: (name: string, teamIds: string[]) => Promise<TestClerk>;
  /** A case of benefits that just came in. */
  readonly newCase: () => Promise<string>;
};

export async function openCaseOffice(): Promise<CaseOffice> {
  const office = await openTestOffice();
  const [tenant, elsewhere] = office.tenants;
  assert.ok(tenant && elsewhere);
  const now = office.services.clock.now();
  let seconds = 0;
  const inTenant = <T>(work: (tx: Tx) => Promise<T>, days = 0): Promise<T> => {
    const begun = days === 0 ? now : instantInGermany(addDays(dayInGermany(now), days), '12:00');
    const at = new Date(begun.getTime() + 1_000 * seconds++);
    return office.services.database.tenant(tenant.jobcenter.id, work, at);
  };
  const benefits = tenant.teams['leistung'] ?? '';
  const hire = async (name: string, teamIds: string[]): Promise<TestClerk> => {
    const secrets = { password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' };
    const staff = { login: name.toLowerCase(), name, role: 'clerk', teamIds, ...secrets } as const;
    const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff));
    assert.ok(added.kind === 'added');
    return { id: added.id, name, role: 'clerk', teamIds };
  };
  const newCase = async (): Promise<string> => (await office.submit(tenant, { teamId: benefits })).caseId;
  return { office, tenant, elsewhere, now, benefits, inTenant, hire, newCase };
}

type Act = {
  readonly actor: { readonly kind: 'staff'; readonly id: string; readonly name: string };
  readonly reader: CaseReader;
  readonly caseId: string;
  readonly staffId: string;
  readonly staffName: string;
};

/** What a clerk does in a case, as the surfaces hand it to the modules. */
export const act = (who: TestClerk, caseId: string): Act => ({
  actor: { kind: 'staff', id: who.id, name: who.name },
  reader: readerOf(who),
  caseId,
  staffId: who.id,
  staffName: who.name,
});
