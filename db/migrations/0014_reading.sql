-- What was read in a document: when, by which method, and how far. Words and page pictures lie sealed beside the document.
create table app.document_reading (
  jobcenter_id uuid not null,
  document_id uuid not null,
  method integer not null,
  state text not null check (state in ('read', 'partly', 'unreadable')),
  pages integer not null,
  problem text check (problem in ('timeout', 'memory', 'broken', 'too-many-pages')),
  read_at timestamptz not null,
  primary key (jobcenter_id, document_id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
create index document_reading_method on app.document_reading (jobcenter_id, method, document_id);

-- Keyed hashes of what tells a page apart (numbers, dates, amounts, names): whoever shares several may be the same paper.
-- Without the Jobcenter's key nobody finds out what they stand for.
create table app.page_mark (
  jobcenter_id uuid not null,
  mark bigint not null,
  document_id uuid not null,
  page integer not null,
  primary key (jobcenter_id, mark, document_id, page),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
create index page_mark_document on app.page_mark (jobcenter_id, document_id);

select app.protect(t) from unnest(array['app.document_reading', 'app.page_mark']::regclass[]) t;
