-- One paper can lie in another case than the submission it came with, when a person filed it there. Null: it lies where its submission lies.
-- What arrived together stays a fact: the submission, its receipt and the paper's place in them never change.
alter table app.submission_document add column filed_in uuid;
alter table app.submission_document add foreign key (jobcenter_id, filed_in) references app.office_case (jobcenter_id, id);
create index submission_document_filed_in on app.submission_document (jobcenter_id, filed_in) where filed_in is not null;

-- Whether a document was moved by itself, or with all that came with it.
alter table app.file_move add column alone boolean not null default false;

-- Why a hold was ended.
alter table app.legal_hold add column ended_reason text;
