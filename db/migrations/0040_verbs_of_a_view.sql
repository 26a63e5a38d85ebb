-- Which verbs stand first in a view, in their order: part of the same versions. Without it the shipped ones hold.
alter table app.work_view_rule add column verbs jsonb;
