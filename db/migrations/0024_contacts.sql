-- Notes of conversations: their topics, and notes for a named circle of staff. What everybody who sees a case may read stands in its timeline.

-- What a Jobcenter says about a topic; of several rows of one key the newest counts, the others are the history. No name: as shipped.
create table app.note_topic (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  key text not null check (key <> ''),
  name text check (name <> ''),
  closed boolean not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_name text not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, actor_id) references app.staff (jobcenter_id, id)
);

-- A circle is a named set of staff. Nobody else learns what its members wrote, or that they did.
create table app.circle (
  jobcenter_id uuid not null,
  id uuid not null,
  name text not null check (name <> ''),
  made_at timestamptz not null,
  made_by uuid not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, closed_by) references app.staff (jobcenter_id, id),
  check ((closed_at is null) = (closed_by is null))
);
create unique index circle_name on app.circle (jobcenter_id, lower(name)) where closed_at is null;

create table app.circle_member (
  jobcenter_id uuid not null,
  id uuid not null,
  circle_id uuid not null,
  staff_id uuid not null,
  joined_at timestamptz not null,
  joined_by uuid not null,
  left_at timestamptz,
  left_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, circle_id) references app.circle (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, joined_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, left_by) references app.staff (jobcenter_id, id),
  check ((left_at is null) = (left_by is null))
);
create unique index circle_member_now on app.circle_member (jobcenter_id, circle_id, staff_id) where left_at is null;
create index circle_member_staff on app.circle_member (jobcenter_id, staff_id) where left_at is null;

-- A note for a circle. It is never changed: a correction is a note of its own that names the one it corrects.
create table app.circle_note (
  jobcenter_id uuid not null,
  id uuid not null,
  circle_id uuid not null,
  case_id uuid not null,
  text text not null check (text <> ''),
  topic text not null,
  topic_name text,
  person_id uuid,
  person_name text not null,
  way text check (way in ('in-person', 'phone', 'video', 'message')),
  on_day date,
  corrects uuid,
  written_at timestamptz not null,
  author_id uuid not null,
  author_name text not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, circle_id) references app.circle (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, person_id) references app.person (jobcenter_id, id),
  foreign key (jobcenter_id, corrects) references app.circle_note (jobcenter_id, id),
  foreign key (jobcenter_id, author_id) references app.staff (jobcenter_id, id)
);
create index circle_note_case on app.circle_note (jobcenter_id, case_id, id desc);

create index case_event_note on app.case_event (jobcenter_id, case_id, id desc) where kind = 'note';

-- Whoever asks for a file may want the notes of their own circles in it; then nobody but they take it away.
alter table app.file_export add column circles boolean not null default false;
-- What a hit is narrowed to are circles now, and not people: a circle changes its people without touching the index.
comment on column app.search_entry.circle is 'circles, of which whoever finds it must belong to one; null for everybody who may open the case';

select app.protect(t) from unnest(array['app.note_topic', 'app.circle', 'app.circle_member', 'app.circle_note']::regclass[]) t;
