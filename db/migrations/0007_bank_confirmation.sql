-- An account number that came by a way a stranger could have used takes effect only when it was confirmed: at the counter with an
-- identity document, or with a code that went by post to the address in the file.
create table app.bank_confirmation (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  submission_id uuid not null,
  raised_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_way text check (confirmed_way in ('counter', 'letter-code')),
  confirmed_by text,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, submission_id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id),
  check ((confirmed_at is null) = (confirmed_way is null) and (confirmed_at is null) = (confirmed_by is null))
);
create index bank_confirmation_case on app.bank_confirmation (jobcenter_id, case_id);
select app.protect('app.bank_confirmation');
