create table management_key (
    id bigint not null,
    public_key varchar(1000) not null,
    private_key varchar(4000) not null,
    generated_at timestamp(6) with time zone not null,
    constraint pk_management_key primary key (id),
    constraint ck_management_key_one check (id = 1)
);
