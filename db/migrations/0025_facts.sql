-- What the office knows of a household: one row for each thing somebody said, showed or wrote, with its source and its day. A row is closed by
-- what came after it and never overwritten.
create table app.fact (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('member', 'reach', 'language', 'helper', 'until', 'address', 'free')),
  person_id uuid,
  person_name text not null,
  text text not null check (text <> ''),
  detail jsonb not null,
  valid_from date,
  valid_until date,
  source text not null check (source in ('person', 'staff', 'document', 'submission', 'note')),
  source_id uuid,
  source_page integer check (source_page > 0),
  source_day date not null,
  said_at timestamptz not null,
  said_by text not null,
  said_by_name text not null,
  -- Null is a suggestion: read on a page, and looked at by nobody yet.
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_by_name text,
  closed_as text check (closed_as in ('replaced', 'ended', 'wrong')),
  closed_at timestamptz,
  closed_by uuid,
  closed_by_name text,
  closed_reason text,
  replaced_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, person_id) references app.person (jobcenter_id, id),
  foreign key (jobcenter_id, confirmed_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, closed_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, replaced_by) references app.fact (jobcenter_id, id),
  check (valid_from is null or valid_until is null or valid_from <= valid_until),
  check (kind <> 'until' or valid_from is not null or valid_until is not null),
  check ((source_id is null) = (source in ('person', 'staff'))),
  check (source_page is null or source = 'document'),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check ((closed_as is null) = (closed_at is null) and (closed_as is null) = (closed_by is null)),
  check ((replaced_by is null) = (closed_as is distinct from 'replaced'))
);
create index fact_case on app.fact (jobcenter_id, case_id, id) where closed_as is null;
create index fact_replaced on app.fact (jobcenter_id, replaced_by) where replaced_by is not null;
create index fact_source on app.fact (jobcenter_id, source_id) where source_id is not null;
select app.protect('app.fact');

-- The kinds of what can be found, with this one among them, whatever other releases put there.
do $$
declare rule text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'search_entry_kind_check');
begin
  alter table app.search_entry drop constraint search_entry_kind_check;
  execute 'alter table app.search_entry add constraint search_entry_kind_check ' || replace(rule, 'ARRAY[', 'ARRAY[''fact''::text, ');
end $$;
