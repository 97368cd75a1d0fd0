package io.latchkey.runs;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a fault of Latchkey's own.
 */
class FailureReasonTests {

	@Test
	void repeatsNoValuesOfTheDatabase() {
		SQLException fault = new SQLException("Unique index violated: VALUES ('theirs')", "23505");
		RuntimeException translated = new SQLStateSQLExceptionTranslator().translate("store", "insert", fault);
		assertThat(translated).isInstanceOf(DuplicateKeyException.class).hasMessageContaining("theirs");
		assertThat(FailureReason.of(translated))
			.isEqualTo("DuplicateKeyException in FailureReasonTests.repeatsNoValuesOfTheDatabase");
	}

	@Test
	void saysInOneLineWhatLatchkeyItselfSays() {
		assertThat(FailureReason.of(new IllegalStateException("No host key\n\u202eis pinned")))
			.isEqualTo("IllegalStateException: No host key is pinned");
		IllegalStateException untraced = new IllegalStateException("anything");
		untraced.setStackTrace(new StackTraceElement[0]);
		assertThat(FailureReason.of(untraced)).isEqualTo("IllegalStateException");
	}

}
