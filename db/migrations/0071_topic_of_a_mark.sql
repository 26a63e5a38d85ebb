-- What a mark on a page is about: one of the topics that notes have. It was asked for, and kept only where a note was written into the case as well.
alter table app.file_mark add column topic text check (length(topic) between 1 and 80);
