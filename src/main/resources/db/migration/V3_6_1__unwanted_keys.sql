-- Foreign keys that are to go from an account, by name; a row goes when the key was seen gone.
create table unwanted_key (
    node_id     bigint                      not null,
    account     varchar(64)                 not null,
    fingerprint varchar(64)                 not null,
    asked_at    timestamp(6) with time zone not null,
    asked_by    varchar(200)                not null,
    constraint pk_unwanted_key primary key (node_id, account, fingerprint),
    constraint fk_unwanted_key_node foreign key (node_id) references node (id) on delete cascade
);
create index ix_unwanted_key_fingerprint on unwanted_key (fingerprint);
