-- Without a private key: an SSH agent holds it.
alter table management_key alter column private_key drop not null;
