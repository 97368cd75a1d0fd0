-- What a machine that registers itself signs with its host keys, once and soon.
create table enrolment_nonce (
    nonce varchar(64) not null,
    token_id varchar(16) not null,
    made_at timestamp(6) with time zone not null,
    constraint pk_enrolment_nonce primary key (nonce),
    constraint fk_enrolment_nonce_token foreign key (token_id) references enrolment_token (id) on delete cascade
);
create index ix_enrolment_nonce_token on enrolment_nonce (token_id, made_at);
create index ix_enrolment_nonce_made on enrolment_nonce (made_at);

-- Whether the machine has signed with the host keys; of those before nobody knows.
alter table registration add column proved boolean default false not null;
