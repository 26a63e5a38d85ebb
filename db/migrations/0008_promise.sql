-- What the office promised a person, and until when: a call back, an answer, a letter. Open ones are read by when they are due.
create table app.promise (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  what text not null,
  phone text,
  due_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid not null,
  kept_at timestamptz,
  kept_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, kept_by) references app.staff (jobcenter_id, id),
  check ((kept_at is null) = (kept_by is null))
);
create index promise_case on app.promise (jobcenter_id, case_id);
create index promise_open on app.promise (jobcenter_id, due_at, id) where kept_at is null;
select app.protect('app.promise');
