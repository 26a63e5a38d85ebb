-- Letters that were put aside before anybody noted since when: their year begins now, one tenant after the other, so that no scan goes unannounced.
do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.scan_letter set aside_at = now() where jobcenter_id = tenant and state = 'aside' and aside_at is null;
  end loop;
  set local app.jobcenter = '';
end $$;
