-- Post: a stack of letters (Scan-Stapel) as it came from the scanner, its pages, and the letters they make up.
create table app.scan_batch (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  document_id uuid,
  name text not null,
  source text not null check (source in ('folder', 'upload')),
  sha256 bytea not null,
  team_id uuid,
  received_on date not null,
  created_at timestamptz not null,
  created_by uuid,
  pages integer not null default 0,
  state text not null check (state in ('arrived', 'reading', 'ready', 'problem')),
  problem text,
  folder_place text,
  moved_at timestamptz,
  again integer not null default 0,
  again_at timestamptz,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, created_by) references app.staff (jobcenter_id, id),
  check ((state = 'problem') = (problem is not null))
);
-- The same stack is not taken twice; one that could not be read may come again.
create unique index scan_batch_same_bytes on app.scan_batch (jobcenter_id, sha256) where problem is null;
create index scan_batch_newest on app.scan_batch (jobcenter_id, created_at desc, id desc);
create index scan_batch_unread on app.scan_batch (jobcenter_id, id) where state in ('arrived', 'reading');

-- A letter (Schreiben) of a batch: what a machine suggests, and what a person made of it.
create table app.scan_letter (
  jobcenter_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  position integer not null,
  begins text not null,
  state text not null check (state in ('open', 'aside', 'filed')),
  version integer not null default 1,
  suggestion jsonb not null,
  doubts text[] not null default '{}',
  aside_reason text,
  submission_id uuid,
  receipt_number text,
  case_id uuid,
  filed_at timestamptz,
  filed_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, batch_id) references app.scan_batch (jobcenter_id, id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, filed_by) references app.staff (jobcenter_id, id),
  check ((state = 'filed') <= (submission_id is not null and receipt_number is not null and case_id is not null and filed_at is not null))
);
create index scan_letter_batch on app.scan_letter (jobcenter_id, batch_id, position, id);
create index scan_letter_submission on app.scan_letter (jobcenter_id, submission_id) where submission_id is not null;

-- A page of a batch. Its text lies sealed beside the batch's document; here is only what lists and splitting need.
create table app.scan_page (
  jobcenter_id uuid not null,
  batch_id uuid not null,
  page integer not null,
  state text not null check (state in ('waiting', 'read', 'failed')),
  failure text,
  width integer not null default 0,
  height integer not null default 0,
  turned smallint not null default 0,
  turn smallint not null default 0,
  blank boolean not null default false,
  separator boolean not null default false,
  signs jsonb,
  letter_id uuid,
  place integer,
  primary key (jobcenter_id, batch_id, page),
  foreign key (jobcenter_id, batch_id) references app.scan_batch (jobcenter_id, id),
  foreign key (jobcenter_id, letter_id) references app.scan_letter (jobcenter_id, id)
);
create index scan_page_letter on app.scan_page (jobcenter_id, letter_id, place) where letter_id is not null;
create index scan_page_waiting on app.scan_page (jobcenter_id, batch_id, page) where state = 'waiting';

-- Receipts that go to people by letter: printed together, marked when they are on paper.
create table app.receipt_print (
  jobcenter_id uuid not null,
  id uuid not null,
  receipt_number text not null,
  submission_id uuid not null,
  team_id uuid,
  asked_at timestamptz not null,
  asked_by uuid not null,
  printed_at timestamptz,
  printed_by uuid,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, receipt_number),
  foreign key (jobcenter_id, receipt_number) references app.receipt (jobcenter_id, number),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  foreign key (jobcenter_id, asked_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, printed_by) references app.staff (jobcenter_id, id),
  check ((printed_at is null) = (printed_by is null))
);
create index receipt_print_open on app.receipt_print (jobcenter_id, asked_at, id) where printed_at is null;

select app.protect(t) from unnest(array['app.scan_batch', 'app.scan_letter', 'app.scan_page', 'app.receipt_print']::regclass[]) t;
