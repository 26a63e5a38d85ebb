-- Which picture a letter of a stack left with the proof of the letter that came back: taking it up again undoes this return and no later one. The
-- picture is kept after the letter was marked, in the same transaction.
alter table app.scan_letter add column returned_document_id uuid;
alter table app.scan_letter add foreign key (jobcenter_id, returned_document_id) references app.document (jobcenter_id, id) deferrable initially deferred;
alter table app.scan_letter add check (returned_document_id is null or state = 'returned');

-- A return and its letter were noted in one transaction, at one moment.
do $$
declare tenant uuid;
begin
  for tenant in select id from app.jobcenter loop
    perform app.enter(tenant);
    update app.scan_letter l set returned_document_id = (
      select s.document_id from app.notice_step s
       where s.jobcenter_id = l.jobcenter_id and s.notice_id = l.notice_id and s.at = l.filed_at and s.kind = 'returned' and s.document_id is not null
       limit 1)
     where l.jobcenter_id = tenant and l.state = 'returned';
  end loop;
  set local app.jobcenter = '';
end $$;
