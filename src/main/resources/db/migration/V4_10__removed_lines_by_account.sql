-- How many are stored of each account is read before each run.
create index ix_removed_line_account on removed_line (node_id, account);
