-- Names of accounts as LDAP and Active Directory have them, of up to 256 bytes.
alter table node alter column management_account set data type varchar(256);
alter table enrolment_token alter column management_account set data type varchar(256);
alter table access_grant alter column account set data type varchar(256);
alter table inter_node_generation alter column account set data type varchar(256);
alter table inter_node_file alter column account set data type varchar(256);
alter table account_files alter column account set data type varchar(256);
alter table unwanted_key alter column account set data type varchar(256);
alter table session_ending alter column account set data type varchar(256);
alter table placed_line alter column account set data type varchar(256);
alter table removed_line alter column account set data type varchar(256);
alter table grant_delivery alter column account set data type varchar(256);

alter table account_entry drop constraint fk_account_entry_account;
alter table account_state alter column account set data type varchar(256);
alter table account_entry alter column account set data type varchar(256);
alter table account_entry add constraint fk_account_entry_account foreign key (node_id, account)
    references account_state (node_id, account) on delete cascade;
