-- By which method facts were read on a paper: after an update only those are read for facts again that are behind. Without a row it was before there
-- were numbers.
create table app.facts_read (
  jobcenter_id uuid not null,
  document_id uuid not null,
  method integer not null check (method > 0),
  read_at timestamptz not null,
  primary key (jobcenter_id, document_id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
select app.protect('app.facts_read');
