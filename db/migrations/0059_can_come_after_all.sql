-- Somebody who said that they cannot come says that they can after all: an answer of its own, which is to be read as well. `replaced_at` is when the person
-- said something else later; what was said before stays as it was said, and only the last of it waits for somebody. The default stays for programs of the version
-- before, which may still run while this is applied: all they know is that somebody cannot come.
alter table app.appointment_answer
  add column comes boolean not null default false,
  add column replaced_at timestamptz;
alter table app.appointment_answer
  add check (not comes or (words = '' and other_times = ''));
drop index app.appointment_answer_open;
create unique index appointment_answer_open on app.appointment_answer (jobcenter_id, appointment_id)
  where seen_at is null and replaced_at is null;
