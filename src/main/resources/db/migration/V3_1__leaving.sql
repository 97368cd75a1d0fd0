-- Nodes that leave: what Latchkey put there is taken off before their record goes. last_line_at says since when the line
-- that lets Latchkey in may be gone: a login that is refused from then on is the proof that it is.
create table leaving (
    node_id      bigint                      not null,
    asked_at     timestamp(6) with time zone not null,
    last_line_at timestamp(6) with time zone,
    constraint pk_leaving primary key (node_id),
    constraint fk_leaving_node foreign key (node_id) references node (id) on delete cascade
);
