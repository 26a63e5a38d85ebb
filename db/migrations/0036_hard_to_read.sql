-- Whether a page of a document could hardly be read: said once when it is read, asked at every look of the person.
-- What was read before says no.
alter table app.document_reading add column hard_to_read boolean not null default false;
