import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { freePort } from './free-port.ts';

const program = '/usr/sbin/dovecot';

/** Debian's dovecot; installed where it is missing and that is possible. */
function findDovecot(): string {
  if (existsSync(program) && existsSync('/usr/lib/dovecot/imap')) return program;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const run = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    run('update');
    run('install', '-y', '--no-install-recommends', 'dovecot-imapd');
    if (existsSync(program)) return program;
  }
  throw new Error('The e-mail tests need dovecot: install it ("apt-get install dovecot-imapd").');
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });

export type MailServer = {
  readonly port: number;
  readonly password: string;
  /** Puts a message into the inbox of a user, byte by byte, as a delivery agent does. */
  readonly deliver: (user: string, raw: string | Buffer) => void;
  /** Bytes of the messages in a folder of a user; without a name in the inbox. */
  readonly messages: (user: string, folder?: string) => Buffer[];
  readonly stop: () => Promise<void>;
};

/** A real IMAP server of its own on a free port of loopback, with its mail in a folder that is deleted after the test file. */
export async function startImap(port?: number): Promise<MailServer> {
  const dovecot = findDovecot();
  const folder = mkdtempSync(join(tmpdir(), 'tandem-imap-'));
  chmodSync(folder, 0o755);
  const root = process.getuid?.() === 0;
  const [uid, gid] = root ? [65_534, 65_534] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const me = userInfo().username;
  const listen = port ?? (await freePort());
  const password = randomBytes(12).toString('hex');
  const mails = join(folder, 'mail');
  mkdirSync(mails);
  chownSync(mails, uid, gid);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(
    config,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mails}/%u
first_valid_uid = 1
${root ? '' : `default_internal_user = ${me}\ndefault_login_user = ${me}\n`}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${listen}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
namespace inbox {
  inbox = yes
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mails}/%u
}
`,
  );
  const child: ChildProcess = spawn(dovecot, ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; !(await answers(listen)); tries += 1) {
    if (tries > 600 || child.exitCode !== null)
      throw new Error(
        `dovecot does not start: ${existsSync(`${folder}/log`) ? readFileSync(`${folder}/log`, 'utf8') : ''}`,
      );
    await pause(50); // until the port answers
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const place = (user: string, part: string): string => join(mails, user, part);
  let count = 0;
  return {
    port: listen,
    password,
    deliver: (user, raw) => {
      for (const part of ['', 'tmp', 'new', 'cur']) {
        mkdirSync(place(user, part), { recursive: true });
        chownSync(place(user, part), uid, gid);
      }
      count += 1;
      const name = `${1_700_000_000 + count}.M${count}P${process.pid}.test`;
      writeFileSync(place(user, join('tmp', name)), raw);
      chownSync(place(user, join('tmp', name)), uid, gid);
      renameSync(place(user, join('tmp', name)), place(user, join('new', name)));
    },
    messages: (user, name) =>
      ['new', 'cur'].flatMap((part) => {
        const here = place(user, name === undefined ? part : join(`.${name}`, part));
        return existsSync(here) ? readdirSync(here).map((file) => readFileSync(join(here, file))) : [];
      }),
    stop,
  };
}

export type Relayed = { readonly from: string; readonly to: string[]; readonly raw: string };

/** Hangs up on everybody, as a server that dies does. */
function closeAll(server: SMTPServer): void {
  for (const connection of server.connections as Set<{ _socket?: { destroy: () => void } }>)
    connection._socket?.destroy();
}

/** A relay on loopback that keeps what it gets. `refuse`: answers with this line instead of taking it; code 0 hangs up. */
export async function startRelay(): Promise<{
  readonly port: number;
  readonly taken: Relayed[];
  refuse: { code: number; text: string } | undefined;
}> {
  const taken: Relayed[] = [];
  const relay = { port: 0, taken, refuse: undefined as { code: number; text: string } | undefined };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'team' }),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (relay.refuse?.code === 0) return closeAll(server);
        if (relay.refuse !== undefined)
          return done(Object.assign(new Error(relay.refuse.text), { responseCode: relay.refuse.code }));
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((each) => each.address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined); // a client that was killed
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  relay.port = typeof address === 'object' && address !== null ? address.port : 0;
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return relay;
}
