-- A letter or an e-mail may not say who it is from: the case is there all the same, without a day of birth.
alter table app.office_case alter column birth_date drop not null;
