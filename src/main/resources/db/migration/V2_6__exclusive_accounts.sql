-- Whether foreign lines of the account may be taken off on an exclusive node: it had none at the first look, or they were shown and confirmed.
alter table account_files add column exclusive boolean default false not null;
update account_files set exclusive = true where node_id in (select id from node where mode = 'EXCLUSIVE');
