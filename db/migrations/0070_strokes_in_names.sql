-- Letters with a stroke, and Turkish ı, are compared as the plain letters that everybody types: Przykładek is found as Przykladek, Işık as Isik. Names that were
-- kept before are folded so too, one tenant after the other, while everybody can read; there is nothing to be done by hand.
create function pg_temp.without_strokes(folded text) returns text language sql immutable as $$
  select replace(replace(replace(translate(folded, 'łøđðı', 'loddi'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;

do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.person set search = pg_temp.without_strokes(search) where jobcenter_id = tenant and search ~ '[łøđðıæœþ]';
    update app.office_case set person_search = pg_temp.without_strokes(person_search)
      where jobcenter_id = tenant and person_search ~ '[łøđðıæœþ]';
    update app.employer set search = pg_temp.without_strokes(search), alike = pg_temp.without_strokes(alike)
      where jobcenter_id = tenant and search ~ '[łøđðıæœþ]';
  end loop;
  set local app.jobcenter = '';
end $$;
