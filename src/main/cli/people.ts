import { recordAudit } from '../../modules/audit/index.ts';
import {
  type ApiScope,
  addStaff,
  apiScopes,
  issueApiToken,
  newTotpSecret,
  type Role,
  roles,
  totpUri,
} from '../../modules/identity/index.ts';
import { addTeam, allTeams } from '../../modules/settings/index.ts';
import { randomReadable } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { totpKey } from '../../surfaces/totp-key.ts';
import { OperatorError } from '../child.ts';
import { type Command, UsageError } from './command.ts';
import { jobcenterOf, operator, withServices } from './connect.ts';

const jobcenter = { value: 'key', required: true, help: 'Key of the Jobcenter.' } as const;
const json = { help: 'Prints the result as one line of JSON.' } as const;

export const teamCreate: Command = {
  name: 'team create',
  summary: 'Adds a team. Form definitions name teams by their key.',
  options: {
    jobcenter,
    key: { value: 'key', required: true, help: 'Key that the forms name, such as leistung.' },
    name: { value: 'name', required: true, help: 'Name as people read it.' },
    phone: { value: 'number', required: true, help: 'Number that clients are told.' },
  },
  run: async (values) => {
    const team = { key: values.one('key'), name: values.one('name'), phone: values.one('phone') };
    await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      await services.database.tenant(id, async (tx) => {
        const added = await addTeam(tx, team);
        if (added.kind === 'exists') throw new OperatorError(`There is already a team with the key "${team.key}".`);
        await recordAudit(tx, operator, { action: 'team.created', subjectType: 'team', subjectId: added.id });
      });
    });
    console.log(`The team ${team.name} (${team.key}) was added.`);
    return 0;
  },
};

export const staffCreate: Command = {
  name: 'staff create',
  summary: 'Adds a member of staff; prints password and second factor once, for handing over in person.',
  options: {
    jobcenter,
    login: { value: 'login', required: true, help: 'Login; upper and lower case are the same.' },
    name: { value: 'name', required: true, help: 'Full name.' },
    role: { value: 'role', required: true, help: `One of ${roles.join(', ')}.` },
    team: { value: 'key', multiple: true, help: 'Team this person works in.' },
    json,
  },
  run: async (values) => {
    const role = values.one('role');
    if (!isRole(role)) throw new UsageError(`--role must be one of ${roles.join(', ')}; found: "${role}".`);
    const login = values.one('login').toLowerCase();
    const password = [4, 4, 4, 4].map(randomReadable).join('-'); // 80 bits
    const totpSecret = newTotpSecret();
    await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      await services.database.tenant(id, async (tx) => {
        const teamIds = await teamsByKey(tx, values.many('team'));
        const added = await addStaff(tx, totpKey(services), {
          login,
          name: values.one('name'),
          role,
          password,
          totpSecret,
          teamIds,
        });
        if (added.kind === 'exists') throw new OperatorError(`There is already somebody with the login "${login}".`);
        await recordAudit(tx, operator, {
          action: 'staff.created',
          subjectType: 'staff',
          subjectId: added.id,
          detail: { role, teams: teamIds.length },
        });
      });
    });
    const result = { login, password, totpSecret, totpUri: totpUri(totpSecret, login) };
    const lines = [
      'Shown once; nothing of it can be read again:',
      `  Login     ${login}`,
      `  Password  ${password}`,
      `  TOTP      ${totpSecret}`,
      `  Address   ${result.totpUri}`,
    ];
    console.log(values.on('json') ? JSON.stringify(result) : lines.join('\n'));
    return 0;
  },
};

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);
const isScope = (text: string): text is ApiScope => (apiScopes as readonly string[]).includes(text);

async function teamsByKey(tx: Tx, keys: readonly string[]): Promise<string[]> {
  const teams = await allTeams(tx);
  return keys.map((key) => {
    const found = teams.find((team) => team.key === key);
    if (found === undefined)
      throw new OperatorError(
        `There is no team with the key "${key}"; there are: ${teams.map((team) => team.key).join(', ') || 'none'}.`,
      );
    return found.id;
  });
}

export const tokenCreate: Command = {
  name: 'token create',
  summary: 'Makes a token for a program that uses the API; prints it once.',
  options: {
    jobcenter,
    name: { value: 'name', required: true, help: 'What the program is called; the audit log shows it.' },
    scope: { value: 'scope', required: true, multiple: true, help: `What it may do: ${apiScopes.join(', ')}.` },
    expires: { value: 'YYYY-MM-DD', help: 'First day on which it no longer works.' },
  },
  run: async (values) => {
    const scopes = values.many('scope').map((scope) => {
      if (!isScope(scope)) throw new UsageError(`--scope must be one of ${apiScopes.join(', ')}; found: "${scope}".`);
      return scope;
    });
    const expires = values.maybe('expires');
    if (expires !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(expires) || Number.isNaN(Date.parse(expires))))
      throw new UsageError(`--expires must be a day such as 2027-12-31; found: "${expires}".`);
    const token = await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, async (tx) => {
        const text = await issueApiToken(tx, {
          name: values.one('name'),
          scopes,
          ...(expires === undefined ? {} : { expiresAt: new Date(expires) }),
        });
        await recordAudit(tx, operator, {
          action: 'token.created',
          subjectType: 'api-token',
          subjectId: values.one('name'),
          detail: { scopes },
        });
        return text;
      });
    });
    console.log(token);
    return 0;
  },
};
