-- The letter that asks for the confirmation of an account number: its code is the one of this confirmation and of no other.
alter table app.notice add column bank_confirmation_id uuid;

-- Letters begun from the shipped template are about the account number that waited then. Its key is now one that no title gives.
alter table app.notice no force row level security;
alter table app.bank_confirmation no force row level security;
update app.notice n set template = 'tandem-konto-bestaetigen', bank_confirmation_id = (
    select b.id from app.bank_confirmation b
    where b.jobcenter_id = n.jobcenter_id and b.case_id = n.case_id and b.raised_at <= n.begun_at
    order by b.id desc limit 1)
  where n.template = 'konto' and n.template_version = 0;
alter table app.bank_confirmation force row level security;
alter table app.notice force row level security;

alter table app.notice add foreign key (jobcenter_id, bank_confirmation_id) references app.bank_confirmation (jobcenter_id, id);
