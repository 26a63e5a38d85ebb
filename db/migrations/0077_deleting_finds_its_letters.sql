-- The same (0072) for letters, appointments and post.
create index appointment_came_from on app.appointment (jobcenter_id, came_from) where came_from is not null;
create index appointment_person on app.appointment (jobcenter_id, person_id) where person_id is not null;
create index notice_appointment on app.notice (jobcenter_id, appointment_id) where appointment_id is not null;
create index notice_bank_confirmation on app.notice (jobcenter_id, bank_confirmation_id) where bank_confirmation_id is not null;
create index scan_letter_case on app.scan_letter (jobcenter_id, case_id) where case_id is not null;
create index scan_letter_notice on app.scan_letter (jobcenter_id, notice_id) where notice_id is not null;
create index receipt_print_submission on app.receipt_print (jobcenter_id, submission_id);
create index clearing_item_of_case on app.clearing_item (jobcenter_id, case_id);
create index return_code_of_case on app.return_code (jobcenter_id, case_id);
create index scan_letter_returned on app.scan_letter (jobcenter_id, returned_document_id) where returned_document_id is not null;
create index scan_batch_document on app.scan_batch (jobcenter_id, document_id) where document_id is not null;
