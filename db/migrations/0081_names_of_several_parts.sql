-- People with a family name of several parts are gone through for one part of it, as it sounds (`similar-names.ts` in src/modules/people asks by the same words:
-- an index of some rows is used only where the question says so too). Nothing is filled in: the sounds stand there already, and older programs write them.
create index person_parts on app.person (jobcenter_id) where sound like ' _% _% ,%';
create index office_case_parts on app.office_case (jobcenter_id) where person_id is null and person_sound like ' _% _% ,%';
