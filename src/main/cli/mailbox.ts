import { readFileSync } from 'node:fs';
import { recordAudit } from '../../modules/audit/index.ts';
import {
  addMailbox,
  allMailboxes,
  allTeams,
  changeMailboxPassword,
  type Jobcenter,
  type Mailbox,
  type MailboxServers,
  mailboxServers,
  switchMailbox,
} from '../../modules/settings/index.ts';
import {
  MailError,
  type MailFailure,
  type MailServer,
  normalAddress,
  openMailbox,
  type Security,
  securities,
  tryRelay,
} from '../../platform/mail/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { OperatorError } from '../child.ts';
import { type Command, jobcenter, type Values } from './command.ts';
import { jobcenterOf, operator, realJobcenterOf, withServices } from './connect.ts';

const address = { value: 'address', required: true, help: 'Address of the mailbox.' } as const;
const security = 'tls, starttls, or none (this machine only).';

function securityOf(values: Values, name: string, otherwise: Security, host: string): Security {
  const given = values.maybe(name) ?? otherwise;
  const found = securities.find((each) => each === given);
  if (found === undefined) throw new OperatorError(`--${name} must be one of: ${securities.join(', ')}.`);
  if (found === 'none' && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host))
    throw new OperatorError(
      `--${name} none is for a server on this machine; ${host} would read the password on its way.`,
    );
  return found;
}

function portOf(values: Values, name: string, otherwise: number): number {
  const port = Number(values.maybe(name) ?? otherwise);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new OperatorError(`--${name} must be a port.`);
  return port;
}

function serverOf(
  values: Values,
  kind: 'imap' | 'smtp',
  usual: { port: number; security: Security },
): Pick<MailServer, 'host' | 'port' | 'security'> {
  const host = values.one(`${kind}-host`);
  return {
    host,
    port: portOf(values, `${kind}-port`, usual.port),
    security: securityOf(values, `${kind}-security`, usual.security, host),
  };
}

/** The password is read from a file or from the input: on a command line others could see it. */
function passwordFrom(file: string): string {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  if (text === '') throw new OperatorError('The password is empty.');
  return text;
}

const sentences: Readonly<Record<MailFailure, string>> = {
  unreachable: 'the server cannot be reached; check host, port and security',
  refused: 'the server refuses the login',
  'no-folder': 'the folder is not there, or the one for finished messages cannot be made',
  failed: 'the server answers in a way that is not understood',
};

/** Tries both servers; gives what is wrong, as sentences. */
async function troubles(servers: MailboxServers, mailbox: Pick<Mailbox, 'folder' | 'doneFolder'>): Promise<string[]> {
  const failing = async (what: string, work: () => Promise<unknown>): Promise<string[]> => {
    try {
      await work();
      return [];
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      return [`${what}: ${sentences[error.failure]}.`];
    }
  };
  const reading = await failing('IMAP', async () => {
    const opened = await openMailbox(servers.imap, { inbox: mailbox.folder, done: mailbox.doneFolder });
    await opened.close();
  });
  return [...reading, ...(await failing('SMTP', () => tryRelay(servers.smtp)))];
}

export const mailboxCreate: Command = {
  name: 'mailbox create',
  summary: 'Adds the mailbox of a team. Its servers are tried first; then the workers read it every minute.',
  options: {
    jobcenter,
    team: { value: 'key', required: true, help: 'Key of the team whose cases the e-mails become.' },
    address: { ...address, help: 'Address of the mailbox; answers are sent from it.' },
    'password-file': { value: 'path', required: true, help: 'File with the password, or - to read it from the input.' },
    user: { value: 'name', help: 'Login, where it is not the address.' },
    'imap-host': { value: 'host', required: true, help: 'Server that is read.' },
    'imap-port': { value: 'port', help: 'Its port (993).' },
    'imap-security': { value: 'kind', help: `${security} Usually tls.` },
    'smtp-host': { value: 'host', required: true, help: 'Server that takes answers.' },
    'smtp-port': { value: 'port', help: 'Its port (587).' },
    'smtp-security': { value: 'kind', help: `${security} Usually starttls.` },
    'smtp-open': { help: 'The server takes answers without a login.' },
    folder: { value: 'name', help: 'Folder that is read (INBOX).' },
    'done-folder': { value: 'name', help: 'Folder for messages that were taken in (Tandem); made if it is missing.' },
    untested: { help: 'Do not try the servers first.' },
  },
  run: async (values) => {
    const given = normalAddress(values.one('address'));
    if (given === undefined) throw new OperatorError('--address must be an address such as team@example.org.');
    const mailbox = {
      address: given,
      login: values.maybe('user') ?? given,
      password: passwordFrom(values.one('password-file')),
      folder: values.maybe('folder') ?? 'INBOX',
      doneFolder: values.maybe('done-folder') ?? 'Tandem',
      imap: serverOf(values, 'imap', { port: 993, security: 'tls' }),
      smtp: serverOf(values, 'smtp', { port: 587, security: 'starttls' }),
      smtpLogin: !values.on('smtp-open'),
    };
    if (mailbox.folder === mailbox.doneFolder) throw new OperatorError('The two folders must not be the same.');
    await withServices(async (services) => {
      const { id } = await realJobcenterOf(services, values.one('jobcenter'));
      const team = (await services.database.tenant(id, allTeams)).find((each) => each.key === values.one('team'));
      if (team === undefined) throw new OperatorError(`There is no team with the key "${values.one('team')}".`);
      const login = { user: mailbox.login, password: mailbox.password };
      const servers = {
        imap: { ...mailbox.imap, login },
        smtp: { ...mailbox.smtp, ...(mailbox.smtpLogin ? { login } : {}) },
      };
      const wrong = values.on('untested') ? [] : await troubles(servers, mailbox);
      if (wrong.length > 0) throw new OperatorError(`The mailbox was not added. ${wrong.join(' ')}`);
      const keys = await services.keyring.of(id);
      await services.database.tenant(id, async (tx) => {
        const added = await addMailbox(tx, keys, { ...mailbox, teamId: team.id });
        if (added.kind === 'exists') throw new OperatorError(`There is already a mailbox ${given}.`);
        await recordAudit(tx, operator, { action: 'mailbox.created', subjectType: 'mailbox', subjectId: added.id });
      });
    });
    console.log(`The mailbox ${given} was added. The workers read it within a minute.`);
    return 0;
  },
};

