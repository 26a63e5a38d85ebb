-- The lists of open cases show what still waits for its answer; what is decided and not closed stands apart and grows for months. Every filter
-- that stands alone has an index of these cases that ends in the list's order, so that no page walks over what was decided long ago.
create index office_case_undecided on app.office_case (jobcenter_id, due_on, id) where closed_at is null and state <> 'decided';
create index office_case_undecided_team on app.office_case (jobcenter_id, team_id, due_on, id)
  where closed_at is null and state <> 'decided';
create index office_case_undecided_assignee on app.office_case (jobcenter_id, assignee_id, due_on, id)
  where closed_at is null and state <> 'decided';
create index office_case_undecided_concern on app.office_case (jobcenter_id, concern, due_on, id)
  where closed_at is null and state <> 'decided';
create index office_case_undecided_channel on app.office_case (jobcenter_id, channel, due_on, id)
  where closed_at is null and state <> 'decided';
