import { actorName } from '../../kernel/actor.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import {
  addStaff,
  disableStaff,
  enableStaff,
  endPrivacyOfficer,
  namePrivacyOfficer,
  newTotpSecret,
  type Role,
  resetCredentials,
  roles,
  type StaffLogin,
  staffLogins,
  totpUri,
} from '../../modules/identity/index.ts';
import { allTeams } from '../../modules/settings/index.ts';
import { randomReadable } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { totpKey } from '../../surfaces/totp-key.ts';
import { OperatorError } from '../child.ts';
import { type Command, jobcenter, UsageError, type Values } from './command.ts';
import { jobcenterOf, operator, withServices } from './connect.ts';

const json = { help: 'Prints the result as one line of JSON.' } as const;
const login = { value: 'login', required: true, help: 'Login of the member of staff.' } as const;

type Credentials = { readonly password: string; readonly totpSecret: string };

const newCredentials = (): Credentials => ({
  password: [4, 4, 4, 4].map(randomReadable).join('-'), // 80 bits
  totpSecret: newTotpSecret(),
});

function tell(login: string, { password, totpSecret }: Credentials, json: boolean): void {
  const result = { login, password, totpSecret, totpUri: totpUri(totpSecret, login) };
  const lines = [
    'Shown once; nothing of it can be read again:',
    `  Login     ${login}`,
    `  Password  ${password}`,
    `  TOTP      ${totpSecret}`,
    `  Address   ${result.totpUri}`,
  ];
  console.log(json ? JSON.stringify(result) : lines.join('\n'));
}

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
    const credentials = newCredentials();
    await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      await services.database.tenant(id, async (tx) => {
        const teamIds = await teamsByKey(tx, values.many('team'));
        const added = await addStaff(tx, totpKey(services), {
          login,
          name: values.one('name'),
          role,
          ...credentials,
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
    tell(login, credentials, values.on('json'));
    return 0;
  },
};

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

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

/** Does something to one member of staff, and notes it. */
async function withLogin(
  values: Values,
  action: string,
  work: (tx: Tx, found: StaffLogin, services: Services) => Promise<void>,
): Promise<StaffLogin> {
  const wanted = values.one('login').toLowerCase();
  return withServices(async (services) => {
    const { id } = await jobcenterOf(services, values.one('jobcenter'));
    return services.database.tenant(id, async (tx) => {
      const found = (await staffLogins(tx)).find((each) => each.login === wanted);
      if (found === undefined)
        throw new OperatorError(`There is nobody with the login "${wanted}"; "tandem staff list" names all.`);
      await work(tx, found, services);
      await recordAudit(tx, operator, { action, subjectType: 'staff', subjectId: found.id });
      return found;
    });
  });
}

export const staffList: Command = {
  name: 'staff list',
  summary: 'Names all logins of a Jobcenter with role and state.',
  options: { jobcenter, json },
  run: async (values) => {
    const logins = await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, staffLogins);
    });
    const line = ({ login, name, role, disabledAt }: StaffLogin): string =>
      `${login}\t${name}\t${role}\t${disabledAt === null ? 'active' : `out of use since ${disabledAt.toISOString()}`}`;
    console.log(values.on('json') ? JSON.stringify(logins) : logins.map(line).join('\n'));
    return 0;
  },
};

export const staffReset: Command = {
  name: 'staff reset',
  summary: 'New password and second factor, for a lost phone or a stolen password; sessions end and passkeys go.',
  options: { jobcenter, login, json },
  run: async (values) => {
    const credentials = newCredentials();
    const found = await withLogin(values, 'staff.reset', (tx, { id }, services) =>
      resetCredentials(tx, totpKey(services), id, credentials),
    );
    tell(found.login, credentials, values.on('json'));
    return 0;
  },
};

export const staffDisable: Command = {
  name: 'staff disable',
  summary: 'Takes a login out of use at once; open windows end with the next click.',
  options: { jobcenter, login },
  run: async (values) => {
    const found = await withLogin(values, 'staff.disabled', (tx, { id }) => disableStaff(tx, id));
    console.log(`${found.login} can no longer sign in.`);
    return 0;
  },
};

export const staffEnable: Command = {
  name: 'staff enable',
  summary: 'Lets a login that was taken out of use work again.',
  options: { jobcenter, login },
  run: async (values) => {
    const found = await withLogin(values, 'staff.enabled', (tx, { id }) => enableStaff(tx, id));
    console.log(`${found.login} can sign in again.`);
    return 0;
  },
};

export const staffPrivacyOfficer: Command = {
  name: 'staff privacy-officer',
  summary: 'Names somebody as data protection officer, who approves own fields with sensitive data; --end ends it.',
  options: { jobcenter, login, end: { help: 'Ends the office; what was approved stays approved.' } },
  run: async (values) => {
    const ends = values.on('end');
    const action = ends ? 'staff.privacy-officer-ended' : 'staff.privacy-officer-named';
    const found = await withLogin(values, action, async (tx, { id, disabledAt }) => {
      if (!ends && disabledAt !== null) throw new OperatorError('A login that is out of use cannot hold an office.');
      await (ends ? endPrivacyOfficer(tx, id, actorName(operator)) : namePrivacyOfficer(tx, id, actorName(operator)));
    });
    console.log(`${found.login} is ${ends ? 'no longer' : 'now'} data protection officer.`);
    return 0;
  },
};
