-- What proves that the end of the chain was written by whoever holds the master key; null until the next start.
alter table audit_head add column seal varchar(64);

-- The first place at which the end of the chain was found to be somebody else's; null while it never was.
alter table audit_head add column broken_at bigint;
