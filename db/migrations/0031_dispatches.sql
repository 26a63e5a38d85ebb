-- A letter that came back, or that never came, goes out once more: to an address that may be another, as a dispatch of its own with its own proof.

alter table app.notice drop constraint notice_waits_for_check;
-- `address`: it came back, and somebody must say where it goes now, or that it goes nowhere.
alter table app.notice add constraint notice_waits_for_check
  check (waits_for in ('notify', 'notifying', 'print', 'hand-over', 'address'));

-- A further dispatch of a letter by post; the first one is the letter itself. The address goes with the words of the letter.
create table app.notice_dispatch (
  jobcenter_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  number integer not null check (number > 1),
  recipient text not null,
  at timestamptz not null,
  staff_id uuid not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, notice_id, number),
  foreign key (jobcenter_id, notice_id) references app.notice (jobcenter_id, id),
  foreign key (jobcenter_id, staff_id) references app.staff (jobcenter_id, id)
);
select app.protect('app.notice_dispatch');
