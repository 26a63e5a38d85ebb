-- The cooperation plan of a case, proposals and their course, the person's surroundings, and referrals to other services.

-- A plan was looked at by both sides; it is looked at again after six months at the latest (§ 15 SGB II).
create table app.plan_review (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  held_on date not null,
  next_on date not null,
  summary text not null check (summary <> ''),
  follow_up_id uuid,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, follow_up_id) references app.follow_up (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  check (next_on > held_on and next_on <= held_on + interval '6 months')
);
create index plan_review_case on app.plan_review (jobcenter_id, case_id, held_on, id);
select app.protect('app.plan_review');

-- Goals, strengths, burdens, and who or what is around the person. What was taken back has no words any more.
create table app.plan_entry (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('goal', 'strength', 'burden', 'surroundings')),
  words text,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_as text check (ended_as in ('reached', 'dropped', 'taken-back')),
  ended_reason text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_as is null)),
  check ((words is null) = (ended_as is not distinct from 'taken-back'))
);
create index plan_entry_case on app.plan_entry (jobcenter_id, case_id, id);
select app.protect('app.plan_entry');

-- What one side does until a day. Something else that was agreed instead is a row of its own.
create table app.agreement (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  side text not null check (side in ('person', 'office')),
  who text not null,
  what text not null check (what <> ''),
  due_on date not null,
  goal_id uuid,
  replaces uuid,
  follow_up_id uuid,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_as text check (ended_as in ('done', 'adjusted', 'dropped')),
  ended_reason text,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, goal_id) references app.plan_entry (jobcenter_id, id),
  foreign key (jobcenter_id, replaces) references app.agreement (jobcenter_id, id),
  foreign key (jobcenter_id, follow_up_id) references app.follow_up (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_as is null))
);
create index agreement_case on app.agreement (jobcenter_id, case_id, due_on, id);
select app.protect('app.agreement');

create table app.proposal (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('job', 'training', 'measure', 'other')),
  title text not null check (title <> ''),
  provider text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id)
);
create index proposal_case on app.proposal (jobcenter_id, case_id, id);
select app.protect('app.proposal');

-- The course of a proposal, and what was spoken with those who offer it. Only added to.
create table app.proposal_step (
  jobcenter_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  step text not null check (step in ('proposed', 'applied', 'invited', 'refused', 'started', 'ended', 'contact')),
  on_day date not null,
  side text check (side in ('person', 'provider', 'office')),
  words text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, proposal_id) references app.proposal (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  check ((side is not null) = (step = 'refused'))
);
create index proposal_step_proposal on app.proposal_step (jobcenter_id, proposal_id, on_day, id);
select app.protect('app.proposal_step');

-- Help of another service. Without a consent nothing is passed on; then may_tell is null.
create table app.referral (
  jobcenter_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  service text not null,
  organisation text not null check (organisation <> ''),
  reason text not null check (reason <> ''),
  may_tell text,
  consent_until date,
  revoked_at timestamptz,
  revoked_by uuid,
  follow_up_id uuid,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id),
  foreign key (jobcenter_id, follow_up_id) references app.follow_up (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, revoked_by) references app.staff (jobcenter_id, id),
  foreign key (jobcenter_id, ended_by) references app.staff (jobcenter_id, id),
  check ((may_tell is null) = (consent_until is null)),
  check ((revoked_at is null) = (revoked_by is null)),
  check ((ended_at is null) = (ended_by is null))
);
create index referral_case on app.referral (jobcenter_id, case_id, id);
select app.protect('app.referral');

-- The way back: what came of it. Only added to.
create table app.referral_news (
  jobcenter_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  kind text not null check (kind in ('appointment', 'helping', 'helped', 'not-taken', 'other')),
  words text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (jobcenter_id, id),
  foreign key (jobcenter_id, referral_id) references app.referral (jobcenter_id, id),
  foreign key (jobcenter_id, made_by) references app.staff (jobcenter_id, id)
);
create index referral_news_referral on app.referral_news (jobcenter_id, referral_id, id);
select app.protect('app.referral_news');
