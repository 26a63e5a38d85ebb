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
  failed_at timestamptz,
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

-- The line that stays is never changed: whoever may write in the table comes to those alone that still wait.
create policy waits on app.case_deletion as restrictive for update using (deleted_at is null) with check (true);
create policy waiting on app.case_deletion as restrictive for delete using (deleted_at is null);

-- A case that leaves a file which is held whole stays held by itself, its papers each by itself.
alter table app.legal_hold add column case_id uuid, add foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id);
alter table app.legal_hold drop constraint legal_hold_check;
alter table app.legal_hold add constraint legal_hold_check check (num_nonnulls(file_id, document_id, case_id) = 1);
create index legal_hold_case on app.legal_hold (jobcenter_id, case_id) where case_id is not null;

-- What is only ever added to is deleted by the functions below and by nothing else. Each serves one case of the tenant of the transaction, which is closed since
-- the day that was listed, due by the clock of the database, held by nothing, and whose deletion was confirmed; the application may call them and gets no right on the tables.
create function app.today() returns date language sql stable set search_path = pg_catalog as $$ select (now() at time zone 'Europe/Berlin')::date $$;

create function app.must_be_confirmed(of_case uuid) returns uuid language plpgsql stable set search_path = pg_catalog as $$
declare here uuid := app.current_jobcenter();
begin
  if not exists (
    select from app.case_deletion d join app.office_case c on c.jobcenter_id = d.jobcenter_id and c.id = d.case_id
     where d.jobcenter_id = here and d.case_id = of_case and d.confirmed_at is not null and d.deleted_at is null
       and d.closed_on = (c.closed_at at time zone 'Europe/Berlin')::date and d.due_on > d.closed_on and d.due_on <= app.today()
       and not exists (select from app.legal_hold h
                        where h.jobcenter_id = here and h.ended_at is null and (h.case_id = c.id or h.file_id = c.file_id)))
  then raise exception 'The deletion of case % was not confirmed, or is not due.', of_case;
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

-- The timeline goes last, and with it the line says that the case is deleted: nobody can have the one without the other.
create function app.forget_events(of_case uuid, gone_at timestamptz) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  delete from app.case_event where jobcenter_id = here and case_id = of_case;
  update app.case_deletion set deleted_at = gone_at where jobcenter_id = here and case_id = of_case;
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

-- What still holds of a household is needed as long as it has another case: the fact goes over to that one, of the same file, as it was said. What serves the
-- work of one team alone (any but these kinds) goes to nobody else.
create function app.pass_facts(of_case uuid, to_case uuid, kinds text[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.must_be_confirmed(of_case);
begin
  update app.fact f set case_id = to_case
    from app.office_case a join app.office_case b on b.jobcenter_id = a.jobcenter_id and b.file_id = a.file_id
   where f.jobcenter_id = here and a.jobcenter_id = here and a.id = of_case and b.id = to_case
     and (f.kind = any (kinds) or b.team_id is not distinct from a.team_id)
     and f.case_id = of_case and f.confirmed_at is not null and f.closed_as is null;
end $$;
