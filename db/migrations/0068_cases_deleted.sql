-- Cases whose time has come: listed by night, confirmed by a person (or by the rule itself), then deleted. It is all that stays of a deleted case: its
-- number, when it ended, and when it was deleted, by which rule and on whose word. The case itself is gone by then, so nothing refers to it.
create table app.case_deletion (
  jobcenter_id uuid not null references app.jobcenter (id),
  case_id uuid not null,
  number text not null,
  closed_on date not null,
  due_on date not null,
  years integer not null,
  source text not null,
  listed_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by text,
  deleted_at timestamptz,
  primary key (jobcenter_id, case_id),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (deleted_at is null or confirmed_at is not null)
);
create index case_deletion_open on app.case_deletion (jobcenter_id, due_on, case_id) where deleted_at is null;
create index case_deletion_done on app.case_deletion (jobcenter_id, deleted_at desc, case_id desc) where deleted_at is not null;

-- What stays of a receipt whose submission was deleted: that there was one with this number, and a digest of the signed text that its person holds.
create table app.receipt_kept (
  jobcenter_id uuid not null references app.jobcenter (id),
  number text not null,
  issued_on date not null,
  sha256 bytea not null,
  forgotten_on date not null,
  primary key (jobcenter_id, number)
);
select app.protect(t) from unnest(array['app.case_deletion', 'app.receipt_kept']::regclass[]) t;

create index file_move_from on app.file_move (jobcenter_id, from_case) where from_case is not null;
create index file_move_to on app.file_move (jobcenter_id, to_case) where to_case is not null;
create index twice_decision_moved_from on app.twice_decision (jobcenter_id, moved_from) where moved_from is not null;
create index appointment_came_from on app.appointment (jobcenter_id, came_from) where came_from is not null;
create index deletion_case on app.deletion (jobcenter_id, case_id);
create index own_field_value_case on app.own_field_value (jobcenter_id, case_id);
create index fact_person on app.fact (jobcenter_id, person_id) where person_id is not null;
create index circle_note_person on app.circle_note (jobcenter_id, person_id) where person_id is not null;
create index appointment_person on app.appointment (jobcenter_id, person_id) where person_id is not null;
create index notice_appointment on app.notice (jobcenter_id, appointment_id) where appointment_id is not null;
create index notice_bank_confirmation on app.notice (jobcenter_id, bank_confirmation_id) where bank_confirmation_id is not null;
create index scan_letter_case on app.scan_letter (jobcenter_id, case_id) where case_id is not null;
create index scan_letter_notice on app.scan_letter (jobcenter_id, notice_id) where notice_id is not null;
create index receipt_print_submission on app.receipt_print (jobcenter_id, submission_id);

-- What is only ever added to is deleted by the functions below and by nothing else. Each serves one case of the tenant of the transaction, which
-- is closed and whose deletion somebody confirmed; the application may call them and gets no right on the tables.
create function app.must_be_confirmed(of_case uuid) returns uuid language plpgsql stable set search_path = pg_catalog as $$
declare here uuid := app.current_jobcenter();
begin
  if not exists (
    select from app.case_deletion d join app.office_case c on c.jobcenter_id = d.jobcenter_id and c.id = d.case_id
     where d.jobcenter_id = here and d.case_id = of_case and d.confirmed_at is not null and d.deleted_at is null and c.closed_at is not null)
  then raise exception 'The deletion of case % was not confirmed.', of_case;
  end if;
  return here;
end $$;

create function app.forget_submissions(of_case uuid, on_day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  here uuid := app.must_be_confirmed(of_case);
  gone uuid[] := array(select id from app.submission where jobcenter_id = here and case_id = of_case);
begin
  insert into app.receipt_kept (jobcenter_id, number, issued_on, sha256, forgotten_on)
    select here, number, (issued_at at time zone 'Europe/Berlin')::date, sha256(convert_to(signature, 'UTF8')), on_day
      from app.receipt where jobcenter_id = here and submission_id = any (gone);
  delete from app.receipt where jobcenter_id = here and submission_id = any (gone);
  delete from app.submission_document where jobcenter_id = here and submission_id = any (gone);
  delete from app.submission where jobcenter_id = here and id = any (gone);
end $$;

-- Pairs of what is here twice go with either side; a decision that moved something out of the case stays with its pair and no longer says whence.
create function app.forget_pairs(of_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  here uuid := app.must_be_confirmed(of_case);
  submissions uuid[] := array(select id from app.submission where jobcenter_id = here and case_id = of_case);
  pairs uuid[] := array(select id from app.twice_pair
    where jobcenter_id = here and (earlier_submission = any (submissions) or later_submission = any (submissions)));
begin
  delete from app.twice_decision where jobcenter_id = here and pair_id = any (pairs);
  delete from app.twice_pair where jobcenter_id = here and id = any (pairs);
  update app.twice_decision set moved = '{}', moved_from = null where jobcenter_id = here and moved_from = of_case;
end $$;

create function app.forget_events(of_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  delete from app.case_event where jobcenter_id = here and case_id = of_case;
end $$;

create function app.forget_circle_notes(of_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  delete from app.circle_note where jobcenter_id = here and case_id = of_case;
end $$;

create function app.forget_appointments(of_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  delete from app.appointment_answer a using app.appointment b
   where a.jobcenter_id = here and b.jobcenter_id = here and a.appointment_id = b.id and b.case_id = of_case;
  update app.appointment set came_from = null where jobcenter_id = here and came_from = of_case;
  delete from app.appointment where jobcenter_id = here and case_id = of_case;
end $$;

-- The trace of a paper that lies elsewhere stays with the paper, and names this case no longer.
create function app.forget_moves(of_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  update app.file_move set from_case = null where jobcenter_id = here and from_case = of_case;
  update app.file_move set to_case = null where jobcenter_id = here and to_case = of_case;
end $$;

-- What still holds of a household is needed as long as it has another case: the fact goes over to that one, of the same file, as it was said.
create function app.pass_facts(of_case uuid, to_case uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  update app.fact f set case_id = to_case
    from app.office_case a join app.office_case b on b.jobcenter_id = a.jobcenter_id and b.file_id = a.file_id
   where f.jobcenter_id = here and a.jobcenter_id = here and a.id = of_case and b.id = to_case
     and f.case_id = of_case and f.confirmed_at is not null and f.closed_as is null;
end $$;

-- Exports that are gone were named by the number of their file.
do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.document set name = '' where jobcenter_id = tenant and raw and erased_at is not null and name like 'Akte\_%';
  end loop;
  set local app.jobcenter = '';
end $$;
