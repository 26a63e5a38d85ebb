-- Base row: settings, identity, audit.
create table app.jobcenter_profile (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  valid_from timestamptz not null,
  actor_name text not null,
  profile jsonb not null,
  primary key (jobcenter_id, id)
);
create index jobcenter_profile_newest on app.jobcenter_profile (jobcenter_id, valid_from desc);

-- Keys of a Jobcenter, wrapped by the master key: 'documents' (AES), 'codes' (HMAC), 'receipts' (Ed25519).
create table app.jobcenter_key (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  purpose text not null check (purpose in ('documents', 'codes', 'receipts')),
  wrapped bytea not null,
  public_jwk jsonb,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (jobcenter_id, id)
);

create table app.team (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  key text not null,
  name text not null,
  phone text not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, key)
);

create table app.staff (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  login text not null,
  name text not null,
  role text not null check (role in ('clerk', 'lead')),
  password_hash text not null,
  totp_secret bytea,
  totp_last_step bigint not null default 0,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, login)
);

create table app.staff_team (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  team_id uuid not null,
  since timestamptz not null,
  primary key (jobcenter_id, staff_id, team_id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id)
);

create table app.staff_session (
  jobcenter_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  staff_id uuid not null,
  created_at timestamptz not null,
  second_factor_at timestamptz,
  challenge text,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, token_hash),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);

create table app.passkey (
  jobcenter_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  name text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, credential_id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);

create table app.api_token (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, token_hash)
);

-- Failed (and successful) proofs of identity, to slow guessing; the subject is a keyed hash, never a name or address.
create table app.attempt (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  kind text not null,
  subject bytea not null,
  at timestamptz not null,
  primary key (jobcenter_id, id)
);
create index attempt_recent on app.attempt (jobcenter_id, kind, subject, at);

-- Append-only: UPDATE and DELETE are never granted.
create table app.audit_entry (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  case_id uuid,
  reason text,
  detail jsonb,
  primary key (jobcenter_id, id)
);
create index audit_entry_case on app.audit_entry (jobcenter_id, case_id, id) where case_id is not null;

create table app.audit_block (
  jobcenter_id uuid not null references app.jobcenter (id),
  number bigint not null,
  entries uuid[] not null,
  previous bytea not null,
  hash bytea not null,
  signature text not null,
  sealed_at timestamptz not null,
  primary key (jobcenter_id, number)
);
create index audit_block_sealed on app.audit_block (jobcenter_id, sealed_at);

select app.protect(t) from unnest(array['app.jobcenter_profile', 'app.jobcenter_key', 'app.team', 'app.staff', 'app.staff_team', 'app.staff_session',
  'app.passkey', 'app.api_token', 'app.attempt', 'app.audit_entry', 'app.audit_block']::regclass[]) t;
