-- A removed line that was restored is kept on its account from then on, EXCLUSIVE or not, until it is let go.
alter table removed_line add column fingerprint varchar(64);
alter table removed_line add column restored_at timestamp(6) with time zone;
alter table removed_line add column restored_by varchar(200);
create index ix_removed_line_restored on removed_line (node_id, restored_at);
