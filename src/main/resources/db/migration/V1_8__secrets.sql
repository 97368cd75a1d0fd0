-- One sealed row that only the right master key opens: tells at the start whether it is the right one.
create table secret_canary (
	id smallint not null,
	sealed varchar(400) not null,
	constraint pk_secret_canary primary key (id),
	constraint ck_secret_canary_single check (id = 1)
);
