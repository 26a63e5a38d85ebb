-- What the application role may do; run after every migration. Append-only tables get neither UPDATE nor DELETE.
grant usage on schema app, queue to %I;
revoke all on all tables in schema app, queue from %I;
grant select, insert, update, delete on all tables in schema app to %I;
revoke update, delete on app.audit_entry, app.audit_block, app.submission, app.receipt, app.submission_document, app.case_event, app.jobcenter_profile, app.twice_decision from %I;
-- What came in never changes; only the case it lies in, when a person moves it, or one paper of it.
grant update (case_id) on app.submission to %I;
grant update (filed_in) on app.submission_document to %I;
revoke insert, update, delete on app.jobcenter from %I;
revoke execute on function app.protect(regclass) from public;
-- The trace of what was filed wrongly goes with its document and is never changed; rules of retention are not changed but replaced.
revoke update on app.file_move from %I;
revoke update, delete on app.retention_rule from %I;
-- What a view shows is changed by a further version.
revoke update, delete on app.work_view_rule from %I;
grant insert on queue.outbox to %I;
-- What somebody said stays as it was said: a fact is confirmed or closed, and nothing else of it changes. A suggestion goes with its paper, and
-- so do the words of the page.
revoke update on app.fact from %I;
grant update (confirmed_at, confirmed_by, confirmed_by_name, closed_as, closed_at, closed_by, closed_by_name, closed_reason, replaced_by, places) on app.fact to %I;
-- The history of a field stays; a waiting version gets its decision. What stood in a field is deleted with it and never changed.
revoke update, delete on app.own_field_version from %I;
grant update (state, decided_at, decided_by, decided_name, decided_why) on app.own_field_version to %I;
revoke update on app.own_field_past from %I;
-- Notes of circles and the words for topics are not changed but followed by others.
revoke update, delete on app.note_topic, app.circle_note from %I;
-- How fields are ordered is changed by a further version; a circle that was opened stays so until the substitution ends.
revoke update, delete on app.field_order, app.circle_opening from %I;
-- What a person said about an appointment stays as it was said; somebody of the office answers it once, or the person says something else in its place.
-- Appointments end, and none is deleted.
revoke update, delete on app.appointment_answer from %I;
grant update (seen_at, seen_by, replaced_at) on app.appointment_answer to %I;
revoke delete on app.appointment from %I;
-- What is only ever added to is deleted with a case whose deletion was confirmed, by functions that see to that themselves.
revoke execute on function app.must_be_confirmed(uuid), app.forget_submissions(uuid, date), app.forget_pairs(uuid), app.forget_events(uuid, timestamptz),
  app.forget_circle_notes(uuid), app.forget_appointments(uuid), app.forget_moves(uuid), app.pass_facts(uuid, uuid, text[]) from public;
grant execute on function app.forget_submissions(uuid, date), app.forget_pairs(uuid), app.forget_events(uuid, timestamptz), app.forget_circle_notes(uuid),
  app.forget_appointments(uuid), app.forget_moves(uuid), app.pass_facts(uuid, uuid, text[]) to %I;
revoke insert, update, delete on app.receipt_kept from %I;
-- A case is listed, follows its rule as long as nobody confirmed it, and goes off the list. That it was deleted is said by the function that does it, and stays.
revoke insert, update on app.case_deletion from %I;
grant insert (jobcenter_id, case_id, number, closed_on, due_on, years, source, listed_at, confirmed_at, confirmed_by) on app.case_deletion to %I;
grant update (due_on, closed_on, years, source, confirmed_at, confirmed_by, failed_at) on app.case_deletion to %I;
revoke execute on function app.forget_answer(uuid, text, text) from public;
grant execute on function app.forget_answer(uuid, text, text) to %I;
revoke update on app.own_answer from %I;
