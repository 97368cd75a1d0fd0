-- Foreign keys that somebody has looked at and lets stand until a date.
create table tolerated_key (
    fingerprint  varchar(64)                 not null,
    tolerated_until timestamp(6) with time zone not null,
    reason       varchar(1000)               not null,
    tolerated_by varchar(200)                not null,
    constraint pk_tolerated_key primary key (fingerprint)
);
