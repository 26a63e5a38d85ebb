-- Employers and network partners that a Jobcenter works with, the people there whom it may call, and which notes and proposals are about them.

-- `search` is the name and the place as they are searched for, `alike` as they are compared with others. What is really another one of the list is
-- merged into it: the row stays, and can be taken out again.
create table app.employer (
  jobcenter_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('employer', 'provider', 'network')),
  name text not null check (name <> ''),
  place text not null,
  sector text not null,
  wants text not null,
  carer_id uuid,
  search text not null,
  alike text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  merged_into uuid,
  merged_at timestamptz,
  merged_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, carer_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, changed_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, merged_into) references app.employer (jobcenter_id, id),
  foreign key (jobcenter_id, merged_by) references app.staff (jobcenter_id, id),
  check (merged_into is distinct from id),
  check ((merged_into is null) = (merged_at is null) and (merged_into is null) = (merged_by is null))
);
create index employer_list on app.employer (jobcenter_id, search, id) where merged_into is null;
create index employer_alike on app.employer (jobcenter_id, alike) where merged_into is null;
create index employer_merged on app.employer (jobcenter_id, merged_into) where merged_into is not null;
select app.protect('app.employer');

-- Somebody who works there: their name and how they are reached at work. Nothing else of them is kept, and nothing once they are deleted.
create table app.employer_contact (
  jobcenter_id uuid not null,
  id uuid not null,
  employer_id uuid not null,
  name text not null check (name <> ''),
  task text not null,
  phone text not null,
  email text not null,
  -- The day on which somebody last knew that it is so.
  confirmed_on date not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, employer_id) references app.employer (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id)
);
create index employer_contact_of on app.employer_contact (jobcenter_id, employer_id, id);
create index employer_contact_age on app.employer_contact (jobcenter_id, confirmed_on);
select app.protect('app.employer_contact');

-- A note of a case is about a talk with an employer. The note lies in the timeline, or with its circle.
create table app.employer_note (
  jobcenter_id uuid not null,
  note_id uuid not null,
  case_id uuid not null,
  employer_id uuid not null,
  linked_at timestamptz not null,
  linked_by uuid not null,
  primary key (jobcenter_id, note_id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, employer_id) references app.employer (jobcenter_id, id),
  foreign key (jobcenter_id, linked_by) references app.staff (jobcenter_id, id)
);
create index employer_note_of on app.employer_note (jobcenter_id, employer_id, note_id);
create index employer_note_case on app.employer_note (jobcenter_id, case_id);
select app.protect('app.employer_note');

-- With whom a proposal is, where somebody chose from the list; the words that were typed stay in `provider`.
alter table app.proposal add column employer_id uuid;
alter table app.proposal add foreign key (jobcenter_id, employer_id) references app.employer (jobcenter_id, id);
create index proposal_employer on app.proposal (jobcenter_id, employer_id, id) where employer_id is not null;
-- With whom a note of a circle says that somebody talked.
alter table app.circle_note add column employer text;
