-- Who wrote the line that stands for a placed one: where it is a foreign one, Latchkey never takes it off, but its
-- key is watched. And whether a run has seen the line stand: one that was only about to be written cannot have been
-- changed by somebody.
alter table placed_line add column origin varchar(16) default 'LATCHKEY' not null;
alter table placed_line add column stood boolean default true not null;
