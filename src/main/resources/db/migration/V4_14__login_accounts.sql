-- The accounts that could log in on a node, as it told; and which of them are not looked at, and why.
create table login_account (
    node_id bigint not null references node (id) on delete cascade,
    account varchar(256) not null,
    primary key (node_id, account)
);
alter table node_state add column unseen_reason varchar(20) default 'NOT_YET' not null;
alter table node_state add column unseen_accounts integer default 0 not null;
