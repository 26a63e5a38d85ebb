import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';

/** A tenant: one municipal Jobcenter (zugelassener kommunaler Träger, § 6a SGB II). */
export type Jobcenter = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly isDefault: boolean;
  /** Set for a practice Jobcenter: whose staff practise in it. Everything in it is invented. */
  readonly practiceOf?: string | null;
};

/** All Jobcenters of this installation, by host name, key and id. */
export type Directory = {
  /** The Jobcenter that answers to a host name (without port), or the default one; undefined when there is none yet. */
  readonly forHost: (host: string) => Promise<Jobcenter | undefined>;
  readonly byKey: (key: string) => Promise<Jobcenter | undefined>;
  readonly byId: (id: string) => Promise<Jobcenter | undefined>;
  /** The practice Jobcenter of one, if it has one. */
  readonly practiceFor: (id: string) => Promise<Jobcenter | undefined>;
  readonly all: () => Promise<readonly Jobcenter[]>;
};

const freshFor = 10_000;

/** Reads the tenants when asked and keeps them for ten seconds: every request needs them, they hardly ever change. */
export function openDirectory(database: Database, clock: Clock): Directory {
  let known: { readonly at: number; readonly list: Promise<readonly Jobcenter[]> } | undefined;
  const all = (): Promise<readonly Jobcenter[]> => {
    const at = clock.now().getTime();
    if (known !== undefined && at - known.at < freshFor) return known.list;
    const list = readJobcenters(database);
    list.catch(() => {
      known = undefined;
    });
    known = { at, list };
    return list;
  };
  return {
    all,
    forHost: async (host) => {
      const list = await all();
      return list.find((j) => j.hosts.includes(host.toLowerCase())) ?? list.find((j) => j.isDefault);
    },
    byKey: async (key) => (await all()).find((j) => j.key === key),
    byId: async (id) => (await all()).find((j) => j.id === id),
    practiceFor: async (id) => (await all()).find((j) => j.practiceOf === id),
  };
}

/** All tenants as they are now, past what a directory remembers. */
export const readJobcenters = (database: Database): Promise<readonly Jobcenter[]> =>
  database.shared<Jobcenter>(
    'select id, key, name, hosts, is_default as "isDefault", practice_of as "practiceOf" from app.jobcenter order by key',
  );

/** Adds a tenant; runs as the owner of the tables, because the application may not create tenants. */
export async function createJobcenter(
  owner: { query(text: string, values: unknown[]): Promise<unknown> },
  jobcenter: Jobcenter,
  now: Date,
): Promise<void> {
  await owner.query(
    'insert into app.jobcenter (id, key, name, hosts, is_default, created_at, practice_of) values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing',
    [
      jobcenter.id,
      jobcenter.key,
      jobcenter.name,
      jobcenter.hosts,
      jobcenter.isDefault,
      now,
      jobcenter.practiceOf ?? null,
    ],
  );
}
