-- What names sound like, beside the names as they are searched for: to make it of each name whenever somebody asks took most of the time of the answer. Only the
-- columns, because what changes a table keeps everybody out until it is done; the next migration fills them.
alter table app.person add column sound text not null default '';
alter table app.office_case add column person_sound text not null default '';
alter table app.employer add column sound text not null default '';
