-- Whether a grant waits on a node only because there is no key to put there.
alter table grant_delivery add column keyless boolean default false not null;
