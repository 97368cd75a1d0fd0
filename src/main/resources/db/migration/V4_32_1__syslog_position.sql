-- Up to which record a receiver of syslog has the record, and which instance is sending to it until when.
create table syslog_position (
	receiver varchar(300) not null,
	sent bigint not null,
	holder varchar(36),
	held_until timestamp(6) with time zone,
	constraint pk_syslog_position primary key (receiver),
	constraint ck_syslog_position_sent check (sent >= 0)
);
