import { sql } from 'kysely';
import { deriveKey, open, seal } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { MailFailure, MailServer, Security } from '../../platform/mail/index.ts';
import type { JobcenterKeys } from './keyring.ts';

/** Why a mailbox is not read: what its server says, or `messages`: some of what lies in it could not be taken in. */
export type MailboxTrouble = MailFailure | 'messages';

/** A team's mailbox: what comes in here becomes submissions, and answers go out from its address. */
export type Mailbox = {
  readonly id: string;
  readonly teamId: string;
  readonly address: string;
  readonly folder: string;
  /** Where messages go that were taken in. */
  readonly doneFolder: string;
  readonly disabledAt: Date | null;
  /** When it was last read to its end. */
  readonly readAt: Date | null;
  readonly trouble: MailboxTrouble | null;
  readonly troubleSince: Date | null;
  /** Messages that could not be taken in and still lie in the folder. */
  readonly left: number;
};

export type MailboxServers = { readonly imap: MailServer; readonly smtp: MailServer };

export type NewMailbox = Pick<Mailbox, 'teamId' | 'address' | 'folder' | 'doneFolder'> & {
  readonly login: string;
  readonly password: string;
  readonly imap: Pick<MailServer, 'host' | 'port' | 'security'>;
  readonly smtp: Pick<MailServer, 'host' | 'port' | 'security'>;
  /** False for a relay that takes mail from this machine without a login. */
  readonly smtpLogin: boolean;
};

type MailboxTables = {
  mailbox: {
    id: string;
    team_id: string;
    address: string;
    imap_host: string;
    imap_port: number;
    imap_security: Security;
    smtp_host: string;
    smtp_port: number;
    smtp_security: Security;
    smtp_login: boolean;
    login: string;
    key_id: string;
    password: Buffer;
    folder: string;
    done_folder: string;
    created_at: Date;
    disabled_at: Date | null;
    read_at: Date | null;
    trouble: MailboxTrouble | null;
    trouble_since: Date | null;
    failures: number;
    next_try_at: Date | null;
  };
};

const columns = [
  'id',
  'team_id as teamId',
  'address',
  'folder',
  'done_folder as doneFolder',
  'disabled_at as disabledAt',
  'read_at as readAt',
  'trouble',
  'trouble_since as troubleSince',
  sql<number>`(select count(*)::int from app.mail_left l where l.jobcenter_id = mailbox.jobcenter_id and l.mailbox_id = mailbox.id)`.as(
    'left',
  ),
] as const;

const table = (tx: Tx) => tx.tables<MailboxTables>();
const context = (jobcenterId: string, id: string): string => `mailbox ${jobcenterId} ${id}`;
const passwordKey = (key: Uint8Array): Uint8Array => deriveKey(key, 'passwords of mailboxes');

/** Adds a mailbox; its password is kept sealed with a key of the Jobcenter. An address that is there already gives `exists`. */
export async function addMailbox(
  tx: Tx,
  keys: Pick<JobcenterKeys, 'documents'>,
  mailbox: NewMailbox,
): Promise<{ kind: 'added'; id: string } | { kind: 'exists' }> {
  const id = tx.newId();
  const { imap, smtp } = mailbox;
  const row = {
    id,
    team_id: mailbox.teamId,
    address: mailbox.address,
    imap_host: imap.host,
    imap_port: imap.port,
    imap_security: imap.security,
    smtp_host: smtp.host,
    smtp_port: smtp.port,
    smtp_security: smtp.security,
    smtp_login: mailbox.smtpLogin,
    login: mailbox.login,
    key_id: keys.documents.id,
    password: seal(passwordKey(keys.documents.key), Buffer.from(mailbox.password), context(tx.jobcenterId, id)),
    folder: mailbox.folder,
    done_folder: mailbox.doneFolder,
    created_at: tx.now,
    disabled_at: null,
    read_at: null,
    trouble: null,
    trouble_since: null,
    failures: 0,
    next_try_at: null,
  };
  const added = await table(tx)
    .insertInto('mailbox')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? { kind: 'exists' } : { kind: 'added', id };
}

/** Every mailbox of the Jobcenter, those out of use too, by address. */
export const allMailboxes = (tx: Tx): Promise<Mailbox[]> =>
  table(tx).selectFrom('mailbox').select(columns).orderBy('address').execute();

