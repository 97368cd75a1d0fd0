-- Since when no run has seen the accounts of a node; null where the last one has.
alter table node_state add column missed_since timestamp with time zone;
update node_state set missed_since = since where state in ('UNREACHABLE', 'REFUSED');
