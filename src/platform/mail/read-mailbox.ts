import { ImapFlow } from 'imapflow';
import { mailLimits } from './parse-mail.ts';
import { MailError, type MailServer, patience } from './server.ts';

/** A message that lies in the folder, known by `uid` as long as the folder's `uidValidity` stays. */
export type WaitingMail = { readonly uid: number; readonly bytes: number; readonly arrivedAt: Date };

/** An open folder of a mailbox. Reading marks nothing: only `putAway` changes what lies there. */
export type OpenMailbox = {
  readonly uidValidity: number;
  /** Messages in the folder, the oldest first, at most `most`, without those that rest; `lying`: the numbers of all that lie there. */
  readonly waiting: (
    most: number,
    resting: ReadonlySet<number>,
  ) => Promise<{ readonly mails: readonly WaitingMail[]; readonly lying: ReadonlySet<number> }>;
  /** The bytes of a message as they came; undefined when somebody took it away. `head`: its headers only. */
  readonly read: (uid: number, what: 'whole' | 'head') => Promise<Buffer | undefined>;
  /** Moves a message to the folder of those that are done. */
  readonly putAway: (uid: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Opens a folder over IMAP and makes sure that the one for finished messages exists. Throws MailError, also from the functions
 * it gives.
 */
export async function openMailbox(
  server: MailServer,
  folders: { readonly inbox: string; readonly done: string },
): Promise<OpenMailbox> {
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ...(server.security === 'none' ? { doSTARTTLS: false } : {}),
    ...(server.security === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(server.login === undefined ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    maxLiteralSize: mailLimits.bytes + 1024 * 1024,
    maxResponseSize: mailLimits.bytes + 4 * 1024 * 1024,
  });
  client.on('error', () => undefined); // told by whatever runs at the time
  const failing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new MailError(failureOf(error), { cause: error });
    }
  };
  await failing(() => client.connect());
  try {
    await failing(() => client.mailboxCreate(folders.done)); // does nothing when it is there
    const opened = await client.mailboxOpen(folders.inbox).catch((error: unknown) => {
      throw new MailError(client.usable ? 'no-folder' : failureOf(error), { cause: error });
    });
    return {
      uidValidity: Number(opened.uidValidity),
      waiting: (most, resting) => failing(() => waiting(client, most, resting)),
      read: (uid, what) => failing(() => read(client, uid, what)),
      putAway: (uid) =>
        failing(async () => {
          if ((await client.messageMove(String(uid), folders.done, { uid: true })) === false)
            throw new MailError('no-folder');
        }),
      close: async () => {
        await client.logout().catch(() => client.close());
      },
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

async function waiting(
  client: ImapFlow,
  most: number,
  resting: ReadonlySet<number>,
): Promise<{ mails: WaitingMail[]; lying: ReadonlySet<number> }> {
  const uids = (await client.search({ deleted: false }, { uid: true })) || [];
  const lying = new Set(uids);
  const wanted = uids
    .filter((uid) => !resting.has(uid))
    .sort((a, b) => a - b)
    .slice(0, most);
  if (wanted.length === 0) return { mails: [], lying };
  const found: WaitingMail[] = [];
  for await (const each of client.fetch(wanted.join(','), { uid: true, size: true, internalDate: true }, { uid: true }))
    found.push({
      uid: each.uid,
      bytes: each.size ?? 0,
      arrivedAt: each.internalDate === undefined ? new Date(0) : new Date(each.internalDate),
    });
  return { mails: found.sort((a, b) => a.uid - b.uid), lying };
}

async function read(client: ImapFlow, uid: number, what: 'whole' | 'head'): Promise<Buffer | undefined> {
  const query = what === 'whole' ? { source: true } : { headers: true };
  const found = await client.fetchOne(String(uid), query, { uid: true });
  if (found === false) return undefined;
  return what === 'whole' ? found.source : found.headers;
}

function failureOf(error: unknown): 'unreachable' | 'refused' | 'no-folder' | 'failed' {
  if (error instanceof MailError) return error.failure;
  const { authenticationFailed, code = '' } = error as { authenticationFailed?: boolean; code?: string };
  if (authenticationFailed === true) return 'refused';
  return /^(E[A-Z]+|.*_TIMEOUT|NoConnection|ClosedAfter.*|ERR_TLS.*|ERR_SSL.*|CERT_.*|DEPTH_ZERO.*|SELF_SIGNED.*|UNABLE_.*)$/.test(
    code,
  )
    ? 'unreachable'
    : 'failed';
}
