-- Letters with a stroke, and Turkish ı, are compared as the plain letters that everybody types: Przykładek is found as Przykladek, Işık as Isik. Names that were
-- kept before are folded so too; there is nothing to be done by hand.
alter table app.person no force row level security;
update app.person set search = replace(replace(replace(translate(search, 'łøđðı', 'loddi'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
  where search ~ '[łøđðıæœþ]';
alter table app.person force row level security;

alter table app.office_case no force row level security;
update app.office_case set person_search =
    replace(replace(replace(translate(person_search, 'łøđðı', 'loddi'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
  where person_search ~ '[łøđðıæœþ]';
alter table app.office_case force row level security;

alter table app.employer no force row level security;
update app.employer set
    search = replace(replace(replace(translate(search, 'łøđðı', 'loddi'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    alike = replace(replace(replace(translate(alike, 'łøđðı', 'loddi'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
  where search ~ '[łøđðıæœþ]';
alter table app.employer force row level security;
