-- Three ways of working: which view of a case somebody chose, and what each view shows in this Jobcenter.

create table app.work_view_choice (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  case_id uuid not null,
  view text not null check (view in ('administrative', 'placement', 'social')),
  chosen_at timestamptz not null,
  primary key (jobcenter_id, staff_id, case_id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id) on delete cascade
);
create index work_view_choice_last on app.work_view_choice (jobcenter_id, staff_id, chosen_at);
create index work_view_choice_case on app.work_view_choice (jobcenter_id, case_id);
select app.protect('app.work_view_choice');

-- What a view shows: every change is a version of its own, none is ever changed. Without a row the shipped order holds. With a team it
-- holds for the cases of that team only.
create table app.work_view_rule (
  jobcenter_id uuid not null,
  id uuid not null,
  view text not null check (view in ('administrative', 'placement', 'social')),
  version integer not null check (version > 0),
  blocks jsonb not null,
  valid_from date not null,
  team_id uuid,
  reason text not null check (reason <> ''),
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, view, version),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id)
);
select app.protect('app.work_view_rule');
