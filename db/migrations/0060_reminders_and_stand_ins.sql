-- Whoever gets letters by post can wish to be reminded of appointments by e-mail as well: then the address is kept for that, and only then. Nobody has
-- reminders who did not say so; those who had them keep them.
alter table app.delivery_choice drop constraint delivery_choice_check;
alter table app.delivery_choice
  alter column reminders drop default,
  add constraint delivery_choice_email check (case way when 'portal' then email is not null else email is null or reminders end);

-- From whom somebody took an appointment over who stood in for them and saw its case by that alone; null where they see it anyway. As long as the
-- substitution lasts they see the case by it.
alter table app.appointment
  add column taken_from uuid,
  add foreign key (jobcenter_id, taken_from) references app.staff (jobcenter_id, id);
create index appointment_taken_from on app.appointment (jobcenter_id, taken_from) where ended_at is null and taken_from is not null;
