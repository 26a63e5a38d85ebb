import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hmac, open, type Secret, seal, sha256 } from '../../platform/crypto/index.ts';

/** One line of what somebody needs today although the database is away. Times are ISO instants, days ISO days. */
export type OutageRow = {
  readonly kind: 'appointment' | 'promise' | 'follow-up' | 'call' | 'due';
  readonly person: string;
  readonly number: string;
  readonly what: string;
  readonly phone?: string;
  readonly dueAt?: string;
  readonly dueOn?: string;
  /** Of an appointment: how long, where, about what (a topic of the house), and who holds it where it is somebody else. */
  readonly minutes?: number;
  readonly way?: 'office' | 'phone' | 'home';
  readonly place?: string;
  readonly topic?: string;
  readonly holder?: string;
  /** The person said that they cannot come, and nobody has answered: nobody needs to wait for them, and somebody should call. */
  readonly cannotCome?: true;
};

/** The list of one running session, as it was saved. */
export type OutageList = {
  readonly staffId: string;
  readonly staffName: string;
  readonly savedAt: string;
  /** The session ends at this instant, by the rules of sessions. */
  readonly expiresAt: string;
  readonly rows: readonly OutageRow[];
};

/** That a saved list was looked at while nobody could record it: written down beside it, and into the log of looks afterwards. */
export type OutageLook = {
  readonly staffId: string;
  readonly staffName: string;
  readonly at: string;
  readonly rows: number;
};

/**
 * Lists that are read while the database is away: one sealed file for each running session, found and opened by the token of that
 * session alone. Whoever signs out, is locked out or stays away has no file any more at the next saving.
 */
export type OutageFolder = {
  /** Replaces everything of a Jobcenter: lists of the sessions that run now, by the hash of their token. */
  readonly save: (jobcenterId: string, lists: ReadonlyMap<string, OutageList>) => Promise<void>;
  /** The list of the session of a token, if there is one and it has not run out. */
  readonly find: (jobcenterId: string, token: string, now: Date) => Promise<OutageList | undefined>;
  readonly remove: (jobcenterId: string, token: string) => Promise<void>;
  readonly noteLook: (jobcenterId: string, name: string, look: OutageLook) => Promise<void>;
  /** Hands over the looks that were noted, one after the other; each is forgotten when `record` has recorded it. */
  readonly takeLooks: (jobcenterId: string, record: (look: OutageLook) => Promise<void>) => Promise<void>;
};

/** Opens the folder; it is made when something is first saved, for its owner only. */
export function openOutageFolder(folder: string, key: Secret): OutageFolder {
  const lists = (jobcenterId: string) => join(folder, jobcenterId, 'lists');
  const looks = (jobcenterId: string) => join(folder, jobcenterId, 'looks');
  const nameOf = (tokenHash: Uint8Array): string => hmac(key, tokenHash).toString('hex').slice(0, 40);
  const keyOf = (tokenHash: Uint8Array): Secret => hmac(key, Buffer.concat([Buffer.from('seal '), tokenHash]));
  const context = (jobcenterId: string): string => `outage list ${jobcenterId}`;
  return {
    save: async (jobcenterId, all) => {
      const kept = new Set<string>();
      for (const [tokenHash, list] of all) {
        const hash = Buffer.from(tokenHash, 'hex');
        const sealed = seal(keyOf(hash), Buffer.from(JSON.stringify(list)), context(jobcenterId));
        kept.add(nameOf(hash));
        await replace(lists(jobcenterId), nameOf(hash), sealed);
      }
      for (const name of await names(lists(jobcenterId)))
        if (!kept.has(name)) await rm(join(lists(jobcenterId), name), { force: true });
    },
    find: async (jobcenterId, token, now) => {
      const hash = sha256(token);
      const sealed = await readFile(join(lists(jobcenterId), nameOf(hash))).catch(() => undefined);
      if (sealed === undefined) return undefined;
      const list = JSON.parse(open(keyOf(hash), sealed, context(jobcenterId)).toString()) as OutageList;
      return new Date(list.expiresAt) > now ? list : undefined;
    },
    remove: (jobcenterId, token) => rm(join(lists(jobcenterId), nameOf(sha256(token))), { force: true }),
    noteLook: (jobcenterId, name, look) =>
      replace(looks(jobcenterId), name, seal(key, Buffer.from(JSON.stringify(look)), context(jobcenterId))),
    takeLooks: async (jobcenterId, record) => {
      for (const name of (await names(looks(jobcenterId))).sort()) {
        const file = join(looks(jobcenterId), name);
        const sealed = await readFile(file).catch(() => undefined); // another process was faster
        if (sealed === undefined) continue;
        await record(JSON.parse(open(key, sealed, context(jobcenterId)).toString()) as OutageLook);
        await rm(file, { force: true });
      }
    },
  };
}

/** Complete before it is visible: a crash in between leaves the older file. */
async function replace(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temp = join(folder, `.${name}.${process.pid}`);
  await writeFile(temp, bytes, { mode: 0o600 });
  await rename(temp, join(folder, name));
}

const names = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
