-- The same thing twice: two submissions, or a document of each, that may be one and the same. A pair is a suggestion with its reason;
-- what people decided about it are rows of their own. Way and time of both are copied: a submission is frozen, so they never change.
create table app.twice_pair (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  earlier_submission uuid not null,
  later_submission uuid not null,
  earlier_document uuid,
  later_document uuid,
  level text not null check (level in ('same-request', 'same-bytes', 'same-document', 'same-concern')),
  score real not null check (score between 0 and 1),
  reason text not null,
  marks jsonb not null,
  method integer not null,
  found_at timestamptz not null,
  earlier_channel text not null,
  later_channel text not null,
  earlier_at timestamptz not null,
  later_at timestamptz not null,
  asked_at timestamptz,
  settled_at timestamptz,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, earlier_submission) references app.submission (jobcenter_id, id),
  foreign key (jobcenter_id, later_submission) references app.submission (jobcenter_id, id),
  foreign key (jobcenter_id, earlier_document) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, later_document) references app.document (jobcenter_id, id),
  check ((earlier_document is null) = (later_document is null))
);
create unique index twice_pair_documents on app.twice_pair (jobcenter_id, earlier_document, later_document) where earlier_document is not null;
create unique index twice_pair_submissions on app.twice_pair (jobcenter_id, earlier_submission, later_submission) where earlier_document is null;
create index twice_pair_earlier on app.twice_pair (jobcenter_id, earlier_submission);
create index twice_pair_later on app.twice_pair (jobcenter_id, later_submission);
create index twice_pair_open on app.twice_pair (jobcenter_id, found_at desc, id desc) where settled_at is null;
create index twice_pair_when on app.twice_pair (jobcenter_id, later_at);

-- Append-only: what was decided about a pair, by whom. Taking a decision back is a row as well. `moved`: the submissions that went into
-- the other case with it, so that they come back when it is taken back.
create table app.twice_decision (
  jobcenter_id uuid not null,
  id uuid not null,
  pair_id uuid not null,
  decision text not null check (decision in ('same', 'different', 'newer', 'undone')),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  moved uuid[] not null,
  moved_from uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, pair_id) references app.twice_pair (jobcenter_id, id),
  foreign key (jobcenter_id, moved_from) references app.office_case (jobcenter_id, id),
  check ((moved_from is null) = (cardinality(moved) = 0))
);
create index twice_decision_pair on app.twice_decision (jobcenter_id, pair_id, id);

-- What was looked at with which version of the method, so that a sweep finds what was missed and nothing is compared for ever.
create table app.twice_check (
  jobcenter_id uuid not null references app.jobcenter (id),
  subject_id uuid not null,
  method integer not null,
  at timestamptz not null,
  primary key (jobcenter_id, subject_id, method)
);
create index office_case_household on app.office_case (jobcenter_id, household_id) where household_id is not null;
select app.protect(t) from unnest(array['app.twice_pair', 'app.twice_decision', 'app.twice_check']::regclass[]) t;
