-- What is on record stays as it is.
create function refuse_change_of_record() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is only ever added to: % of % is refused', tg_op, tg_table_name;
end
$$;

create trigger audit_record_append_only before update or delete on audit_record
    for each row execute function refuse_change_of_record();

create trigger audit_record_not_emptied before truncate on audit_record
    for each statement execute function refuse_change_of_record();
