-- The node by which another is reached, as OpenSSH's ProxyJump.
alter table node add column jump_node_id bigint;
alter table node add constraint fk_node_jump_node foreign key (jump_node_id) references node (id);
create index ix_node_jump_node on node (jump_node_id);
