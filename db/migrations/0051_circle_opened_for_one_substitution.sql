-- A circle is opened for one substitution and for no later one of the same two people: when it ends, early or by its day, so does the opening.
alter table app.circle_opening add column substitution_id uuid;

-- What was opened holds for the substitution that ran then, also where that has ended meanwhile.
alter table app.circle_opening no force row level security;
alter table app.substitution no force row level security;
update app.circle_opening o set substitution_id = (
    select s.id from app.substitution s
    where s.jobcenter_id = o.jobcenter_id and s.absent_id = o.absent_id and s.substitute_id = o.substitute_id
      and s.until_day = o.until_day and s.named_at <= o.opened_at and (s.ended_at is null or s.ended_at >= o.opened_at)
    order by s.id desc limit 1);
delete from app.circle_opening where substitution_id is null;
alter table app.substitution force row level security;
alter table app.circle_opening force row level security;

alter table app.circle_opening
  alter column substitution_id set not null,
  add foreign key (jobcenter_id, substitution_id) references app.substitution (jobcenter_id, id),
  add unique (jobcenter_id, circle_id, substitution_id),
  drop constraint circle_opening_jobcenter_id_circle_id_absent_id_substitute__key;
