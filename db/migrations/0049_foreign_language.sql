-- Which pages of a paper are written in which language other than German (ISO 639; `und-` and a script where the language is not sure).
-- A row without a language says that the paper was looked at and is German, or too short to tell.
create table app.document_language (
  jobcenter_id uuid not null,
  document_id uuid not null,
  language text not null check (language ~ '^([a-z]{2}|und-[A-Z][a-z]{3}|)$'),
  pages integer[] not null,
  told_at timestamptz not null,
  primary key (jobcenter_id, document_id, language),
  foreign key (jobcenter_id, document_id) references app.document (jobcenter_id, id)
);

select app.protect('app.document_language'::regclass);
