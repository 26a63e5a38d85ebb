-- The sounds of the names that are there, one tenant after the other, as the application makes them (`soundOf` in src/modules/people, by the same list).
-- Everybody can read meanwhile.
create function pg_temp.sound_of(folded text) returns text language sql immutable as $$
  select regexp_replace(translate(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(
      ' ' || replace(folded, ',', ' ,') || ' '
        , 'schtsch', 's'), 'shch', 's'), 'szcz', 's'), 'dsch', 'j'), 'dzh', 'j'), 'tsch', 'c'), 'tch', 'c'), 'sch', 's'), 'sh', 's'), 'sz', 's')
        , 'zh', 's'), ' rz', ' s'), 'prz', 'ps'), 'krz', 'ks'), 'trz', 'ts'), 'brz', 'bs'), 'grz', 'gs'), 'drz', 'ts'), 'cz', 'c'), 'ch', 'c')
        , 'kh', 'h'), 'ck', 'k'), 'dj', 'j'), 'tz', 's'), 'ts', 's'), 'x', 'ks'), 'ph', 'f'), 'th', 't'), 'dh', 't'), 'gh', 'g'), 'ei', 'ej')
        , 'ai', 'aj'), 'ee', 'i'), 'ie', 'i'), 'ue', 'u'), 'oe', 'u'), 'ou', 'u'), 'ae', 'a'), 'є', 'ia'), 'ю', 'iu'), 'я', 'ia'),
    'eowfzyjdqабвгґдеэёзжийіїыклмнопрстуфхцчшщьъ',
    'auvvsiitkabvhgtaaassiiiiiklmnuprstuvhscss'), '(.)\1+', '\1', 'g')
$$;

do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.person set sound = pg_temp.sound_of(search) where jobcenter_id = tenant and sound = '';
    update app.office_case set person_sound = pg_temp.sound_of(person_search) where jobcenter_id = tenant and person_sound = '';
    update app.employer set sound = pg_temp.sound_of(search) where jobcenter_id = tenant and sound = '';
  end loop;
  set local app.jobcenter = '';
end $$;

create index person_sound on app.person (jobcenter_id, sound text_pattern_ops);
-- Only stated names are asked for: whoever is confirmed is found as a person.
create index office_case_sound on app.office_case (jobcenter_id, person_sound text_pattern_ops) where person_id is null;
