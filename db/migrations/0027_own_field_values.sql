-- Through which case something was written in a field last: whoever may see that case may find it. Nothing was written before this.
alter table app.own_field_value add column case_id uuid not null;
alter table app.own_field_value add foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id);

-- Own fields are found by their words, beside whatever else is found by then.
do $$
declare rule text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'search_entry_kind_check');
begin
  alter table app.search_entry drop constraint search_entry_kind_check;
  execute 'alter table app.search_entry add constraint search_entry_kind_check ' || replace(rule, 'ARRAY[', 'ARRAY[''field''::text, ');
end $$;
