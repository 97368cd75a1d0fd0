-- Not every node takes every type of key: one in FIPS mode takes no Ed25519. Each kind has a key of its own, and each
-- node says which it is let in by.
alter table management_key add column kind varchar(16) default 'USUAL' not null;
alter table management_key add constraint ck_management_key_kind
    check (kind in ('USUAL', 'ECDSA_256', 'ECDSA_384', 'RSA'));

-- RSA takes more room, and an agent's may be of any size.
alter table management_key alter column public_key set data type varchar(4000);
alter table management_key alter column private_key set data type varchar(8000);

alter table node add column management_key varchar(16) default 'USUAL' not null;
alter table node add constraint ck_node_management_key
    check (management_key in ('USUAL', 'ECDSA_256', 'ECDSA_384', 'RSA'));
