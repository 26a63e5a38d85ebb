-- Appointments are found as such, once each, beside whatever else is found by then. The rule is wider than before, so no row has to be looked at while the
-- table is closed; the next step looks at them while people work.
do $$
declare rule text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'search_entry_kind_check');
begin
  alter table app.search_entry drop constraint search_entry_kind_check;
  execute 'alter table app.search_entry add constraint search_entry_kind_check ' || replace(rule, 'ARRAY[', 'ARRAY[''appointment''::text, ') || ' not valid';
end $$;
