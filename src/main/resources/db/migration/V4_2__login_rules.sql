-- What sshd decides about logins as the account, as it said with the patterns: a line each. Null where it was not
-- asked since this is kept, which brings the question about at the next run; earlier answers may have been no answers.
alter table account_files add column login_rules varchar(70000);
