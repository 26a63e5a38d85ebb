import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import { addStaff, newTotpSecret, staffLogins } from '../../modules/identity/index.ts';
import {
  addTeam,
  allTeams,
  createJobcenter,
  currentProfile,
  type Jobcenter,
  makeJobcenterKeys,
  type Profile,
  readJobcenters,
  saveProfile,
} from '../../modules/settings/index.ts';
import { randomToken } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { totpKey } from '../../surfaces/totp-key.ts';
import { listTables } from '../backup/tables.ts';
import { operator } from '../cli/connect.ts';
import { publishShipped } from '../publish-forms.ts';

/** Invented colleagues, so that cases have somebody who worked on them. Nobody can sign in as them. */
const colleagues = ['Toni Tresen', 'Robin Rechner', 'Nico Nebenkosten', 'Jule Jobwort'] as const;

/** What a practice Jobcenter keeps when it is emptied: itself, who works in it, and the log of what was done. */
const kept = new Set([
  'app.jobcenter_profile',
  'app.jobcenter_key',
  'app.team',
  'app.staff',
  'app.staff_team',
  'app.staff_session',
  'app.passkey',
  'app.attempt',
  'app.audit_entry',
  'app.audit_block',
  'app.form_version',
]);

/**
 * The practice Jobcenter of a real one; made when there is none, completed when a first try was cut off. It has the same teams and forms, its
 * own keys, no host name, no mailbox and no token: nothing comes in from outside, nothing goes out. Runs as the owner of the tables.
 */
export async function ensurePractice(services: Services, master: Uint8Array, home: Jobcenter): Promise<Jobcenter> {
  const existing = (await readJobcenters(services.database)).find((each) => each.practiceOf === home.id);
  const practice: Jobcenter = existing ?? {
    id: newId(services.clock.now()),
    key: `uebung-${home.key}`.slice(0, 41),
    name: `Übung ${home.name}`,
    hosts: [],
    isDefault: false,
    practiceOf: home.id,
  };
  const { teams, profile } = await services.database.tenant(home.id, async (tx) => ({
    teams: await allTeams(tx),
    profile: await currentProfile(tx),
  }));
  await services.database.tenant(practice.id, async (tx) => {
    await createJobcenter({ query: (text, values) => tx.raw(text, values) }, practice, tx.now);
    await makeJobcenterKeys(tx, master);
    if (profile !== undefined && (await currentProfile(tx)) === undefined)
      await saveProfile(tx, operator, forPractice(profile));
    await publishShipped(tx);
    for (const { key, name, phone } of teams) await addTeam(tx, { key, name, phone });
    if ((await staffLogins(tx)).length === 0) await addColleagues(tx, services);
    if (existing === undefined)
      await recordAudit(tx, operator, {
        action: 'practice.created',
        subjectType: 'jobcenter',
        subjectId: practice.id,
      });
  });
  return practice;
}

/** Papers of the practice name no way to a real office. */
const forPractice = (profile: Profile): Profile => ({ ...profile, email: 'uebung@example.org' });

async function addColleagues(tx: Tx, services: Services): Promise<void> {
  const teamIds = (await allTeams(tx)).map((team) => team.id);
  for (const [index, name] of colleagues.entries()) {
    const secrets = { password: randomToken(), totpSecret: newTotpSecret() };
    const login = `uebung-person-${index + 1}`;
    await addStaff(tx, totpKey(services), { login, name, role: 'clerk', teamIds, ...secrets });
  }
}

/**
 * Deletes every case, person and paper of a practice Jobcenter; gives the number of rows. Refuses every other Jobcenter, by what the database
 * says now. Runs as the owner: the application may delete no submission. Stored papers go after the rows that name them.
 */
export async function emptyPractice(
  services: Services,
  practice: Jobcenter,
  folders: readonly string[],
): Promise<number> {
  const now = (await readJobcenters(services.database)).find((each) => each.id === practice.id);
  if (now?.practiceOf == null) throw new Error(`${practice.key} is no practice Jobcenter; nothing was deleted.`);
  const rows = await services.database.tenant(practice.id, async (tx) => {
    const tables = await listTables({
      query: async <Row>(text: string) => ({ rows: await tx.raw<Row>(text, []) }),
    });
    let deleted = 0;
    for (const { name } of tables.filter((table) => table.ofTenant && !kept.has(table.name)).reverse())
      deleted +=
        (
          await tx.raw<{ n: number }>(
            `with gone as (delete from ${name} where jobcenter_id = $1 returning 1) select count(*)::int as n from gone`,
            [tx.jobcenterId],
          )
        )[0]?.n ?? 0;
    await recordAudit(tx, operator, {
      action: 'practice.emptied',
      subjectType: 'jobcenter',
      subjectId: practice.id,
      detail: { rows: deleted },
    });
    return deleted;
  });
  for (const folder of folders) await rm(join(folder, practice.id), { recursive: true, force: true });
  return rows;
}
