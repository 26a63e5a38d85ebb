-- The same (0072) for what is known, planned, checked and to be seen again.
create index fact_person on app.fact (jobcenter_id, person_id) where person_id is not null;
create index circle_note_person on app.circle_note (jobcenter_id, person_id) where person_id is not null;
create index follow_up_of_case on app.follow_up (jobcenter_id, case_id);
create index fact_of_case on app.fact (jobcenter_id, case_id);
create index case_check_document on app.case_check (jobcenter_id, document_id) where document_id is not null;
create index plan_review_follow_up on app.plan_review (jobcenter_id, follow_up_id) where follow_up_id is not null;
create index agreement_follow_up on app.agreement (jobcenter_id, follow_up_id) where follow_up_id is not null;
create index referral_follow_up on app.referral (jobcenter_id, follow_up_id) where follow_up_id is not null;
create index agreement_goal on app.agreement (jobcenter_id, goal_id) where goal_id is not null;
create index agreement_replaces on app.agreement (jobcenter_id, replaces) where replaces is not null;
create index circle_note_corrects on app.circle_note (jobcenter_id, corrects) where corrects is not null;
