-- The names of all accounts of a node, one a line, where these are known as a whole.
create table account_names (
    node_id bigint not null,
    names text not null,
    constraint pk_account_names primary key (node_id),
    constraint fk_account_names_node foreign key (node_id) references node (id) on delete cascade
);
