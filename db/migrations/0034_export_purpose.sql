-- For whom a file is put together: for the person, who sees all that is kept (§ 25 SGB X, Art. 15 DSGVO), or for something else, with what
-- the one who asked may see. Everything before this was for the person.
alter table app.file_export add column purpose text not null default 'person' check (purpose in ('person', 'other'));
