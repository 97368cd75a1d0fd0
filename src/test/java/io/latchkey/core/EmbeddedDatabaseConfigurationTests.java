package io.latchkey.core;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedDatabaseConfigurationTests {

	@TempDir
	Path folder;

	/**
	 * The pool lets its connections go one after the other. H2 2.4.240 compares a list of
	 * values ({@code in}) by the session that made the constraint, and takes no more rows
	 * when that one is closed.
	 */
	@Test
	void aCheckOutlivesTheConnectionThatMadeIt() throws SQLException {
		for (String url : new String[] { "jdbc:h2:mem:kept;DB_CLOSE_DELAY=-1",
				"jdbc:h2:file:%s;DB_CLOSE_DELAY=-1".formatted(this.folder.resolve("kept")) }) {
			try (Connection maker = DriverManager.getConnection(url); Statement statement = maker.createStatement()) {
				statement.execute("create table kind (word varchar(9), constraint ck_kind check (word in ('a', 'b')))");
				statement.execute("insert into kind values ('a')");
			}
			try (Connection other = DriverManager.getConnection(url); Statement statement = other.createStatement()) {
				assertThat(statement.executeUpdate("insert into kind values ('b')")).isEqualTo(1);
				statement.execute("shutdown");
			}
		}
	}

}
