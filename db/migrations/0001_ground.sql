-- The ground: schema, tenant context, the table of tenants, and the outbox of jobs.
create schema if not exists app;
create schema if not exists queue;
create extension if not exists pg_trgm with schema public;

-- Enters a tenant for the running transaction; every policy compares with it. One helper, never set_config().
create function app.enter(jobcenter uuid) returns void language plpgsql as $$
begin
  execute format('set local app.jobcenter = %L', jobcenter);
end $$;

create function app.current_jobcenter() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.jobcenter', true), '')::uuid
$$;

-- Used by migrations only: switches row-level security on for a tenant table.
create function app.protect(tenant_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format('create policy tenant on %s using (jobcenter_id = app.current_jobcenter()) with check (jobcenter_id = app.current_jobcenter())', tenant_table);
end $$;

-- The tenants. A shared table: every tenant table refers to it.
create table app.jobcenter (
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  hosts text[] not null default '{}',
  is_default boolean not null default false,
  created_at timestamptz not null
);
create unique index jobcenter_one_default on app.jobcenter (is_default) where is_default;

-- Jobs that committed transactions announced; the worker moves them to its queue. Local, not tenant data: ids only.
create table queue.outbox (
  id bigint generated always as identity primary key,
  task text not null,
  payload jsonb not null,
  run_at timestamptz,
  job_key text,
  created_at timestamptz not null default now()
);
