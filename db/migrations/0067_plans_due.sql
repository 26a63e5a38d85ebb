-- Plans whose next look is due stand in the day of whoever works on the case, read from the plan itself.
create index plan_review_next on app.plan_review (jobcenter_id, next_on, id);
