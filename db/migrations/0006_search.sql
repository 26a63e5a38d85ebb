-- Searching by name and reading a team's queue without walking what others have. Under row-level security only leakproof
-- operators use an index, and LIKE is none: names are searched as ranges (~>=~, ~<~) of a plain column.
alter table app.office_case add column person_search text not null default '';
alter table app.clearing_item
  add column team_id uuid,
  add foreign key (jobcenter_id, team_id) references app.team (jobcenter_id, id);

-- The rows that exist, one tenant after the other. Written as the application writes them (names as they are compared).
do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.office_case set person_search = (
      select trim(part[1]) || ', ' || trim(coalesce(part[2], ''))
      from (select regexp_split_to_array(regexp_replace(regexp_replace(regexp_replace(normalize(
        replace(replace(replace(replace(lower(person_name), 'ß', 'ss'), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), nfd),
        '[\u0300-\u036f]', '', 'g'), ', ', E'\n'), '[^[:alnum:]\n]+', ' ', 'g'), E'\n') as part) names)
      where jobcenter_id = tenant;
    update app.clearing_item i set team_id = c.team_id from app.office_case c
      where i.jobcenter_id = tenant and c.jobcenter_id = tenant and c.id = i.case_id and i.resolved_at is null;
  end loop;
  set local app.jobcenter = '';
end $$;

create index office_case_name on app.office_case (jobcenter_id, person_search text_pattern_ops);
create index clearing_item_team on app.clearing_item (jobcenter_id, team_id, raised_at, id) where resolved_at is null;
-- Those without a team, for everybody: "is null" on a column of the index above would not give the order.
create index clearing_item_no_team on app.clearing_item (jobcenter_id, raised_at, id) where resolved_at is null and team_id is null;
