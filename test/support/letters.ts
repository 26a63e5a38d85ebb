import assert from 'node:assert/strict';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { type CaseReader, timeline } from '../../src/modules/cases/index.ts';
import { addStaff, newTotpSecret } from '../../src/modules/identity/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import {
  beginNotice,
  findNotice,
  type PlaceholderValues,
  placeholders,
  releaseNotice,
  submitNotice,
  type Written,
  writeNotice,
} from '../../src/modules/notices/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { startTestApp, type TestTenant } from './app.ts';
import { prepared, submissionInput } from './submit.ts';

/** An installation with staff of two teams, and what they do with letters. */
export const app = await startTestApp();
export const { services, secondTenant } = app;
export const at = <T>(work: (tx: Tx) => Promise<T>, now?: Date, tenant: TestTenant = app): Promise<T> =>
  services.database.tenant(tenant.jobcenter.id, work, now);
export const today = dayInGermany(services.clock.now());

export const addClerk = (login: string, teamIds: readonly string[], tenant: TestTenant = app): Promise<string> =>
  at(
    async (tx) => {
      const person = {
        login,
        name: `Mensch ${login}`,
        role: 'clerk',
        password: 'ein langes Passwort',
        teamIds,
      } as const;
      const added = await addStaff(tx, new Uint8Array(32), { ...person, totpSecret: newTotpSecret() });
      return added.kind === 'added' ? added.id : '';
    },
    undefined,
    tenant,
  );
export const leistung = app.teams['leistung'] ?? '';
export const wohnen = app.teams['wohnen'] ?? '';
export const who = (id: string, teamIds: readonly string[], role: CaseReader['role'] = 'clerk') => ({
  actor: { kind: 'staff', id, name: `Mensch ${id.slice(-4)}` } as const,
  reader: { role, id, teamIds } as CaseReader,
});
export const kim = who(await addClerk('kim', [leistung]), [leistung]);
export const alex = who(await addClerk('alex', [leistung]), [leistung]);
export const system = { kind: 'system', name: 'letters' } as const;
export const elsewhere = who(await addClerk('weg', [wohnen]), [wohnen]);

export const values: PlaceholderValues = {
  ...Object.fromEntries(placeholders.filter((name) => name !== 'items').map((name) => [name, `<${name}>`])),
  items: ['Mietvertrag'],
};
export const newCase = async (): Promise<string> => {
  const received = await at(async (tx) =>
    receive(tx, { kind: 'client' }, await submissionInput(services, app, { teamId: leistung })),
  );
  assert.ok(received.kind === 'received');
  return received.caseId;
};
export type Who = typeof kim;
export const begin = async (caseId: string, template: string, by: Who = kim): Promise<string> => {
  const begun = await at((tx) => beginNotice(tx, { ...by, caseId }, { template, recipient: 'Mika Muster\nWeg 1' }));
  assert.ok(begun.kind === 'begun', begun.kind);
  return begun.id;
};
export const get = async (id: string, by: Who = kim) => {
  const found = await at((tx) => findNotice(tx, by.reader, id));
  assert.ok(found !== undefined);
  return found;
};
export const write = (id: string, written: Written, by: Who = kim) =>
  at((tx) => writeNotice(tx, { ...by, noticeId: id }, written));
export const submit = async (id: string, by: Who = kim, way: 'portal' | 'post' = 'post', now?: Date) => {
  const { content } = await get(id, by);
  const document = await prepared(services, app, `Brief ${id} ${content}.pdf`);
  return at(
    (tx) => submitNotice(tx, { ...by, noticeId: id }, { content, document, values, way, sender: app.jobcenter.name }),
    now,
  );
};
export const release = async (id: string, by: Who = alex, way: 'portal' | 'post' = 'post', now?: Date) => {
  const { sha256 } = await get(id, kim);
  const input = { sha256: sha256 ?? Buffer.alloc(32), way, sender: app.jobcenter.name };
  return at((tx) => releaseNotice(tx, { ...by, noticeId: id }, input), now);
};
export const refusal: Written = {
  result: { value: 'refused', opened: 0 },
  reasons: { value: 'Ihr Einkommen ist höher als Ihr Bedarf.', opened: 0 },
  weighing: { value: 'Wir haben Ihre Lage gegen die Regeln abgewogen.', opened: 0 },
};
export const kindsOf = async (caseId: string): Promise<string[]> =>
  (await at((tx) => timeline(tx, caseId))).map((each) => each.kind).filter((kind) => kind.startsWith('letter-'));
