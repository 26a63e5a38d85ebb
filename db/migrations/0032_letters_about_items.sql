-- A letter that asks for one missing item: its list names this item alone, and its code brings papers back to it.
alter table app.notice add column item_id uuid;
alter table app.notice add foreign key (jobcenter_id, item_id) references app.required_item (jobcenter_id, id);
create index notice_item on app.notice (jobcenter_id, item_id, id) where item_id is not null;
