-- invitation_hash: SHA-256 of the text in the link, in hex. generation: counts the changes
-- that end the user's sessions. password_hash: null until an invitation was accepted.
alter table users alter column password_hash drop not null;
alter table users add column display_name varchar(200);
alter table users add column email varchar(254);
alter table users add column identity_id bigint;
alter table users add column disabled boolean default false not null;
alter table users add column generation bigint default 1 not null;
alter table users add column invitation_hash varchar(64);
alter table users add column invitation_ends_at timestamp(6) with time zone;
alter table users add column last_signed_in_at timestamp(6) with time zone;
alter table users drop constraint ck_users_role;
alter table users add constraint ck_users_role check (role in ('ADMIN', 'OPERATOR', 'AUDITOR', 'MEMBER'));
alter table users add constraint uq_users_invitation unique (invitation_hash);
alter table users add constraint fk_users_identity foreign key (identity_id) references identity (id) on delete set null;
create index ix_users_identity on users (identity_id);
