-- Appointments of a case: with whom, who of the office, when, where, about what; and what the person said about one.

-- `person_id` is null where it is with the whole household, or where nobody confirmed the person yet. The instant is kept; people see German time.
-- `moves` counts how often something of it was changed; each change stands in the timeline with its reason.
create table app.appointment (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid,
  person_name text not null,
  staff_id uuid not null,
  starts_at timestamptz not null,
  minutes integer not null check (minutes between 5 and 480),
  way text not null check (way in ('office', 'phone', 'home')),
  place text not null,
  topic text not null check (topic <> ''),
  topic_name text,
  bring text not null,
  note text not null,
  moves integer not null check (moves >= 0),
  made_at timestamptz not null,
  made_by uuid not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_as text check (ended_as in ('held', 'missed', 'called-off')),
  ended_wish text check (ended_wish in ('person', 'office')),
  ended_words text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, person_id) references app.person (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_as is null)),
  check ((ended_wish is not null) = (ended_as is not distinct from 'called-off'))
);
create index appointment_case on app.appointment (jobcenter_id, case_id, starts_at, id);
create index appointment_staff on app.appointment (jobcenter_id, staff_id, starts_at, id) where ended_at is null;
create index appointment_open on app.appointment (jobcenter_id, starts_at, id) where ended_at is null;
select app.protect('app.appointment');

-- The person said that they cannot come: why, and when they could, if they want to say so. It calls nothing off; `seen_at` ends it as something to do.
create table app.appointment_answer (
  jobcenter_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  words text not null,
  other_times text not null,
  said_at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, appointment_id) references app.appointment (jobcenter_id, id),
  foreign key (jobcenter_id, seen_by) references app.staff (jobcenter_id, id),
  check ((seen_at is null) = (seen_by is null))
);
create index appointment_answer_of on app.appointment_answer (jobcenter_id, appointment_id, id);
create unique index appointment_answer_open on app.appointment_answer (jobcenter_id, appointment_id) where seen_at is null;
select app.protect('app.appointment_answer');
