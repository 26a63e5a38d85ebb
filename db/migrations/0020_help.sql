-- Help for staff: which entries of what is new somebody has seen, which tasks of the first week they have ticked. The texts are files.
create table app.news_seen (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  entry text not null,
  seen_at timestamptz not null,
  primary key (jobcenter_id, staff_id, entry),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
select app.protect('app.news_seen');

create table app.tour_tick (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  task text not null,
  ticked_at timestamptz not null,
  primary key (jobcenter_id, staff_id, task),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
select app.protect('app.tour_tick');

-- A practice Jobcenter holds invented cases only and belongs to the one whose staff practise in it.
alter table app.jobcenter add column practice_of uuid references app.jobcenter (id);
create unique index jobcenter_practice on app.jobcenter (practice_of) where practice_of is not null;
