-- My day: follow-ups of cases, who stands in for whom, and the indexes that the lists of a day and the board of a team are read by.

-- A case that somebody wants to see again on a day, and why. staff_id is null where it is for the team; team_id is the team of the case.
create table app.follow_up (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  due_on date not null,
  reason text not null check (reason <> ''),
  topic text not null,
  waits_for text not null check (waits_for in ('us', 'person', 'colleague', 'office')),
  staff_id uuid,
  team_id uuid,
  made_at timestamptz not null,
  made_by uuid not null,
  moves integer not null check (moves >= 0),
  ended_at timestamptz,
  ended_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check ((ended_at is null) = (ended_by is null))
);
create index follow_up_case on app.follow_up (jobcenter_id, case_id, due_on, id) where ended_at is null;
create index follow_up_staff on app.follow_up (jobcenter_id, staff_id, due_on, id) where ended_at is null;
create index follow_up_team on app.follow_up (jobcenter_id, team_id, due_on, id) where ended_at is null and staff_id is null;
create index follow_up_made on app.follow_up (jobcenter_id, made_by, due_on, id) where ended_at is null;
select app.protect('app.follow_up');

-- Who stands in for whom, from when until when. Why somebody is away is nobody's business and is not kept.
create table app.substitution (
  jobcenter_id uuid not null,
  id uuid not null,
  absent_id uuid not null,
  substitute_id uuid not null,
  from_day date not null,
  until_day date not null,
  opens_circles boolean not null,
  named_at timestamptz not null,
  named_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, absent_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, substitute_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, named_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check (absent_id <> substitute_id),
  check (until_day >= from_day),
  check (not opens_circles or named_by = absent_id),
  check ((ended_at is null) = (ended_by is null))
);
create index substitution_substitute on app.substitution (jobcenter_id, substitute_id, until_day) where ended_at is null;
create index substitution_absent on app.substitution (jobcenter_id, absent_id, until_day) where ended_at is null;
create index substitution_until on app.substitution (jobcenter_id, until_day, id) where ended_at is null;
select app.protect('app.substitution');

create index required_item_open on app.required_item (jobcenter_id, due_on, id) where fulfilled_at is null and withdrawn_at is null;
create index case_event_arrived on app.case_event (jobcenter_id, at, id) where kind in ('received', 'message-in');
create index office_case_unassigned on app.office_case (jobcenter_id, team_id, due_on, id) where closed_at is null and assignee_id is null;
create index office_case_board on app.office_case (jobcenter_id, team_id, concern, state, due_on, opened_at) where closed_at is null;
