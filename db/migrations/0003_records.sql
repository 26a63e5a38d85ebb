-- Records row: people, documents, files.
create table app.household (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  file_number text not null,
  created_at timestamptz not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, file_number)
);

create table app.person (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  family_name text not null,
  given_name text not null,
  birth_date date not null,
  phone text,
  email text,
  address jsonb,
  search text not null,
  created_at timestamptz not null,
  primary key (jobcenter_id, id)
);
create index person_birth on app.person (jobcenter_id, birth_date, search);
create index person_search on app.person (jobcenter_id, search text_pattern_ops);

create table app.household_member (
  jobcenter_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  role text not null,
  from_day date not null,
  until_day date,
  primary key (jobcenter_id, household_id, person_id),
  foreign key (jobcenter_id, household_id) references app.household (jobcenter_id, id),
  foreign key (jobcenter_id, person_id) references app.person (jobcenter_id, id)
);
create index household_member_person on app.household_member (jobcenter_id, person_id);

-- A document's bytes lie in the blob store under its own key; without the wrapped key they are noise.
create table app.document (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  name text not null,
  media_type text not null,
  pages integer not null,
  bytes bigint not null,
  sha256 bytea not null,
  blob text not null,
  key_id uuid,
  wrapped_key bytea,
  created_at timestamptz not null,
  unreadable_at timestamptz,
  erased_at timestamptz,
  primary key (jobcenter_id, id)
);
create index document_same_bytes on app.document (jobcenter_id, sha256);

select app.protect(t) from unnest(array['app.household', 'app.person', 'app.household_member', 'app.document']::regclass[]) t;
