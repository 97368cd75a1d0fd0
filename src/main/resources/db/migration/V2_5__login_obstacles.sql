-- Why logins as the account fail whatever the key, as the node said with the patterns; null when it said nothing of the kind.
alter table account_files add column login_obstacle varchar(600);
