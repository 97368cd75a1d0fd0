-- Of an account's foreign lines only so many are kept. How many more stand in its files, and whether those that bear a
-- key of Latchkey's are all among the kept ones.
alter table account_state add column foreign_beyond bigint default 0 not null;
alter table account_state add column foreign_whole boolean default true not null;

-- The list of foreign keys is read by page.
create index ix_account_entry_foreign on account_entry (origin, status, fingerprint);
