-- Per account, which files the node's sshd reads, one pattern a line in its order: empty when it reads none, null when
-- it was not asked. Of the management account also which file was last written and proved by a fresh login, and until
-- when a file that was written on trial may still be put back by the node. That is noted before the write.
create table account_files (
    node_id        bigint      not null,
    account        varchar(64) not null,
    patterns       text,
    confirmed_file varchar(1000),
    held_until     timestamp(6) with time zone,
    constraint pk_account_files primary key (node_id, account),
    constraint fk_account_files_node foreign key (node_id) references node (id) on delete cascade
);

-- In which file a line was placed; null when it is the only one that the account had.
alter table placed_line add column file varchar(1000);

-- In which further file a line stands; null for the account's first.
alter table account_entry add column file varchar(1000);

-- The node's time zone, a digest of sshd's configuration, whether it heeds owners and modes, by how much expiry times are moved for a clock
-- that is off, and what else was found, one finding a line.
alter table node_state add column zone varchar(16) default 'Z' not null;
alter table node_state add column sshd_config varchar(128);
alter table node_state add column strict_modes boolean default true not null;
alter table node_state add column clock_allowance_seconds bigint default 0 not null;
alter table node_state add column findings text;
