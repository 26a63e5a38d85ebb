-- Since when a letter of a stack lies aside: the scan of its stack waits for it, and not for ever.
alter table app.scan_letter add column aside_at timestamptz;
