-- A code on a letter or receipt that brings papers back to the right place (Rücksende-Code). The code itself is derived from the
-- id with a key that is not in the database; what lies here is a hash of it, so that a read table opens nothing.
create table app.return_code (
  jobcenter_id uuid not null,
  id uuid not null,
  code_hash bytea not null,
  case_id uuid not null,
  required_item_id uuid,
  purpose text not null check (purpose in ('item', 'letter', 'receipt')),
  expires_on date not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, code_hash),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, required_item_id) references app.required_item (jobcenter_id, id),
  check ((purpose = 'item') = (required_item_id is not null))
);
create unique index return_code_item on app.return_code (jobcenter_id, required_item_id) where required_item_id is not null;
create unique index return_code_case on app.return_code (jobcenter_id, case_id, purpose) where required_item_id is null;
select app.protect('app.return_code');
