-- Who came by password, of a few nodes or of all.
create index ix_login_node_method on login (node, method, at);

-- Since when all of a node's log is known. Of those that were read before that is not known: since now.
alter table login_log add column known_from timestamp(6) with time zone;
update login_log set known_from = read_at;

-- Where a key stands.
create index ix_placed_line_fingerprint on placed_line (fingerprint);
