-- A version of a block that was saved before there were translations says nothing of them; one saved since may say that there is none.
alter table app.text_block alter column translations drop not null;
alter table app.text_block alter column translations drop default;

do $$
declare
  tenant uuid;
  since timestamptz := (select applied_at from public.migration where name = '0037_letter_language.sql');
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.text_block set translations = null where jobcenter_id = tenant and translations = '{}' and at < since;
  end loop;
  set local app.jobcenter = '';
end $$;
