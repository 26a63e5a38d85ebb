import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { projectPath } from '../platform/env/project.ts';
import { OperatorError } from './child.ts';

const lock = 4_917_202_611; // any fixed number: one migrator at a time

/**
 * Brings the schema up to date: numbered SQL files, forward only, each in its own transaction, then the grants of the
 * application role and the queue's own schema. Throws when an applied file was changed afterwards. `only`: just these files,
 * as a restore needs them that loads rows of an older schema; the rest follows by a second call.
 */
export async function migrate(options: {
  ownerUrl: string;
  appRole: string;
  only?: ReadonlySet<string>;
}): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query(
      'create table if not exists public.migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    const applied = await applyFiles(client, options.only);
    if (options.only !== undefined) return { applied };
    await grant(client, options.appRole);
    await runMigrations({ connectionString: options.ownerUrl, logger: undefined as never });
    return { applied };
  } finally {
    await client.end();
  }
}

async function applyFiles(client: pg.Client, only?: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from public.migration');
  const known = new Map(rows.map((row) => [row.name, row.sha256]));
  const applied: string[] = [];
  for (const file of globSync('*.sql', { cwd: projectPath('db/migrations') }).sort()) {
    if (only !== undefined && !only.has(basename(file))) continue;
    const sql = readFileSync(projectPath('db/migrations', file), 'utf8');
    const hash = createHash('sha256').update(sql).digest('hex');
    const before = known.get(basename(file));
    if (before === hash) continue;
    if (before !== undefined)
      throw new OperatorError(`The migration ${file} was changed after it had been applied. Add a new file instead.`);
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into public.migration (name, sha256) values ($1, $2)', [basename(file), hash]);
    await client.query('commit');
    applied.push(file);
  }
  return applied;
}

async function grant(client: pg.Client, role: string): Promise<void> {
  const sql = readFileSync(projectPath('db/grants.sql'), 'utf8').replaceAll('%I', `"${role.replaceAll('"', '""')}"`);
  await client.query(`begin; ${sql}; commit`);
}
