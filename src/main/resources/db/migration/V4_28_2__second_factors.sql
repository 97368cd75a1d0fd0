-- secret: sealed, in Base64. last_step: of the code that was used last, none of which
-- is taken again. confirmed: whether a code was shown; until then sign-in asks for none.
create table second_factor (
	user_id bigint not null,
	secret varchar(500) not null,
	confirmed boolean not null,
	last_step bigint not null,
	made_at timestamp(6) with time zone not null,
	constraint pk_second_factor primary key (user_id),
	constraint fk_second_factor_user foreign key (user_id) references users (id) on delete cascade
);

-- code_hash: SHA-256 of the code, in hex.
create table recovery_code (
	user_id bigint not null,
	code_hash varchar(64) not null,
	constraint pk_recovery_code primary key (user_id, code_hash),
	constraint fk_recovery_code_user foreign key (user_id) references users (id) on delete cascade
);
