-- While a rotation is under way there are two: the one with the greatest id is the newest.
alter table management_key drop constraint ck_management_key_one;

-- Which management key a login has proved on a node; cleared: no line of an older one stands there any more.
-- Without a row nothing is known yet, which counts as not moved.
create table node_management_key (
    node_id   bigint                      not null,
    key_id    bigint                      not null,
    cleared   boolean                     not null,
    proved_at timestamp(6) with time zone not null,
    constraint pk_node_management_key primary key (node_id),
    constraint fk_node_management_key_node foreign key (node_id) references node (id) on delete cascade,
    constraint fk_node_management_key_key foreign key (key_id) references management_key (id) on delete cascade
);
create index ix_node_management_key_key on node_management_key (key_id);
