-- What a node shows instead of a pinned host key: a fingerprint, or the algorithms of its keys.
alter table node_state add column shown_host_key varchar(500);
