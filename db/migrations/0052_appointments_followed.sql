-- `calendar_revision` counts what changes the entry in somebody's calendar: another time, another way, called off. It is the SEQUENCE of the calendar file
-- (RFC 5545, section 3.8.7.4) and never goes down. `calendar_loaded` is the revision of the file that was fetched last, so that the portal can say that
-- a saved entry is out of date. `came_from` is the case from which an open appointment was taken along when that was emptied; it goes back with it.
alter table app.appointment
  add column calendar_revision integer,
  add column calendar_loaded integer,
  add column came_from uuid;
alter table app.appointment no force row level security;
update app.appointment set calendar_revision = moves + case when ended_as = 'called-off' then 1 else 0 end;
alter table app.appointment force row level security;
alter table app.appointment
  alter column calendar_revision set not null,
  add check (calendar_revision >= 0 and calendar_loaded between 0 and calendar_revision),
  add foreign key (jobcenter_id, came_from) references app.office_case (jobcenter_id, id);

-- The appointment that a letter invites to, where somebody chose one; otherwise it is the next one of the case.
alter table app.notice
  add column appointment_id uuid,
  add foreign key (jobcenter_id, appointment_id) references app.appointment (jobcenter_id, id);

-- Whether somebody who has their letters in the portal wants to be reminded of appointments by e-mail; in each choice of a way.
alter table app.delivery_choice add column reminders boolean not null default true;

-- What became of the reminder of an appointment, for each time that was agreed: once and only once. `sending` is written before the relay is told
-- anything; where the worker died then, nobody knows whether it went out, and it is not sent again (`unsure`).
create table app.appointment_reminder (
  jobcenter_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  starts_at timestamptz not null,
  state text not null check (state in ('sending', 'later', 'sent', 'unsure', 'failed', 'by-post', 'not-wished', 'not-theirs')),
  changed_at timestamptz not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, appointment_id, starts_at),
  foreign key (jobcenter_id, appointment_id) references app.appointment (jobcenter_id, id)
);
create index appointment_reminder_open on app.appointment_reminder (jobcenter_id, changed_at) where state in ('sending', 'later');
select app.protect('app.appointment_reminder');