export const mailboxList: Command = {
  name: 'mailbox list',
  summary: 'Lists the mailboxes: team, when last read, and what is wrong since when.',
  options: { jobcenter, json: { help: 'As JSON.' } },
  run: async (values) => {
    const rows = await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, async (tx) => {
        const teams = await allTeams(tx);
        return (await allMailboxes(tx)).map((each) => ({
          ...each,
          team: teams.find((t) => t.id === each.teamId)?.key ?? '',
        }));
      });
    });
    if (values.on('json')) console.log(JSON.stringify(rows));
    else for (const each of rows) console.log([each.address, each.team, stateOf(each)].join('\t'));
    return 0;
  },
};

function stateOf(mailbox: Mailbox): string {
  const at = (date: Date): string => date.toISOString();
  if (mailbox.disabledAt !== null) return `out of use since ${at(mailbox.disabledAt)}`;
  const read = mailbox.readAt === null ? 'never read' : `last read ${at(mailbox.readAt)}`;
  const left = mailbox.left === 0 ? '' : ` (${mailbox.left})`;
  return mailbox.troubleSince === null ? read : `${mailbox.trouble}${left} since ${at(mailbox.troubleSince)}, ${read}`;
}

const needed = async (services: Services, found: Jobcenter, wanted: string): Promise<Mailbox> => {
  const mailbox = (await services.database.tenant(found.id, allMailboxes)).find(
    (each) => each.address === normalAddress(wanted),
  );
  if (mailbox === undefined) throw new OperatorError(`There is no mailbox ${wanted}.`);
  return mailbox;
};

export const mailboxTest: Command = {
  name: 'mailbox test',
  summary: 'Tries to come into a mailbox and its relay; takes nothing in and sends nothing.',
  options: { jobcenter, address },
  run: async (values) => {
    const wrong = await withServices(async (services) => {
      const found = await jobcenterOf(services, values.one('jobcenter'));
      const mailbox = await needed(services, found, values.one('address'));
      const keys = await services.keyring.of(found.id);
      const servers = await services.database.tenant(found.id, (tx) => mailboxServers(tx, keys, mailbox.id));
      return servers === undefined ? [] : troubles(servers, mailbox);
    });
    if (wrong.length > 0) throw new OperatorError(wrong.join(' '));
    console.log('Both servers can be used.');
    return 0;
  },
};

export const mailboxPassword: Command = {
  name: 'mailbox password',
  summary: 'Keeps a new password of a mailbox; it is tried within a minute.',
  options: {
    jobcenter,
    address,
    'password-file': { value: 'path', required: true, help: 'File with the password, or - to read it from the input.' },
  },
  run: async (values) => {
    const password = passwordFrom(values.one('password-file'));
    await withServices(async (services) => {
      const found = await jobcenterOf(services, values.one('jobcenter'));
      const mailbox = await needed(services, found, values.one('address'));
      const keys = await services.keyring.of(found.id);
      await services.database.tenant(found.id, async (tx) => {
        await changeMailboxPassword(tx, keys, mailbox.id, password);
        const entry = { action: 'mailbox.password-changed', subjectType: 'mailbox', subjectId: mailbox.id };
        await recordAudit(tx, operator, entry);
      });
    });
    console.log('The new password is kept.');
    return 0;
  },
};

const switching = (name: 'disable' | 'enable', summary: string, done: string): Command => ({
  name: `mailbox ${name}`,
  summary,
  options: { jobcenter, address },
  run: async (values) => {
    await withServices(async (services) => {
      const found = await jobcenterOf(services, values.one('jobcenter'));
      const mailbox = await needed(services, found, values.one('address'));
      await services.database.tenant(found.id, async (tx) => {
        await switchMailbox(tx, mailbox.address, name === 'enable');
        await recordAudit(tx, operator, { action: `mailbox.${name}d`, subjectType: 'mailbox', subjectId: mailbox.id });
      });
    });
    console.log(done);
    return 0;
  },
});

export const mailboxDisable = switching(
  'disable',
  'Takes a mailbox out of use: it is neither read nor answered from. What came in stays.',
  'The mailbox is out of use.',
);
export const mailboxEnable = switching('enable', 'Takes a mailbox into use again.', 'The mailbox is in use.');
