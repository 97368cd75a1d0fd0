-- The last diagnosis of each account of a node, of the latest accounts.
create table kept_diagnosis (
    node_id   bigint not null,
    account   varchar(256) not null,
    identity  varchar(80),
    at        timestamp(6) with time zone not null,
    asked_by  varchar(255) not null,
    explained boolean not null,
    looked    boolean not null,
    answer    varchar(2000) not null,
    -- by what an account is known again that was found well; null where something was found
    seen      varchar(64),
    looked_at timestamp(6) with time zone not null,
    constraint pk_kept_diagnosis primary key (node_id, account),
    constraint fk_kept_diagnosis_node foreign key (node_id) references node (id) on delete cascade
);
