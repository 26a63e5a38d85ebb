-- E-mail: a mailbox per team, and what became of each message that was found in it.
create table app.mailbox (
  jobcenter_id uuid not null references app.jobcenter (id),
  id uuid not null,
  team_id uuid not null,
  address text not null,
  imap_host text not null,
  imap_port integer not null check (imap_port between 1 and 65535),
  imap_security text not null check (imap_security in ('tls', 'starttls', 'none')),
  smtp_host text not null,
  smtp_port integer not null check (smtp_port between 1 and 65535),
  smtp_security text not null check (smtp_security in ('tls', 'starttls', 'none')),
  smtp_login boolean not null,
  login text not null,
  key_id uuid not null,
  password bytea not null,
  folder text not null,
  done_folder text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  read_at timestamptz,
  trouble text check (trouble in ('unreachable', 'refused', 'no-folder', 'failed', 'messages')),
  trouble_since timestamptz,
  failures integer not null default 0,
  next_try_at timestamptz,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, address),
  foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id),
  check ((trouble is null) = (trouble_since is null))
);

-- message_key: hash of the Message-ID, or of the bytes where there is none. sender_key: keyed hash of the address, to slow loops.
create table app.mail_message (
  jobcenter_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  message_key bytea not null,
  content_hash bytea not null,
  raw_sha256 bytea not null,
  bytes bigint not null,
  uid_validity bigint not null,
  uid bigint not null,
  sender_key bytea,
  kind text not null check (kind in ('submission', 'bounce', 'own')),
  submission_id uuid,
  answer text not null check (answer in ('none', 'due', 'sending', 'sent', 'failed', 'unsure')),
  answer_key bytea,
  answer_since timestamptz not null,
  at timestamptz not null,
  primary key (jobcenter_id, id),
  unique (jobcenter_id, message_key),
  foreign key (jobcenter_id, mailbox_id) references app.mailbox (jobcenter_id, id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id)
);
create index mail_message_place on app.mail_message (jobcenter_id, mailbox_id, uid_validity, uid);
create index mail_message_sender on app.mail_message (jobcenter_id, sender_key, at) where sender_key is not null;
create index mail_message_answer_key on app.mail_message (jobcenter_id, answer_key) where answer_key is not null;
create index mail_message_open on app.mail_message (jobcenter_id, answer, answer_since) where answer in ('due', 'sending');
create index mail_message_submission on app.mail_message (jobcenter_id, submission_id) where submission_id is not null;
select app.protect(t) from unnest(array['app.mailbox', 'app.mail_message']::regclass[]) t;

-- A known address is a reason to ask whether it is this person, and no proof.
create index person_email on app.person (jobcenter_id, email) where email is not null;

-- Which reasons there are for a doubt is said by the code that raises and shows them.
alter table app.clearing_item drop constraint clearing_item_reason_check;
alter table app.clearing_item add constraint clearing_item_reason_check check (reason ~ '^[a-z]+(-[a-z]+)*$');
