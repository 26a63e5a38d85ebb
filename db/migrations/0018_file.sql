-- The file (E-Akte): one of each household. A case whose person nobody knows yet lies in a file of its own, without a household.
create table app.file (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  household_id uuid,
  opened_at timestamptz not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, household_id) references app.household (jobcenter_id, id)
);
create unique index file_of_household on app.file (jobcenter_id, household_id) where household_id is not null;
alter table app.office_case add column file_id uuid;
alter table app.office_case add foreign key (jobcenter_id, file_id) references app.file (jobcenter_id, id);
create index office_case_file on app.office_case (jobcenter_id, file_id) where file_id is not null;
create index office_case_closed on app.office_case (jobcenter_id, closed_at, id) where closed_at is not null;

-- Parts of a file that a Jobcenter added; benefits, integration and general are always there.
create table app.file_part (
  jobcenter_id uuid not null references app.jobcenter (id),
  key text not null check (key ~ '^[a-z0-9-]{1,40}$'),
  name text not null,
  created_at timestamptz not null,
  created_by text not null,
  closed_at timestamptz,
  primary key (jobcenter_id, key)
);

-- What is known of a document in its file. `by_person`: somebody has looked at kind and sender; a machine no longer changes them.
create table app.file_document (
  jobcenter_id uuid not null,
  document_id uuid not null,
  part text,
  kind text,
  sender text,
  dated_on date,
  valid_from date,
  valid_until date,
  state text not null default 'open' check (state in ('open', 'checked', 'unusable')),
  retention text,
  by_person boolean not null default false,
  copy_of uuid,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (jobcenter_id, document_id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, copy_of) references app.document (jobcenter_id, id),
  check (valid_from is null or valid_until is null or valid_from <= valid_until)
);
create index file_document_copy on app.file_document (jobcenter_id, copy_of) where copy_of is not null;

-- How a page is turned for reading; the original stays as it is.
create table app.page_turn (
  jobcenter_id uuid not null,
  document_id uuid not null,
  page integer not null,
  turn smallint not null check (turn in (0, 90, 180, 270)),
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (jobcenter_id, document_id, page),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);

-- A place on a page with what somebody noted about it. Places are parts of the page, 0 to 1, as it was read.
create table app.file_mark (
  jobcenter_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  page integer not null,
  places jsonb not null,
  note text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null,
  removed_at timestamptz,
  removed_by text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
create index file_mark_document on app.file_mark (jobcenter_id, document_id, page);

-- The trace of a document that lay in the wrong place. Never changed; it goes with the document.
create table app.file_move (
  jobcenter_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  from_part text,
  to_part text,
  from_case uuid,
  to_case uuid,
  reason text not null,
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, from_case) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, to_case) references app.office_case (jobcenter_id, id)
);
create index file_move_document on app.file_move (jobcenter_id, document_id, id);

-- How long documents of a class are kept; of several rows the newest counts. Without one the shipped rule does.
create table app.retention_rule (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  class text not null,
  years integer not null check (years between 0 and 100),
  by_itself boolean not null,
  source text not null,
  at timestamptz not null,
  actor_name text not null,
  primary key (jobcenter_id, id)
);
create index retention_rule_class on app.retention_rule (jobcenter_id, class, id desc);

-- As long as one is open, nothing of the file (or of the one document) is deleted.
create table app.legal_hold (
  jobcenter_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  document_id uuid,
  reason text not null,
  at timestamptz not null,
  actor_name text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, file_id) references app.file (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);
create index legal_hold_file on app.legal_hold (jobcenter_id, file_id) where ended_at is null;

-- Documents whose time has come: listed by night, confirmed by a person (or by the rule itself), then deleted.
create table app.deletion (
  jobcenter_id uuid not null,
  document_id uuid not null,
  case_id uuid not null,
  class text not null,
  due_on date not null,
  listed_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by text,
  deleted_at timestamptz,
  primary key (jobcenter_id, document_id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id)
);
create index deletion_open on app.deletion (jobcenter_id, due_on, document_id) where deleted_at is null;

-- A file put together for whoever may inspect it (§ 25 SGB X); its pieces are kept for some days.
create table app.file_export (
  jobcenter_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  reason text not null,
  language text not null,
  withheld jsonb not null,
  reader_role text not null check (reader_role in ('clerk', 'lead')),
  reader_id uuid not null,
  reader_teams uuid[] not null,
  actor_name text not null,
  asked_at timestamptz not null,
  made_at timestamptz,
  failed_at timestamptz,
  expires_at timestamptz not null,
  gone_at timestamptz,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, file_id) references app.file (jobcenter_id, id)
);
create index file_export_file on app.file_export (jobcenter_id, file_id, id desc);
create index file_export_kept on app.file_export (jobcenter_id, expires_at) where gone_at is null;

create table app.file_export_piece (
  jobcenter_id uuid not null,
  export_id uuid not null,
  position integer not null,
  kind text not null check (kind in ('pdf', 'zip')),
  document_id uuid not null,
  primary key (jobcenter_id, export_id, position),
  foreign key (jobcenter_id, export_id) references app.file_export (jobcenter_id, id),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);

-- What is there already. Somebody who belongs to no household is a household of one, with a file of the same id.
do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    insert into app.household (jobcenter_id, id, file_number, created_at)
      select tenant, p.id, 'A-' || upper(right(replace(p.id::text, '-', ''), 12)), p.created_at
        from app.person p
       where p.jobcenter_id = tenant and not exists (
         select from app.household_member m where m.jobcenter_id = tenant and m.person_id = p.id and m.until_day is null);
    insert into app.household_member (jobcenter_id, household_id, person_id, role, from_day)
      select tenant, p.id, p.id, 'applicant', p.created_at::date
        from app.person p join app.household h on h.jobcenter_id = tenant and h.id = p.id
       where p.jobcenter_id = tenant
      on conflict do nothing;
    update app.office_case c
       set household_id = (select m.household_id from app.household_member m
                            where m.jobcenter_id = tenant and m.person_id = c.person_id and m.until_day is null
                            order by m.from_day desc, m.household_id limit 1)
     where c.jobcenter_id = tenant and c.person_id is not null and c.household_id is null;
    insert into app.file (jobcenter_id, id, household_id, opened_at)
      select tenant, h.id, h.id, h.created_at from app.household h where h.jobcenter_id = tenant;
    insert into app.file (jobcenter_id, id, household_id, opened_at)
      select tenant, c.id, null, c.opened_at from app.office_case c where c.jobcenter_id = tenant and c.household_id is null;
    update app.office_case c set file_id = coalesce(c.household_id, c.id) where c.jobcenter_id = tenant;
  end loop;
  set local app.jobcenter = '';
end $$;

select app.protect(t) from unnest(array['app.file', 'app.file_part', 'app.file_document', 'app.page_turn', 'app.file_mark', 'app.file_move',
  'app.retention_rule', 'app.legal_hold', 'app.deletion', 'app.file_export', 'app.file_export_piece']::regclass[]) t;
