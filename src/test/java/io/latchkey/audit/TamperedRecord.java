package io.latchkey.audit;

import io.latchkey.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the owner of the database can do, who takes the triggers away first.
 */
final class TamperedRecord {

	private TamperedRecord() {
	}

	static void change(JdbcClient jdbc, String sql, Object... parameters) {
		if (TestDatabase.isPostgres()) {
			jdbc.sql("alter table audit_record disable trigger user").update();
			assertThat(jdbc.sql(sql).params(parameters).update()).isPositive();
			jdbc.sql("alter table audit_record enable trigger user").update();
			return;
		}
		jdbc.sql("drop trigger audit_record_append_only").update();
		assertThat(jdbc.sql(sql).params(parameters).update()).isPositive();
		jdbc.sql("""
				create trigger audit_record_append_only before update, delete on audit_record
				for each row call 'io.latchkey.audit.AppendOnlyTrigger'""").update();
	}

}
