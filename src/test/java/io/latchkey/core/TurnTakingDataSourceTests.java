package io.latchkey.core;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PatientTimeout(seconds = 30)
class TurnTakingDataSourceTests {

	private final ExecutorService others = Executors.newCachedThreadPool();

	private final HikariDataSource pool = new HikariDataSource();

	@TempDir
	Path folder;

	@BeforeEach
	void open() throws SQLException {
		this.pool.setJdbcUrl("jdbc:h2:file:%s;WRITE_DELAY=0".formatted(this.folder.resolve("turns")));
		this.pool.setMaximumPoolSize(4);
		EmbeddedDatabaseConfiguration.turnsToWrite().postProcessBeforeInitialization(this.pool, "dataSource");
		try (Connection connection = this.pool.getConnection()) {
			run(connection, "create table item (id integer primary key, name varchar(20))");
			run(connection, "create sequence numbers");
		}
	}

	@AfterEach
	void close() {
		this.others.shutdownNow();
		this.pool.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "insert into item values (1, 'a')", "select * from item for update",
			"select next value for numbers" })
	void whoWritesWaitsUntilTheOtherHasCommittedAndWhoReadsDoesNot(String first) throws Exception {
		try (Connection connection = this.pool.getConnection()) {
			connection.setAutoCommit(false);
			run(connection, first);
			CompletableFuture<Void> other = writeElsewhere(2);
			assertThat(this.others.submit(this::read).get()).isNotNegative();
			assertThat(other).isNotDone();
			connection.commit();
			other.get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "rollback", "autocommit", "return", "abort" })
	void aTurnEndsWithItsTransactionHoweverThatEnds(String end) throws Exception {
		Connection connection = this.pool.getConnection();
		connection.setAutoCommit(false);
		run(connection, "insert into item values (1, 'a')");
		CompletableFuture<Void> other = writeElsewhere(2);
		assertThat(other).isNotDone();
		switch (end) {
			case "rollback" -> connection.rollback();
			case "autocommit" -> connection.setAutoCommit(true);
			case "abort" -> connection.abort(this.others);
			default -> connection.close();
		}
		other.get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
		connection.close();
	}

	@Test
	void aStatementThatFailsEndsNoTurnButThatOfItsOwnTransaction() throws Exception {
		try (Connection connection = this.pool.getConnection()) {
			run(connection, "insert into item values (1, 'a')");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> run(connection, "insert into item values (1, 'a')"));
			writeElsewhere(2).get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
			connection.setAutoCommit(false);
			run(connection, "insert into item values (3, 'a')");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> run(connection, "insert into item values (1, 'a')"));
			assertThat(writeElsewhere(4)).isNotDone();
		}
	}

	@Test
	void aTransactionWithinAnotherOfItsThreadWritesUnderTheSameTurn() throws Exception {
		try (Connection outer = this.pool.getConnection(); Connection inner = this.pool.getConnection()) {
			outer.setAutoCommit(false);
			run(outer, "insert into item values (1, 'a')");
			run(inner, "insert into item values (2, 'a')");
			CompletableFuture<Void> other = writeElsewhere(3);
			assertThat(other).isNotDone();
			outer.commit();
			other.get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
		}
	}

	@Test
	void saysThatTheTurnDidNotCome() throws Exception {
		WriteTurns turns = new WriteTurns(Duration.ofMillis(50));
		turns.take();
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(turns::take)
				.withMessageContaining("turn to write");
		}, this.others);
		other.get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
		turns.giveBack();
		turns.take();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			select n.id, n.for_whom from node n where n.updated_at > ? fetch first 3 rows only | true
			 with r as (select 1) select * from r | true
			select id from node where id = ? for update | false
			select id from final table (insert into node values (1)) | false
			select next value for numbers | false
			select nextval('numbers') | false
			insert into node values (1) | false
			merge into node key (id) values (1) | false
			call next value for numbers | false
			commit | false""")
	void takesOnlyPlainQueriesForReading(String sql, boolean reading) {
		assertThat(TurnTakingConnection.isPlainQuery(sql)).isEqualTo(reading);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:file:./data/latchkey;WRITE_DELAY=0, true", "jdbc:h2:~/latchkey, true",
			"jdbc:h2:mem:one, false", "jdbc:h2:tcp://db/latchkey, false", "jdbc:postgresql://db/latchkey, false" })
	void areTakenOnAnEmbeddedFileAlone(String url, boolean embedded) {
		assertThat(EmbeddedDatabaseConfiguration.isEmbeddedFile(url)).isEqualTo(embedded);
	}

	private CompletableFuture<Void> writeElsewhere(int id) throws Exception {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
			try (Connection connection = this.pool.getConnection()) {
				begun.complete(null);
				run(connection, "insert into item values (%d, 'b')".formatted(id));
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, this.others);
		begun.get();
		return written;
	}

	private int read() throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			return statement.executeQuery("select id from item").getFetchSize();
		}
	}

	private static void run(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
