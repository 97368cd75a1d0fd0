-- The keys under which secrets are sealed, each wrapped under a key that lies outside the database. The newest seals; the
-- others open what they sealed, and prove what they vouched for.
create table secret_data_key (
    number integer not null,
    key_id varchar(8) not null,
    outer_key varchar(200) not null,
    wrapped varchar(2000) not null,
    made_at timestamp(6) with time zone not null,
    constraint pk_secret_data_key primary key (number),
    constraint uq_secret_data_key_id unique (key_id)
);

-- <id of the data key>.<code> takes more than the code alone.
alter table audit_head alter column seal set data type varchar(100);
