-- A draft says which open form wrote it (`writer`, made by that page) and the how-manieth saving of that form it is (`turn`), so that an older
-- text never takes the place of a newer one.
alter table app.staff_draft add column writer text not null default '', add column turn integer not null default 0;

-- Open forms that were sent or thrown away: what they had written until then is no draft any more, whenever it arrives.
create table app.sent_draft (
  jobcenter_id uuid not null,
  staff_id uuid not null,
  writer text not null,
  turn integer not null,
  sent_at timestamptz not null,
  primary key (jobcenter_id, staff_id, writer),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
create index sent_draft_at on app.sent_draft (jobcenter_id, sent_at);
select app.protect('app.sent_draft');
