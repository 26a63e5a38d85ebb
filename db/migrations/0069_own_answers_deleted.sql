-- Answers to questions that a Jobcenter added to an online form, as long as they are there: each is deleted after the years of its field.
create table app.own_answer (
  jobcenter_id uuid not null,
  field text not null,
  submission_id uuid not null,
  primary key (jobcenter_id, field, submission_id),
  foreign key (jobcenter_id, submission_id) references app.submission (jobcenter_id, id)
);
create index own_answer_submission on app.own_answer (jobcenter_id, submission_id);
select app.protect('app.own_answer');

-- Takes one such answer out of a submission, which is otherwise never changed: the words and the number that close it go, its digest stays. Only for what
-- is listed above, in a case that is closed.
create function app.forget_answer(of_submission uuid, answer text, words text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare here uuid := app.current_jobcenter();
begin
  if not exists (
    select from app.own_answer a
      join app.submission s on s.jobcenter_id = a.jobcenter_id and s.id = a.submission_id
      join app.office_case c on c.jobcenter_id = s.jobcenter_id and c.id = s.case_id
     where a.jobcenter_id = here and a.submission_id = of_submission and a.field = answer and c.closed_at is not null)
  then raise exception 'The answer % of submission % is not to be forgotten.', answer, of_submission;
  end if;
  update app.submission s
     set answers = s.answers - answer,
         frozen = jsonb_set(s.frozen, '{sections}', (
           select jsonb_agg(jsonb_set(section, '{items}', (
             select coalesce(jsonb_agg(
                      case when item ->> 'field' = answer and item ? 'sha256'
                           then (item - 'salt' - 'rows') || jsonb_build_object('text', words, 'forgotten', true)
                           else item end order by i), '[]')
               from jsonb_array_elements(section -> 'items') with ordinality as items(item, i))) order by n)
             from jsonb_array_elements(s.frozen -> 'sections') with ordinality as sections(section, n)))
   where s.jobcenter_id = here and s.id = of_submission;
end $$;
