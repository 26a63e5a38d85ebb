-- What somebody checked in a case: the result and what it rests on. A later check of the same matter takes the place of an earlier one.
create table app.case_check (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  what text not null check (what <> ''),
  result text not null check (result in ('met', 'not-met', 'open')),
  source text not null check (source <> ''),
  document_id uuid,
  replaces uuid,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, replaces),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, replaces) references app.case_check (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id)
);
create index case_check_case on app.case_check (jobcenter_id, case_id, id);
select app.protect('app.case_check');
