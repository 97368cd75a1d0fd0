-- What is on record stays as it is.
create trigger audit_record_append_only before update, delete on audit_record
    for each row call 'io.latchkey.audit.AppendOnlyTrigger';
