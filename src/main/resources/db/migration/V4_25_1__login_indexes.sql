-- Each filter of the list has an index in the order of the list, of which only a page is read: H2 takes one for an
-- order only where the directions are the same, and the filter's column comes first in both.
drop index ix_login_at;
drop index ix_login_node;
drop index ix_login_identity;
drop index ix_login_fingerprint;
drop index ix_login_grant;
drop index ix_login_day;
create index ix_login_at on login (at desc, id desc);
create index ix_login_node on login (node, at desc, id desc);
create index ix_login_account on login (account, at desc, id desc);
create index ix_login_identity on login (identity, at desc, id desc);
create index ix_login_fingerprint on login (fingerprint, at desc, id desc);
create index ix_login_grant on login (grant_id, at desc, id desc);
create index ix_login_address on login (address, at desc, id desc);
create index ix_login_method on login (method, at desc, id desc);
create index ix_login_outcome on login (outcome, at desc, id desc);
create index ix_login_standing on login (standing, at desc, id desc);
create index ix_login_fresh on login (fresh, at desc, id desc);

-- What a node has of a day is counted with each visit.
create index ix_login_day on login (node, counted, logged_on);

-- H2 writes the file each time that it takes more numbers: 32 at once unless told otherwise.
alter table login alter column id set cache 1000;
alter table login_address alter column id set cache 1000;
