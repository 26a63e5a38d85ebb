import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { randomSecret, sha256 } from '../crypto/index.ts';
import { codeOf, orNothing, PostgresError } from './error.ts';
import { canUse, type PgUser, passable, pgUser, runningAsRoot } from './user.ts';

/** Where PostgreSQL keeps its things for one data folder. */
export type Home = {
  readonly user: PgUser;
  /** Folder that belongs to PostgreSQL's user: `data` (the cluster), `log`, and temporary folders of initdb. */
  readonly folder: string;
  /** True when it had to lie outside the data folder. */
  readonly moved: boolean;
  readonly cluster: string;
  /** Where a copy of the programs may go. */
  readonly copies: string;
  readonly passwords: Readonly<Record<Role, string>>;
};

export type Role = 'superuser' | 'owner' | 'app';

const password = z.string().regex(/^[0-9a-f]{48}$/);
const record = z.object({
  home: z.string().startsWith('/').optional(),
  superuser: password,
  owner: password,
  app: password,
});
type HomeRecord = z.infer<typeof record>;

/** Outside the data folder, for a root whose folders nobody else may enter. */
const OUTSIDE = '/var/lib/tandem';

/**
 * The home of the cluster of a data folder, made on the first start. Passwords, and where the cluster lies when it
 * cannot lie in the data folder, are one file that is made in one step: of two first starts one makes it, both read it.
 */
export function openHome(dataDir: string, throwaway: boolean): Home {
  // Root: passable for PostgreSQL's user but not listable; each folder below has its own rights.
  passable(dataDir);
  const base = realpathSync(dataDir);
  const file = join(base, 'postgres.json');
  const known = readRecord(file) ?? createRecord(file, base, throwaway);
  const place = known.home ?? join(base, 'postgres');
  const user = pgUser(join(place, 'data'));
  mkdirFor(user, place);
  const folder = realpathSync(place);
  if (!canUse(user, folder)) {
    throw new PostgresError(
      `The account number ${user.uid}, under which PostgreSQL runs, cannot enter ${folder}; open the folders above for it (chmod o+x), or move TANDEM_DATA.`,
    );
  }
  const moved = known.home !== undefined;
  if (moved) claim(folder, base);
  return {
    user,
    folder,
    moved,
    cluster: join(folder, 'data'),
    copies: moved ? OUTSIDE : folder,
    passwords: known,
  };
}

function readRecord(file: string): HomeRecord | undefined {
  const text = orNothing(() => readFileSync(file, 'utf8'));
  if (text === undefined) {
    if (existsSync(file)) {
      throw new PostgresError(
        `${file} cannot be read with this account; start Tandem with the account that made it, or as root.`,
      );
    }
    return undefined;
  }
  try {
    return record.parse(JSON.parse(text));
  } catch {
    throw new PostgresError(`${file} holds the database's passwords and is damaged; restore it from a backup.`);
  }
}

function createRecord(file: string, base: string, throwaway: boolean): HomeRecord {
  const inside = join(base, 'postgres');
  if (existsSync(join(inside, 'data'))) {
    throw new PostgresError(
      `There is a database in ${inside} but its passwords are gone; restore ${file} from a backup.`,
    );
  }
  const secret = () => randomSecret(24).toString('hex');
  const fresh: HomeRecord = { superuser: secret(), owner: secret(), app: secret() };
  const user = pgUser(join(inside, 'data'));
  mkdirFor(user, inside);
  const home = canUse(user, inside) ? undefined : outside(user, base, throwaway);
  return writeOnce(file, home ? { home, ...fresh } : fresh);
}

function outside(user: PgUser, base: string, throwaway: boolean): string {
  rmSync(join(base, 'postgres'), { recursive: true, force: true });
  const parent = throwaway ? tmpdir() : OUTSIDE;
  passable(parent);
  // A name of its own each time: whoever deletes the data folder starts anew, and never meets an old database.
  const folder = mkdtempSync(join(parent, `${shortHash(base)}-`));
  chownSync(folder, user.uid, user.gid);
  return folder;
}

/**
 * Note in a home outside to which data folder it belongs. A copied data folder points to the same home, and two
 * installations would write into one database: refused. A data folder that was moved takes its home along.
 */
function claim(folder: string, base: string): void {
  const note = join(folder, 'belongs-to');
  const owner = orNothing(() => readFileSync(note, 'utf8'))?.trim();
  if (owner === base) return;
  if (owner && orNothing(() => readFileSync(join(owner, 'postgres.json'), 'utf8'))?.includes(folder)) {
    throw new PostgresError(
      `The data folder ${base} is a copy of ${owner}, and both point to the database in ${folder}; start Tandem from the first, or restore a backup into an empty data folder.`,
    );
  }
  writeFileSync(note, `${base}\n`, { mode: 0o600 });
}

/** Complete on disk before it has its name; the first writer wins. */
function writeOnce(file: string, content: HomeRecord): HomeRecord {
  const temp = `${file}.${process.pid}.${randomSecret(4).toString('hex')}`;
  const handle = openSync(temp, 'wx', 0o600);
  writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(temp, file);
    return content;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (content.home) rmSync(content.home, { recursive: true, force: true });
    return readRecord(file) as HomeRecord;
  } finally {
    rmSync(temp, { force: true });
  }
}

/** Make a folder that belongs to PostgreSQL's user alone. */
function mkdirFor(user: PgUser, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runningAsRoot()) chownSync(folder, user.uid, user.gid);
}

/** A socket's path may have 107 bytes, and PostgreSQL and libpq give a meaning to commas and quotes. */
const MAX_FOLDER = 107 - '/.s.PGSQL.5432.lock'.length;

/** The folder of the socket: inside the home where its name is short and plain, otherwise a short name elsewhere. */
export function socketFolder({ user, folder }: Home): string {
  const inside = join(folder, 'socket');
  if (inside.length <= MAX_FOLDER && /^[\w./+-]+$/.test(inside)) {
    mkdirFor(user, inside);
    return inside;
  }
  const parent = runningAsRoot() ? '/run' : '/tmp';
  const named = join(parent, `tandem-${shortHash(folder)}`);
  const own = (path: string): string => {
    if (runningAsRoot()) chownSync(path, user.uid, user.gid);
    chmodSync(path, 0o700);
    return path;
  };
  try {
    mkdirSync(named, { mode: 0o700 });
    return own(named);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const found = lstatSync(named);
    if (found.isDirectory() && found.uid === user.uid && (found.mode & 0o077) === 0) return named;
    // Somebody else was there first, perhaps on purpose: never a socket in a folder that is not ours.
    return own(mkdtempSync(`${named}-`));
  }
}

const shortHash = (text: string): string => sha256(text).toString('hex').slice(0, 12);
