-- Whether a node's sshd is to let in by password, as somebody has decided in Latchkey, and what it was seen to do.
create table password_login (
    node_id        bigint       not null,
    -- AS_CONFIGURED: what the node's own configuration says
    passwords      varchar(20)  not null,
    root_login     varchar(20)  not null,
    decided_at     timestamp(6) with time zone,
    state          varchar(20)  not null,
    -- why it is another than was decided; null when it is not
    detail         varchar(2000),
    seen_at        timestamp(6) with time zone not null,
    constraint pk_password_login primary key (node_id),
    constraint fk_password_login_node foreign key (node_id) references node (id) on delete cascade
);
