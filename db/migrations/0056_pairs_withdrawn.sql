-- A better method no longer finds what an older one suggested: nobody decided about it, so it is not shown in lists any more. The row stays,
-- and who opens it by its address reads why.
alter table app.twice_pair add column withdrawn_at timestamptz;
drop index app.twice_pair_open;
create index twice_pair_open on app.twice_pair (jobcenter_id, found_at desc, id desc) where settled_at is null and withdrawn_at is null;
create index twice_pair_earlier_document on app.twice_pair (jobcenter_id, earlier_document) where earlier_document is not null;
create index twice_pair_later_document on app.twice_pair (jobcenter_id, later_document) where later_document is not null;
