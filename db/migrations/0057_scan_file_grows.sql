-- A scanner may go on writing into a file that was taken and moved away. Where the file lies now (below the folder of the Jobcenter), and its size and
-- time when it was read: while both are known, it is looked at again. `grown_from`: the stack that held the beginning of this file.
alter table app.scan_batch
  add column folder_file text,
  add column folder_stamp text,
  add column grown_from uuid,
  add foreign key (jobcenter_id, grown_from) references app.scan_batch (jobcenter_id, id);
create index scan_batch_watched on app.scan_batch (jobcenter_id, moved_at) where folder_file is not null;
create index scan_batch_grown on app.scan_batch (jobcenter_id, grown_from) where grown_from is not null;
