-- Where a page says what was read stands in a column of its own, as it ends with the paper while the fact stays. Of an account number it is the last
-- four digits: the whole number stands on its paper alone.
alter table app.fact add column if not exists places jsonb check (jsonb_typeof(places) = 'array');

do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.fact set detail = detail - 'places', places = (
      select jsonb_agg(case
        when place ~ '^DE[0-9lIO]{2}' then substring(place from '((?:[0-9lIO][\s\u00a0]?){3}[0-9lIO])\s*$')
        else place end order by turn)
      from jsonb_array_elements_text(detail -> 'places') with ordinality as each (place, turn))
    where jobcenter_id = tenant and detail ? 'places';
    update app.fact set places = null
    from app.document
    where fact.jobcenter_id = tenant and document.jobcenter_id = tenant and document.id = fact.source_id
      and document.erased_at is not null;
  end loop;
  set local app.jobcenter = '';
end $$;
