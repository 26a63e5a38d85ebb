-- Fields that a Jobcenter or a team adds without a programmer, and who approves those that ask for sensitive data.

-- Who is the data protection officer, from when until when. It opens no case.
create table app.privacy_officer (
  jobcenter_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  named_at timestamptz not null,
  named_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  check ((ended_at is null) = (ended_by is null))
);
create unique index privacy_officer_now on app.privacy_officer (jobcenter_id, staff_id) where ended_at is null;

-- A field. `key` stays whatever it is called; `current` is the version in force: without one the field exists for nobody.
create table app.own_field (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  target text not null check (target in ('case', 'person', 'household', 'note', 'form')),
  position integer not null,
  hidden boolean not null,
  current integer,
  last integer not null check (last > 0),
  made_at timestamptz not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, key)
);

-- What a field was at each of its changes, with who, when and why. `waiting` needs the officer; only its decision is ever written later.
create table app.own_field_version (
  jobcenter_id uuid not null,
  field_id uuid not null,
  version integer not null check (version > 0),
  change text not null check (change in ('made', 'changed', 'hidden', 'shown', 'moved', 'imported')),
  state text not null check (state in ('live', 'waiting', 'refused', 'replaced')),
  definition jsonb not null,
  position integer not null,
  hidden boolean not null,
  why text not null,
  at timestamptz not null,
  staff_id uuid not null,
  staff_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_name text,
  decided_why text,
  primary key (jobcenter_id, field_id, version),
  foreign key (jobcenter_id, field_id) references app.own_field (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, decided_by) references app.staff (jobcenter_id, id),
  check (decided_by is null or decided_by <> staff_id)
);
create index own_field_version_waiting on app.own_field_version (jobcenter_id, at, field_id) where state = 'waiting';

-- What stands in a field of one case, person, household or note. `version` counts how often it was written, as in field_version.
create table app.own_field_value (
  jobcenter_id uuid not null,
  id uuid not null,
  field_id uuid not null,
  subject_type text not null check (subject_type in ('case', 'person', 'household', 'note')),
  subject_id uuid not null,
  value jsonb,
  version integer not null check (version > 0),
  definition_version integer not null,
  written_at timestamptz not null,
  written_by text not null,
  written_name text not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, subject_id, field_id),
  foreign key (jobcenter_id, field_id) references app.own_field (jobcenter_id, id)
);
create index own_field_value_field on app.own_field_value (jobcenter_id, field_id, id);

-- Every value that stood there, until the value is deleted.
create table app.own_field_past (
  jobcenter_id uuid not null,
  value_id uuid not null,
  version integer not null,
  value jsonb,
  definition_version integer not null,
  written_at timestamptz not null,
  written_by text not null,
  written_name text not null,
  primary key (jobcenter_id, value_id, version),
  foreign key (jobcenter_id, value_id) references app.own_field_value (jobcenter_id, id)
);

select app.protect(t) from unnest(array['app.privacy_officer', 'app.own_field', 'app.own_field_version', 'app.own_field_value',
  'app.own_field_past']::regclass[]) t;
