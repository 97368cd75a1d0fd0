create table audit_record (
	sequence bigint not null,
	recorded_at timestamp(6) with time zone not null,
	actor varchar(200) not null,
	via varchar(10) not null,
	action varchar(100) not null,
	subject varchar(500) not null,
	detail text not null,
	hash varchar(64) not null,
	constraint pk_audit_record primary key (sequence),
	constraint uq_audit_record_hash unique (hash),
	constraint ck_audit_record_via check (via in ('WEB', 'API', 'SYSTEM'))
);

-- The end of the chain. Its one row is locked by whoever adds a record.
create table audit_head (
	id smallint not null,
	sequence bigint not null,
	hash varchar(64) not null,
	constraint pk_audit_head primary key (id),
	constraint ck_audit_head_single check (id = 1)
);

insert into audit_head (id, sequence, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
