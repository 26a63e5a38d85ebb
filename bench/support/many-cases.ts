import pg from 'pg';
import { searchable } from '../../src/modules/people/index.ts';
import type { Installation } from '../../test/proof/support/installation.ts';

const portion = 50_000;

/** Family name and given name. */
export type FullName = readonly [familyName: string, givenName: string];
const plainNames = (): FullName[] => Array.from({ length: 5_000 }, (_, n) => [`Muster${n}`, 'Mika']);

/**
 * Brings the first Jobcenter to this number of cases, past the application: one in five closed, deadlines over 400 days, spread
 * over teams, staff, concerns and channels, each with its first event; of people with these names, of whom nobody has confirmed yet.
 */
export async function fillCases(
  { postgres, tenants }: Installation,
  wanted: number,
  names: readonly FullName[] = plainNames(),
): Promise<void> {
  const found = names.map((name) => searchable(...name));
  const [{ jobcenter, teams, staff, clerk }] = tenants;
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica'); // the rows are made here, their references hold
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from app.office_case where jobcenter_id = $1',
      [jobcenter.id],
    );
    for (let from = rows[0]?.count ?? 0; from < wanted; from += portion) {
      await client.query(insert, [
        jobcenter.id,
        from,
        Math.min(wanted, from + portion) - 1,
        teams,
        [staff.id, clerk.id],
        names.map((name) => name.join(', ')),
        found.map(({ search }) => search),
        found.map(({ sound }) => sound),
      ]);
    }
    await client.query('vacuum analyze app.office_case');
    await client.query('vacuum analyze app.case_event');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

const insert = `
  with made as (
    insert into app.office_case (jobcenter_id, id, number, concern, channel, person_name, person_search, person_sound, birth_date, team_id, assignee_id, state, due_on, opened_at, changed_at, closed_at)
    select $1, uuidv7(), 'V-' || upper(to_hex(n / 65536 + 4096)) || '-' || upper(to_hex(n % 65536 + 65536)),
      (array['erstantrag', 'weiterbewilligung', 'unterlagen', 'krankmeldung', 'umzug', 'wohnkosten', 'arbeitsaufnahme'])[1 + n % 7],
      (array['portal', 'portal', 'portal', 'counter', 'post', 'email', 'phone', 'api'])[1 + n % 8],
      who.name, who.search, who.sound, date '1960-01-01' + n % 15000, ($4::uuid[])[1 + n % array_length($4::uuid[], 1)],
      case when n % 3 = 0 then ($5::uuid[])[1 + n % 2] end,
      case when n % 5 = 0 then 'closed' else (array['new', 'working', 'waiting', 'decided'])[1 + (n / 5) % 4] end,
      current_date - 30 + (n::bigint * 7919 % 400)::int, now() - (n % 500) * interval '1 day', now(), case when n % 5 = 0 then now() end
    from generate_series($2::int, $3::int) n
    join unnest($6::text[], $7::text[], $8::text[]) with ordinality who(name, search, sound, at) on who.at = 1 + n % cardinality($6::text[])
    order by n
    returning id, opened_at
  )
  insert into app.case_event (jobcenter_id, id, case_id, at, actor_kind, actor_id, actor_name, kind, detail)
  select $1, uuidv7(), id, opened_at, 'client', 'client', 'client', 'received', '{"channel": "portal", "documents": 0, "supplement": false}' from made`;
