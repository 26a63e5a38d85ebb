-- In which order the fields of a place on a page stand, which are hidden, and what the house calls those that come with Tandem. Each change is a
-- version, never changed; without a row the shipped order holds. With a team it holds for the cases of that team, without one for the house.
create table app.field_order (
  jobcenter_id uuid not null,
  id uuid not null,
  spot text not null check (spot in ('head', 'board', 'note', 'own-case', 'own-person', 'own-household', 'own-note')),
  team_id uuid,
  version integer not null check (version > 0),
  entries jsonb not null,
  why text not null check (why <> ''),
  at timestamptz not null,
  staff_id uuid not null,
  staff_name text not null,
  primary key (jobcenter_id, id),
  unique nulls not distinct (jobcenter_id, team_id, spot, version),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  -- What a team adds for itself is ordered for it; the house orders its own fields one by one, as versions of theirs.
  check (team_id is not null or spot not like 'own-%')
);
select app.protect('app.field_order');
