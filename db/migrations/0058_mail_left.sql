-- Messages of a mailbox that could not be taken in: how often it was tried, and when it is tried again. They lie where they lay; until then others come first.
create table app.mail_left (
  jobcenter_id uuid not null references app.jobcenter (id),
  mailbox_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  tries integer not null check (tries > 0),
  since timestamptz not null,
  next_try_at timestamptz not null,
  primary key (jobcenter_id, mailbox_id, uid_validity, uid),
  foreign key (jobcenter_id, mailbox_id) references app.mailbox (jobcenter_id, id)
);
select app.protect('app.mail_left'::regclass);
