package io.latchkey;

import java.util.List;

import io.latchkey.audit.AuditHeads;
import io.latchkey.secrets.SecretVault;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of the test's database, for tests that commit.
 */
public class Tables {

	private final JdbcClient jdbc;

	private final SecretVault vault;

	Tables(JdbcClient jdbc, SecretVault vault) {
		this.jdbc = jdbc;
		this.vault = vault;
	}

	/** Empties them all, and puts the audit trail back to its start. */
	public void clear() {
		AuditHeads.reset(this.jdbc, this.vault);
		List<String> names = this.jdbc.sql("""
				select table_name from information_schema.tables
				where lower(table_schema) = 'public' and table_type = 'BASE TABLE'
				and lower(table_name) not in ('flyway_schema_history', 'audit_head')""").query(String.class).list();
		if (names.isEmpty()) {
			return;
		}
		if (TestDatabase.isPostgres()) {
			// The triggers of the audit trail refuse it otherwise.
			this.jdbc
				.sql("set session_replication_role = replica; truncate table " + String.join(", ", names)
						+ " cascade; set session_replication_role = origin")
				.update();
			return;
		}
		this.jdbc.sql("set referential_integrity false").update();
		names.forEach((name) -> this.jdbc.sql("truncate table \"" + name + '"').update());
		this.jdbc.sql("set referential_integrity true").update();
	}

}
