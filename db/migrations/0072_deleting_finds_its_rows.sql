-- What refers to a case, its papers, submissions, follow-ups and people is found by an index that leaves no row out: deleting one case reads
-- its own rows, and not the tables. In three steps (0077, 0078), so that nobody who writes waits for more than the tables of one room.
create index file_move_from on app.file_move (jobcenter_id, from_case) where from_case is not null;
create index file_move_to on app.file_move (jobcenter_id, to_case) where to_case is not null;
create index twice_decision_moved_from on app.twice_decision (jobcenter_id, moved_from) where moved_from is not null;
create index deletion_case on app.deletion (jobcenter_id, case_id);
create index own_field_value_case on app.own_field_value (jobcenter_id, case_id);
create index draft_document_document on app.draft_document (jobcenter_id, document_id);
create index file_export_piece_document on app.file_export_piece (jobcenter_id, document_id);
create index file_export_person on app.file_export (jobcenter_id, for_person) where for_person is not null;
create index legal_hold_of_file on app.legal_hold (jobcenter_id, file_id) where file_id is not null;
drop index app.legal_hold_file;
create index command_result on app.command (jobcenter_id, result_id);
