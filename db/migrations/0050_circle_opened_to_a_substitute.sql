-- A member of a circle lets somebody read along who stands in for another member, as long as that lasts. Never changed: it ends by its day.
create table app.circle_opening (
  jobcenter_id uuid not null,
  id uuid not null,
  circle_id uuid not null,
  absent_id uuid not null,
  substitute_id uuid not null,
  until_day date not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, circle_id, absent_id, substitute_id, until_day),
  foreign key (jobcenter_id, circle_id) references app.circle (jobcenter_id, id),
  foreign key (jobcenter_id, absent_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, substitute_id) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, opened_by) references app.staff (jobcenter_id, id)
);
create index circle_opening_substitute on app.circle_opening (jobcenter_id, substitute_id, until_day);
select app.protect('app.circle_opening');
