-- What nodes that nobody has logged in to showed of themselves, as known_hosts lines without hosts.
create table host_key_scan (
    node_id bigint not null,
    scanned_at timestamp(6) with time zone not null,
    public_keys text not null,
    failure varchar(2000),
    constraint pk_host_key_scan primary key (node_id),
    constraint fk_host_key_scan_node foreign key (node_id) references node (id) on delete cascade
);

-- The last attempt to be let in that failed.
create table failed_enrolment (
    node_id bigint not null,
    failed_at timestamp(6) with time zone not null,
    why varchar(2000) not null,
    constraint pk_failed_enrolment primary key (node_id),
    constraint fk_failed_enrolment_node foreign key (node_id) references node (id) on delete cascade
);
