-- An old node may be talked to with algorithms that are no longer safe.
alter table node add column legacy_algorithms boolean default false not null;

-- What the time of a run went to; null where it did not come to that. The log is that of a login whose run failed.
alter table reconcile_run add column queued_micros bigint;
alter table reconcile_run add column kept_session boolean default false not null;
alter table reconcile_run add column connect_micros bigint;
alter table reconcile_run add column key_exchange_micros bigint;
alter table reconcile_run add column authentication_micros bigint;
alter table reconcile_run add column observe_micros bigint;
alter table reconcile_run add column apply_micros bigint;
alter table reconcile_run add column confirm_micros bigint;
alter table reconcile_run add column handshake_log text;
