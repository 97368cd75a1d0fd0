package io.latchkey.core;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedDatabaseConfigurationTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:file:./data/latchkey;WRITE_DELAY=0, 0", "jdbc:h2:mem:one;DB_CLOSE_DELAY=-1, 0",
			"jdbc:h2:tcp://db/latchkey, 1800000", "jdbc:postgresql://db/latchkey, 1800000" })
	void keepsTheConnectionsOfAnEmbeddedDatabase(String url, long lifetime) {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(url);
			EmbeddedDatabaseConfiguration.turnsToWrite().postProcessBeforeInitialization(pool, "dataSource");
			assertThat(pool.getMaxLifetime()).isEqualTo(lifetime);
		}
	}

	/** Why: if this fails with a newer H2, they need no longer be kept. */
	@Test
	void aCheckOfH2FailsWhenTheConnectionThatMadeItIsClosed() throws SQLException {
		String url = "jdbc:h2:mem:kept;DB_CLOSE_DELAY=-1";
		try (Connection maker = DriverManager.getConnection(url); Statement statement = maker.createStatement()) {
			statement.execute("create table kind (word varchar(9), constraint ck_kind check (word in ('a', 'b')))");
			statement.execute("insert into kind values ('a')");
		}
		try (Connection other = DriverManager.getConnection(url); Statement statement = other.createStatement()) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("insert into kind values ('b')"))
				.withStackTraceContaining("The database has been closed");
		}
	}

}
