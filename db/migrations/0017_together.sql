-- Several people in one case: who wrote a field last, who is there, what somebody has typed and not sent, and announced updates.

-- One row for each field of a thing that was ever written: how often, and by whom last. The value itself lies with its owner.
create table app.field_version (
  jobcenter_id uuid not null,
  subject_id uuid not null,
  field text not null,
  version integer not null,
  writer_kind text not null,
  writer_id text not null,
  writer_name text not null,
  written_at timestamptz not null,
  primary key (jobcenter_id, subject_id, field)
);
select app.protect('app.field_version');

-- An open window of a case. A row that was not seen for half a minute counts as gone, whatever became of its window.
create table app.presence (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  staff_id uuid not null,
  staff_name text not null,
  part text not null,
  seen_at timestamptz not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id) on delete cascade,
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
create index presence_case on app.presence (jobcenter_id, case_id);
create index presence_staff on app.presence (jobcenter_id, staff_id);
create index presence_seen on app.presence (jobcenter_id, seen_at);
select app.protect('app.presence');

-- What a member of staff has typed into a form and not sent: one for each person and place, sealed, with an end.
create table app.staff_draft (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  place text not null,
  page text not null,
  sealed bytea not null,
  saved_at timestamptz not null,
  primary key (jobcenter_id, staff_id, place),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
create index staff_draft_saved on app.staff_draft (jobcenter_id, saved_at);
select app.protect('app.staff_draft');

-- Updates that an operator announced to the staff.
create table app.announcement (
  jobcenter_id uuid not null,
  id uuid not null,
  text text not null,
  at timestamptz not null,
  ends_at timestamptz not null,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (jobcenter_id, id),
  check (ends_at > at)
);
create index announcement_open on app.announcement (jobcenter_id, ends_at) where withdrawn_at is null;
select app.protect('app.announcement');
