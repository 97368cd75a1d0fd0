package io.latchkey.reconcile.record;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a fault of Latchkey's own.
 */
class BrokenRunsTests {

	@Test
	void repeatsNoValuesOfTheDatabase() {
		SQLException fault = new SQLException("Unique index violated: VALUES ('theirs')", "23505");
		RuntimeException translated = new SQLStateSQLExceptionTranslator().translate("store", "insert", fault);
		assertThat(translated).isInstanceOf(DuplicateKeyException.class).hasMessageContaining("theirs");
		assertThat(BrokenRuns.reason(translated))
			.isEqualTo("DuplicateKeyException in BrokenRunsTests.repeatsNoValuesOfTheDatabase");
	}

	@Test
	void saysInOneLineWhatLatchkeyItselfSays() {
		assertThat(BrokenRuns.reason(new IllegalStateException("No host key\n\u202eis pinned")))
			.isEqualTo("IllegalStateException: No host key is pinned");
		IllegalStateException untraced = new IllegalStateException("anything");
		untraced.setStackTrace(new StackTraceElement[0]);
		assertThat(BrokenRuns.reason(untraced)).isEqualTo("IllegalStateException");
	}

}
