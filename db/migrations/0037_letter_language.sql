-- A text block carries its words in the other languages of the portal, each as a translation of exactly the German words of its version.
alter table app.text_block add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');

-- The language in which a translation stands behind a letter, `de` for none: the letter itself is German (§ 19 (1) SGB X).
alter table app.notice add column language text not null default 'de' check (language ~ '^[a-z]{2}$');