/** Addresses in use by the team they belong to, the oldest of each team: what is told to people who want to write an e-mail. */
export async function mailAddresses(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await table(tx)
    .selectFrom('mailbox')
    .select(['team_id', 'address'])
    .where('disabled_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.team_id, row.address]));
}

export const findMailbox = (tx: Tx, id: string): Promise<Mailbox | undefined> =>
  table(tx).selectFrom('mailbox').select(columns).where('id', '=', id).executeTakeFirst();

/** Ids of mailboxes whose turn it is: in use, and after trouble not before the pause is over. */
export async function mailboxesToRead(tx: Tx): Promise<string[]> {
  const rows = await table(tx)
    .selectFrom('mailbox')
    .select('id')
    .where('disabled_at', 'is', null)
    .where((eb) => eb.or([eb('next_try_at', 'is', null), eb('next_try_at', '<=', tx.now)]))
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Servers and login of a mailbox; undefined when there is none. Throws when its password was sealed with a foreign key. */
export async function mailboxServers(
  tx: Tx,
  keys: Pick<JobcenterKeys, 'oldDocuments'>,
  id: string,
): Promise<MailboxServers | undefined> {
  const row = await table(tx).selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const key = keys.oldDocuments.get(row.key_id);
  if (key === undefined)
    throw new Error('The password of a mailbox is sealed with a key that the Jobcenter does not have.');
  const password = open(passwordKey(key), row.password, context(tx.jobcenterId, id)).toString();
  const login = { user: row.login, password };
  return {
    imap: { host: row.imap_host, port: row.imap_port, security: row.imap_security, login },
    smtp: {
      host: row.smtp_host,
      port: row.smtp_port,
      security: row.smtp_security,
      ...(row.smtp_login ? { login } : {}),
    },
  };
}

/** Takes a mailbox out of use or back into it; undefined when there is none with this address. */
export async function switchMailbox(tx: Tx, address: string, on: boolean): Promise<{ id: string } | undefined> {
  return table(tx)
    .updateTable('mailbox')
    .set({ disabled_at: on ? null : tx.now, trouble: null, trouble_since: null, failures: 0, next_try_at: null })
    .where('address', '=', address)
    .returning('id')
    .executeTakeFirst();
}

/** Keeps a new password, sealed; the next try follows at once. False when there is no such mailbox. */
export async function changeMailboxPassword(
  tx: Tx,
  keys: Pick<JobcenterKeys, 'documents'>,
  id: string,
  password: string,
): Promise<boolean> {
  const sealed = seal(passwordKey(keys.documents.key), Buffer.from(password), context(tx.jobcenterId, id));
  const { numUpdatedRows } = await table(tx)
    .updateTable('mailbox')
    .set({ key_id: keys.documents.id, password: sealed, failures: 0, next_try_at: null })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Notes that a mailbox was read to its end. */
export async function noteMailboxRead(tx: Tx, id: string): Promise<void> {
  await table(tx)
    .updateTable('mailbox')
    .set({ read_at: tx.now, trouble: null, trouble_since: null, failures: 0, next_try_at: null })
    .where('id', '=', id)
    .execute();
}

/** Notes that a mailbox was read, and that some of what lies in it could not be taken in; the others do not wait for these. */
export async function noteMailsLeft(tx: Tx, id: string): Promise<void> {
  await table(tx)
    .updateTable('mailbox')
    .set((eb) => ({
      read_at: tx.now,
      trouble: 'messages',
      trouble_since: eb.case().when('trouble', '=', 'messages').then(eb.ref('trouble_since')).else(tx.now).end(),
      failures: 0,
      next_try_at: null,
    }))
    .where('id', '=', id)
    .execute();
}

const minute = 60_000;
const longestPause = 60 * minute;

/** The pause before the next try after so many failures in a row: one minute, doubled each time, an hour at most. */
export const pauseAfter = (failures: number): number =>
  Math.min(longestPause, minute * 2 ** Math.min(Math.max(failures, 1) - 1, 10));

/** Notes that a mailbox could not be read, since when, and when it is tried again. */
export async function noteMailboxTrouble(tx: Tx, id: string, trouble: MailboxTrouble): Promise<void> {
  const row = await table(tx)
    .selectFrom('mailbox')
    .select(['failures', 'trouble_since'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return;
  const failures = row.failures + 1;
  await table(tx)
    .updateTable('mailbox')
    .set({
      trouble,
      trouble_since: row.trouble_since ?? tx.now,
      failures,
      next_try_at: new Date(tx.now.getTime() + pauseAfter(failures)),
    })
    .where('id', '=', id)
    .execute();
}

/** Mailboxes in use that have not been read for `minutes` or longer because of some trouble; of these teams, or of all. */
export const neglectedMailboxes = (
  tx: Tx,
  teamIds: readonly string[] | 'every',
  minutes: number,
): Promise<Mailbox[]> => {
  let rows = table(tx)
    .selectFrom('mailbox')
    .select(columns)
    .where('disabled_at', 'is', null)
    .where('trouble_since', '<=', new Date(tx.now.getTime() - minutes * minute))
    .orderBy('trouble_since');
  if (teamIds !== 'every') {
    if (teamIds.length === 0) return Promise.resolve([]);
    rows = rows.where('team_id', 'in', [...teamIds]);
  }
  return rows.execute();
};
