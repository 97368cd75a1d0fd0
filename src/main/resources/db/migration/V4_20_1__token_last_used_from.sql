-- From where a token was last used, as last_used_at; null where that was before this version.
alter table api_token add column last_used_from varchar(64);
