-- A hold is on a file or on one paper. In which file a held paper lies follows from where the paper lies; the copy of it here was wrong for papers
-- that were moved before holds went along.
alter table app.legal_hold alter column file_id drop not null;

do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.legal_hold set file_id = null where jobcenter_id = tenant and document_id is not null;
  end loop;
  set local app.jobcenter = '';
end $$;

alter table app.legal_hold add check ((file_id is null) <> (document_id is null));
create index legal_hold_document on app.legal_hold (jobcenter_id, document_id) where document_id is not null;
