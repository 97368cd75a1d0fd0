-- Whose sessions were to be ended, by name, and who has seen to those that were not. One that was asked for again
-- stands for the earlier ones of the same key in the same place.
alter table session_ending add column identity varchar(80);
alter table session_ending add column seen_at timestamp(6) with time zone;
alter table session_ending add column seen_by varchar(200);
create index ix_session_ending_place on session_ending (node_id, account, fingerprint);
create index ix_session_ending_outcome on session_ending (outcome, seen_at);
