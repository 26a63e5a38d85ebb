-- The index of what can be found by its words: one row for each document, submission, note, message and so on. `terms` are keyed hashes of
-- the words in their normal form; without the Jobcenter's key nobody finds out what they stand for. `circle`: only these may find it.
create table app.search_entry (
  jobcenter_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('document', 'answers', 'note', 'message', 'promise', 'request', 'decision')),
  case_id uuid not null,
  topic text not null,
  author text not null,
  at timestamptz not null,
  circle uuid[],
  method integer not null,
  terms bigint[] not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
-- The hashes lie beside the table: what is read of a hit is short, and many hits lie on one page of it.
alter table app.search_entry alter column terms set storage external;
alter table app.search_entry set (toast_tuple_target = 128);
create index search_entry_case on app.search_entry (jobcenter_id, case_id);
create index search_entry_terms on app.search_entry using gin (terms) with (gin_pending_list_limit = 1024);

-- What the running transaction looks for; nothing, and every row has it.
create function app.sought_terms() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.sought_terms', true), ''), '{}')::bigint[]
$$;
create function app.seek(sought bigint[]) returns void language plpgsql as $$
begin
  execute format('set local app.sought_terms = %L', sought);
end $$;

select app.protect('app.search_entry');
-- Under row-level security an index serves only conditions of the policies themselves and leakproof ones, and "contains" is not
-- leakproof. So the search is a policy: it narrows what the policy of the tenant lets through, and never widens it.
create policy sought on app.search_entry as restrictive for select using (terms @> app.sought_terms());
