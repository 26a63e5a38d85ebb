-- A file that papers are cut out of (a stack from the scanner) is no paper of its own: its pages are read once, where they are cut.
alter table app.document add column raw boolean not null default false;
