-- An export for one person of a household holds what is theirs and what belongs to the household, and of their children what they may see as
-- the one who represents them. A court sees the whole file, so it is a purpose of its own. Older exports stay as they were.
alter table app.file_export drop constraint file_export_purpose_check;
alter table app.file_export add check (purpose in ('person', 'court', 'other'));
alter table app.file_export add column for_person uuid;
alter table app.file_export add column for_children uuid[] not null default '{}';
alter table app.file_export add check (purpose = 'person' or for_person is null);
alter table app.file_export add check (for_person is not null or for_children = '{}');
alter table app.file_export add foreign key (jobcenter_id, for_person) references app.person (jobcenter_id, id);
