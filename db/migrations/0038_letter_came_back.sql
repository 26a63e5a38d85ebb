-- A letter of ours that the post brought back: scanned with the others, it is no answer of the person, but a step in the proof of that letter.
alter table app.scan_letter drop constraint scan_letter_state_check;
alter table app.scan_letter add constraint scan_letter_state_check check (state in ('open', 'aside', 'filed', 'returned'));
alter table app.scan_letter add column notice_id uuid;
alter table app.scan_letter add foreign key (jobcenter_id, notice_id) references app.notice (jobcenter_id, id);
alter table app.scan_letter add check ((state = 'returned') = (notice_id is not null));
alter table app.scan_letter add check ((state = 'returned') <= (case_id is not null and filed_at is not null and submission_id is null));

-- The picture of what came back, kept with its step.
alter table app.notice_step add column document_id uuid;
alter table app.notice_step add foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id);
create index notice_step_document on app.notice_step (jobcenter_id, document_id) where document_id is not null;
