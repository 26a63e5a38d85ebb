-- Letters and notices: text blocks and templates with versions, the letters written from them, how each was sent, and the proof of it.

-- A text block, one row a version; the newest counts. A key of a shipped block takes its place. `retired`: no longer offered.
create table app.text_block (
  jobcenter_id uuid not null references app.jobcenter (id),
  key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  version integer not null check (version > 0),
  title text not null,
  body text not null,
  retired boolean not null,
  reason text not null check (reason <> ''),
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (jobcenter_id, key, version)
);

-- What a letter is begun from, one row a version: its blocks in order, whether it is a notice (§ 31 SGB X), and who must release it.
create table app.letter_template (
  jobcenter_id uuid not null references app.jobcenter (id),
  key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  version integer not null check (version > 0),
  title text not null,
  subject text not null,
  kind text not null check (kind in ('letter', 'notice')),
  discretion boolean not null,
  blocks text[] not null,
  release text not null check (release in ('always', 'above', 'never')),
  above_cents bigint not null check (above_cents >= 0),
  retired boolean not null,
  reason text not null check (reason <> ''),
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (jobcenter_id, key, version)
);

-- A letter in a case. Its words stay until it is discarded or its document is deleted. `content`: how often it was written.
create table app.notice (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('letter', 'notice')),
  template text not null,
  template_version integer not null,
  subject text not null,
  -- The subject as it stands on the paper, once it is fixed.
  title text,
  body text not null,
  result text,
  reasons text not null,
  weighing text not null,
  amount_cents bigint check (amount_cents >= 0),
  deadline date,
  recipient text not null,
  content integer not null check (content >= 0),
  begun_at timestamptz not null,
  begun_by uuid not null,
  changed_at timestamptz not null,
  document_id uuid,
  sha256 bytea,
  submitted_at timestamptz,
  submitted_by uuid,
  released_at timestamptz,
  released_by uuid,
  discarded_at timestamptz,
  way text check (way in ('portal', 'post')),
  state text not null check (state in ('draft', 'submitted', 'sent', 'discarded')),
  -- What is still to be done with a letter that was sent: tell the person by e-mail, print it, hand it to the post.
  waits_for text check (waits_for in ('notify', 'notifying', 'print', 'hand-over')),
  erased_at timestamptz,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, begun_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, submitted_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, released_by) references app.staff (jobcenter_id, id),
  check ((document_id is null) = (sha256 is null)),
  check ((state = 'submitted') <= (submitted_at is not null and document_id is not null)),
  check ((state = 'sent') = (released_at is not null)),
  check (released_at is null or (way is not null and document_id is not null)),
  check (waits_for is null or released_at is not null)
);
create index notice_case on app.notice (jobcenter_id, case_id, id);
create unique index notice_document on app.notice (jobcenter_id, document_id) where document_id is not null;
create index notice_open on app.notice (jobcenter_id, state, changed_at, id) where state in ('draft', 'submitted');
create index notice_waits on app.notice (jobcenter_id, waits_for, released_at, id) where waits_for is not null;
create index notice_decided on app.notice (jobcenter_id, released_at) where released_at is not null;

-- Who wrote in a letter: none of them may release it.
create table app.notice_author (
  jobcenter_id uuid not null,
  notice_id uuid not null,
  staff_id uuid not null,
  first_at timestamptz not null,
  primary key (jobcenter_id, notice_id, staff_id),
  foreign key (jobcenter_id, notice_id) references app.notice (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);

-- What happened to a letter, in order: the proof of how and when it was sent. Never changed.
create table app.notice_step (
  jobcenter_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  kind text not null,
  at timestamptz not null,
  -- The day it is about, where that is not the day it was written down.
  day date,
  note text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, notice_id) references app.notice (jobcenter_id, id)
);
create index notice_step_notice on app.notice_step (jobcenter_id, notice_id, id);

-- By which way the letters of a case come (§ 37 (2a) SGB X: the portal needs consent, and it can be taken back). The newest row counts.
create table app.delivery_choice (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  way text not null check (way in ('portal', 'post')),
  email text,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  check ((way = 'portal') = (email is not null))
);
create index delivery_choice_case on app.delivery_choice (jobcenter_id, case_id, id desc);

select app.protect(t) from unnest(array['app.text_block', 'app.letter_template', 'app.notice', 'app.notice_author', 'app.notice_step',
  'app.delivery_choice']::regclass[]) t;
