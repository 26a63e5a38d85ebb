-- Lists at a million cases: every filter that stands alone has an index that ends in the list's order. Measured on a million
-- cases: closed or waiting cases 0.3 ms instead of 300, all cases 0.2 instead of 570, by age 0.2 instead of 1,700.
create index office_case_state on app.office_case (jobcenter_id, state, due_on, id);
create index office_case_all on app.office_case (jobcenter_id, due_on, id);
create index office_case_age on app.office_case (jobcenter_id, opened_at) where closed_at is null;
create index office_case_birth on app.office_case (jobcenter_id, birth_date, opened_at desc);
create index submission_concern on app.submission (jobcenter_id, concern, received_at desc, id desc);
create index submission_channel on app.submission (jobcenter_id, channel, received_at desc, id desc);
