-- Processes row: forms, intake, cases.
create table app.form_version (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  concern text not null,
  version integer not null,
  definition jsonb not null,
  published_at timestamptz not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, concern, version)
);

create table app.draft (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  concern text not null,
  version integer not null,
  language text not null,
  answers jsonb not null,
  token_hash bytea not null,
  resume_hash bytea,
  started_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  primary key (jobcenter_id, id)
);
create index draft_expiry on app.draft (jobcenter_id, updated_at);
create unique index draft_resume on app.draft (jobcenter_id, resume_hash) where resume_hash is not null;

create table app.draft_document (
  jobcenter_id uuid not null,
  draft_id uuid not null,
  document_id uuid not null,
  field text not null,
  added_at timestamptz not null,
  primary key (jobcenter_id, draft_id, document_id),
  foreign key (jobcenter_id, draft_id) references app.draft (jobcenter_id, id) on delete cascade,
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);

-- The office's work on one concern. person_name and birth_date are what the submission stated; person_id is set by a person.
create table app.office_case (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  number text not null,
  concern text not null,
  channel text not null,
  person_name text not null,
  birth_date date not null,
  person_id uuid,
  household_id uuid,
  team_id uuid,
  assignee_id uuid,
  state text not null check (state in ('new', 'working', 'waiting', 'decided', 'closed')),
  due_on date not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, number),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, assignee_id) references app.staff (jobcenter_id, id)
);
create index office_case_due on app.office_case (jobcenter_id, due_on, id) where closed_at is null;
create index office_case_team on app.office_case (jobcenter_id, team_id, due_on, id) where closed_at is null;
create index office_case_assignee on app.office_case (jobcenter_id, assignee_id, due_on, id) where closed_at is null and assignee_id is not null;
create index office_case_concern on app.office_case (jobcenter_id, concern, due_on, id) where closed_at is null;
create index office_case_channel on app.office_case (jobcenter_id, channel, due_on, id) where closed_at is null;
create index office_case_person on app.office_case (jobcenter_id, person_id) where person_id is not null;

-- Append-only timeline of a case; what people see as the history is written from it.
create table app.case_event (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  kind text not null,
  detail jsonb not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
create index case_event_case on app.case_event (jobcenter_id, case_id, id);

create table app.required_item (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  what text not null,
  why text not null,
  due_on date not null,
  requested_at timestamptz not null,
  requested_by uuid not null,
  fulfilled_at timestamptz,
  fulfilled_by uuid,
  withdrawn_at timestamptz,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
create index required_item_case on app.required_item (jobcenter_id, case_id);

-- Append-only: a submission is frozen as the person saw it.
create table app.submission (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  concern text not null,
  form_version integer,
  language text not null,
  channel text not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  person jsonb not null,
  answers jsonb not null,
  frozen jsonb not null,
  case_id uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
create index submission_newest on app.submission (jobcenter_id, received_at desc, id desc);
create index submission_case on app.submission (jobcenter_id, case_id);

create table app.receipt (
  jobcenter_id uuid not null,
  number text not null,
  submission_id uuid not null,
  issued_at timestamptz not null,
  payload text not null,
  signature text not null,
  primary key (jobcenter_id, number),
  unique (jobcenter_id, submission_id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id)
);

create table app.submission_document (
  jobcenter_id uuid not null,
  submission_id uuid not null,
  document_id uuid not null,
  position integer not null,
  field text not null,
  required_item_id uuid,
  primary key (jobcenter_id, submission_id, document_id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
create index submission_document_document on app.submission_document (jobcenter_id, document_id);

-- Exactly once: the first answer to a command from outside is what every retry gets.
create table app.command (
  jobcenter_id uuid not null references app.jobcenter (id),
  actor_id text not null,
  key text not null,
  request_hash bytea not null,
  result_id uuid not null,
  at timestamptz not null,
  primary key (jobcenter_id, actor_id, key)
);
create index command_age on app.command (jobcenter_id, at);

-- What a person must look at before work can go on: unknown or ambiguous person, no team, unreadable paper.
create table app.clearing_item (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  reason text not null check (reason in ('person-unknown', 'person-ambiguous', 'person-suggested', 'no-team', 'unreadable')),
  detail jsonb not null,
  raised_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  outcome text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
create index clearing_item_open on app.clearing_item (jobcenter_id, raised_at, id) where resolved_at is null;
create unique index clearing_item_once on app.clearing_item (jobcenter_id, case_id, reason) where resolved_at is null;

select app.protect(t) from unnest(array['app.form_version', 'app.draft', 'app.draft_document', 'app.office_case', 'app.case_event', 'app.required_item',
  'app.submission', 'app.receipt', 'app.submission_document', 'app.command', 'app.clearing_item']::regclass[]) t;
